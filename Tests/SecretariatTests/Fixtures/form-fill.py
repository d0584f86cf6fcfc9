"""Makes form-openpyxl.xlsx and form-libreoffice.xlsx anew, should forms of FormTests' card change.

laurel sheet template S01 --out form.xlsx     (in a record with FormTests' card and TinyWorld's people)
python3 form-fill.py                          (needs openpyxl; writes form-openpyxl.xlsx and filled.xlsx)
soffice --headless --convert-to xlsx:"Calc MS Excel 2007 XML" --outdir out filled.xlsx
"""

import openpyxl


def mark(sheet, entrant, aspect):
    number, second = int(entrant[-1]), "02" in sheet
    if aspect == "t":
        return 20.5 + number
    if aspect == "p":
        return 8 + number / 10 if second else f"９．{number}"
    if aspect == "j":
        return "未做" if number == 3 else number
    if aspect == "y":
        return "是" if number == 1 else "否"
    return f"12:3{number}.5"


book = openpyxl.load_workbook("form.xlsx")
for sheet in book:
    head = next(row for row in range(1, 40) if str(sheet.cell(row, 1).value).startswith("模块"))
    for row in range(head + 1, sheet.max_row + 1):
        aspect = sheet.cell(row, 2).value
        for column in range(5, sheet.max_column + 1):
            entrant = sheet.cell(head, column).value
            if aspect and entrant:
                sheet.cell(row, column).value = mark(sheet.title, entrant, aspect)
book.save("form-openpyxl.xlsx")
# A formula, which LibreOffice saves with its value.
sheet = book["J-S01-02 P"]
for row in sheet.iter_rows():
    for cell in row:
        if cell.value == 8.1:
            cell.value = "=8+0.1"
book.save("filled.xlsx")
