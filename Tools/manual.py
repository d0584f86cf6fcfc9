#!/usr/bin/env python3
"""Turns the program's own description of its commands (`laurel --experimental-dump-help`, on standard
input) into man pages: laurel.1 and one page a command with its subcommands.

    laurel --experimental-dump-help | Tools/manual.py zh|en FOLDER
"""
import json
import os
import re
import sys

WORDS = {
    "en": {
        "name": "NAME", "use": "SYNOPSIS", "options": "OPTIONS", "commands": "COMMANDS",
        "exit": "EXIT STATUS", "environment": "ENVIRONMENT", "also": "SEE ALSO", "values": "one of",
        "codes": [
            ("0", "done"), ("1", "findings with errors; nothing was written"),
            ("2", "could not run: file, disk, network, version"), ("3", "undetermined or unknown"),
            ("4", "revoked"), ("5", "forged or tampered with"), ("64", "wrong use of the command"),
        ],
        "variables": [
            ("LAUREL_EVENT", "the record, where --event is not given"),
            ("LAUREL_PIN_FILE", "a file that holds the PIN, where --pin-file is not given"),
            ("NO_COLOR", "no colours, if it is set and not empty"),
            ("LC_ALL, LC_MESSAGES, LANG", "the language, where --lang is not given: en or zh"),
            ("XDG_CONFIG_HOME", "where the folder of keys is, where --keys is not given"),
        ],
    },
    "zh": {
        "name": "名称", "use": "用法", "options": "选项", "commands": "命令", "exit": "退出码",
        "environment": "环境变量", "also": "另见", "values": "可选",
        "codes": [
            ("0", "完成"), ("1", "有错误,什么也没有写入"), ("2", "无法运行:文件、磁盘、网络、版本"),
            ("3", "未定或未知"), ("4", "已撤销"), ("5", "伪造或被改动"), ("64", "命令用法不对"),
        ],
        "variables": [
            ("LAUREL_EVENT", "档案文件(未给 --event 时)"),
            ("LAUREL_PIN_FILE", "存有 PIN 的文件(未给 --pin-file 时)"),
            ("NO_COLOR", "非空则不用颜色"),
            ("LC_ALL、LC_MESSAGES、LANG", "语言(未给 --lang 时):en 或 zh"),
            ("XDG_CONFIG_HOME", "密钥目录所在(未给 --keys 时)"),
        ],
    },
}


def roff(text):
    text = text.replace("\\", "\\e").replace("-", "\\-")
    return re.sub(r"^([.'])", r"\\&\1", text, flags=re.M)


def spelled(argument):
    if argument["kind"] == "positional":
        name = "\\fI" + roff(argument["valueName"]) + "\\fR"
    else:
        dashes = {"long": "--", "short": "-", "longWithSingleDash": "-"}
        names = [dashes[n["kind"]] + n["name"] for n in argument["names"]]
        name = "\\fB" + roff(", ".join(names)) + "\\fR"
        if argument["kind"] == "option":
            name += " \\fI" + roff(argument["valueName"]) + "\\fR"
    return name


def use(path, command):
    parts = ["\\fB" + roff(" ".join(path)) + "\\fR"]
    for argument in command.get("arguments", []):
        if not argument["shouldDisplay"]:
            continue
        part = spelled(argument) + (" ..." if argument["isRepeating"] else "")
        parts.append("[" + part + "]" if argument["isOptional"] else part)
    if command.get("subcommands"):
        parts.append("\\fI...\\fR")
    return " ".join(parts)


def options(command, words):
    lines = []
    for argument in command.get("arguments", []):
        if not argument["shouldDisplay"]:
            continue
        text = argument.get("abstract", "")
        values = argument.get("allValues")
        if values:
            text += f" ({words['values']}: {', '.join(values)})"
        lines += [".TP", spelled(argument), roff(text)]
    return lines


def page(path, command, words, others):
    title = "-".join(path)
    lines = [f'.TH "{title.upper()}" 1 "" "Laurel" "Laurel"', f".SH {words['name']}"]
    lines += [f"{roff(title)} \\- {roff(command.get('abstract', ''))}"]
    lines += [f".SH {words['use']}", use(path, command)]
    subcommands = [c for c in command.get("subcommands", []) if c["commandName"] != "help"]
    if len(path) == 1:
        lines += [f".SH {words['commands']}"]
        for sub in subcommands:
            name = roff(f"{title}-{sub['commandName']}")
            lines += [".TP", f"\\fB{name}\\fR(1)", roff(sub.get("abstract", ""))]
    else:
        own = options(command, words)
        lines += [f".SH {words['options']}"] + own if own and not subcommands else []
        for sub in subcommands:
            below = path + [sub["commandName"]]
            lines += [f".SH {roff(' '.join(below)).upper()}", roff(sub.get("abstract", ""))]
            lines += [".PP", use(below, sub)] + options(sub, words)
    lines += [f".SH {words['exit']}"]
    for code, meaning in words["codes"]:
        lines += [".TP", f"\\fB{code}\\fR", roff(meaning)]
    lines += [f".SH {words['environment']}"]
    for name, meaning in words["variables"]:
        lines += [".TP", f"\\fB{roff(name)}\\fR", roff(meaning)]
    lines += [f".SH {words['also']}", roff(others)]
    return "\n".join(lines) + "\n"


def main():
    language, folder = sys.argv[1:]
    words = WORDS[language]
    root = json.load(sys.stdin)["command"]
    os.makedirs(folder, exist_ok=True)
    pages = {"laurel": page(["laurel"], root, words, "Documentation/office.md")}
    for command in root["subcommands"]:
        if command["commandName"] != "help":
            path = ["laurel", command["commandName"]]
            pages["-".join(path)] = page(path, command, words, "laurel(1)")
    for name, text in pages.items():
        with open(os.path.join(folder, name + ".1"), "w", encoding="utf-8") as file:
            file.write(text)


main()
