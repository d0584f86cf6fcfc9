"""Imports hostile and broken workbooks, and says of each how it ended and how much memory it took.

    python3 Tools/hostile_workbooks.py PROGRAM

PROGRAM is the laurel to try. One line a workbook: its name, the exit code, the greatest memory in
megabytes, and the first code found. Tests/CommandLineTests reads these lines.
"""
import os
import re
import sys
import tempfile
import zipfile

MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
PACKAGE = "http://schemas.openxmlformats.org/package/2006/relationships"
HEADER = [
    "Sub Criterion ID", "Sub Criterion Name or Description", "Day of Marking", "Aspect Type",
    "Aspect - Description", "Judg Score", "Extra Aspect Description", "Requirement",
    "WSOS Section", "Calculation Row", "Max Mark",
]


def row(number, cells):
    text = "".join(
        f'<c r="{column}{number}" t="inlineStr"><is><t>{value}</t></is></c>'
        for column, value in cells
    )
    return f'<row r="{number}">{text}</row>'


def scheme(count, junk=""):
    """A scheme of so many aspects, each with a text."""
    rows = [row(1, [("A", "99 Testing")]), row(2, zip("ABCDEFGHIJK", HEADER))]
    rows.append(row(3, [("A", "A1"), ("B", "Only one"), ("C", "1")]))
    for index in range(count):
        rows.append(
            row(4 + index, [("D", "M"), ("E", f"Aspect {index}{junk}"), ("I", "1"), ("K", "0.5")])
        )
    return "".join(rows)


def book(path, rows, sheet="CIS Marking Scheme Import", tail="", more=(), relations=""):
    parts = {
        "_rels/.rels": f'<Relationships xmlns="{PACKAGE}"><Relationship Id="r" '
        f'Type="{OFFICE}/officeDocument" Target="xl/workbook.xml"/></Relationships>',
        "xl/workbook.xml": f'<workbook xmlns="{MAIN}" xmlns:r="{OFFICE}"><sheets>'
        f'<sheet name="{sheet}" sheetId="1" r:id="r1"/></sheets></workbook>',
        "xl/_rels/workbook.xml.rels": f'<Relationships xmlns="{PACKAGE}"><Relationship Id="r1" '
        f'Type="{OFFICE}/worksheet" Target="worksheets/sheet1.xml"/>{relations}</Relationships>',
        "xl/worksheets/sheet1.xml": f'<worksheet xmlns="{MAIN}"><sheetData>{rows}</sheetData>'
        f"{tail}</worksheet>",
    }
    parts.update(more)
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)


def link(kind, target, outside=True):
    mode = ' TargetMode="External"' if outside else ""
    return f'<Relationship Id="{kind}" Type="{OFFICE}/{kind}" Target="{target}"{mode}/>'


def make(folder):
    at = lambda name: os.path.join(folder, name + ".xlsx")
    book(at("good"), scheme(30))
    book(at("rows-100000"), scheme(30) + "".join(row(100 + n, [("P", f"junk {n}")]) for n in range(100_000)))
    book(at("aspects-5000"), scheme(5_000, " of a long list"))
    book(at("aspects-100000"), scheme(100_000, " of a long list"))
    book(at("text-30-megabytes"), scheme(30_000, " x" * 500))
    book(at("bomb"), scheme(5) + " " * 150_000_000)
    book(at("bomb-beyond-limit"), scheme(5) + " " * 400_000_000)
    book(at("missing-sheet"), scheme(5), sheet="Marks")
    book(at("merged"), scheme(30), tail='<mergeCells><mergeCell ref="A1:K1"/></mergeCells>')
    book(at("external-link"), scheme(30), relations=link("externalLink", "file:///etc/passwd"))
    book(
        at("macros"),
        scheme(30),
        relations=link("vbaProject", "vbaProject.bin", outside=False),
        more={"xl/vbaProject.bin": b"\xd0\xcf\x11\xe0" * 1000},
    )
    book(at("entities"), scheme(5), more={
        "xl/worksheets/sheet1.xml": '<!DOCTYPE x [<!ENTITY a "aa">]><worksheet/>',
    })
    nested = at("bomb")
    with zipfile.ZipFile(at("zip-in-zip"), "w") as archive:
        archive.write(nested, "xl/workbook.xml")
    good = open(at("good"), "rb").read()
    open(at("cut-short"), "wb").write(good[: len(good) // 2])
    open(at("empty"), "wb").close()
    open(at("old-format"), "wb").write(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 5000)


def measure(program, path):
    """Runs an import; gives exit code, greatest memory in MB, and what was said."""
    reading, writing = os.pipe()
    child = os.fork()
    if child == 0:
        os.dup2(os.open(os.devnull, os.O_WRONLY), 1)
        os.dup2(writing, 2)
        os.execv(program, [program, "scorecard", "import", path, "--lang", "en"])
    os.close(writing)
    said = b""
    while piece := os.read(reading, 1 << 16):
        said += piece
    os.close(reading)
    _, status, usage = os.wait4(child, 0)
    return os.waitstatus_to_exitcode(status), usage.ru_maxrss // 1024, said.decode()


with tempfile.TemporaryDirectory() as folder:
    make(folder)
    for name in sorted(os.listdir(folder)):
        code, megabytes, said = measure(sys.argv[1], os.path.join(folder, name))
        found = re.search(r"(?:error|warning).*\[([a-z.-]+)\]", said)
        print(name.removesuffix(".xlsx"), code, megabytes, found.group(1) if found else "-")
