"""Reads a workbook with openpyxl: a path in, its cells as texts out, as JSON. A formula is an error."""

import json
import sys
from datetime import datetime

import openpyxl


def text(cell):
    if cell.data_type == "f":
        sys.exit(f"{cell.coordinate} is a formula: {cell.value}")
    if isinstance(cell.value, datetime):
        return cell.value.strftime("%Y-%m-%d %H:%M:%S")
    return "" if cell.value is None else str(cell.value)


(sheet,) = openpyxl.load_workbook(sys.argv[1]).worksheets
json.dump([[text(cell) for cell in row] for row in sheet.iter_rows()], sys.stdout)
