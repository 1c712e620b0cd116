"""Reads spreadsheets with Python's csv and openpyxl: paths in, one JSON array of sheets out."""

import csv
import json
import sys
from datetime import datetime

import openpyxl


def with_csv(path):
    with open(path, newline="", encoding="utf-8-sig") as file:
        return {"rows": list(csv.reader(file, delimiter=";", strict=True))}


def kind(cell):
    if cell.value is None:
        return ["empty", ""]
    if isinstance(cell.value, datetime):
        return ["moment", cell.value.strftime("%Y-%m-%d %H:%M:%S") + " " + cell.number_format]
    return [{"s": "text", "inlineStr": "text", "n": "number", "f": "formula"}.get(cell.data_type, cell.data_type), str(cell.value)]


def with_openpyxl(path):
    book = openpyxl.load_workbook(path)
    (sheet,) = book.worksheets
    return {
        "name": sheet.title,
        "cells": [[kind(cell) for cell in row] for row in sheet.iter_rows()],
        "filter": sheet.auto_filter.ref,
        "frozen": sheet.freeze_panes,
        "widths": [sheet.column_dimensions[letter].width for letter in "ABCD"],
        "bold": [cell.font.b for cell in sheet[1]],
        "format": [cell.number_format for cell in sheet[2]],
    }


json.dump([with_openpyxl(path) if path.endswith(".xlsx") else with_csv(path) for path in sys.argv[1:]], sys.stdout)
