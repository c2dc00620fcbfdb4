"""Whether `load` reads what openpyxl, XlsxWriter, pandas and Polars write as .xlsx, and openpyxl what `export` writes.

Exit status 1 where a cell is another. Both writers keep 16 digits of a number, so that many are compared.
"""
import datetime
import pathlib
import sys
import tempfile

import openpyxl
import pandas as pd
import polars as pl
import xlsxwriter
from openpyxl.utils.datetime import CALENDAR_MAC_1904
from openpyxl.utils.escape import unescape

import drawn_cells
import running
from drawn_cells import PLAIN, ROWS, WIDE, WIDEST, rows_of

# Returns in texts are left out: openpyxl writes them as they are, and XML makes line feeds of them.
PIECES = [piece for piece in PLAIN if "\r" not in piece] + WIDE + WIDEST + ["<b>&amp;", "007", "=1+1"]
# What Excel takes for a character's number: openpyxl neither writes it as a text nor reads it back by itself.
ESCAPES = ["_x0041_"]
DAY, MOMENT = "dd/mm/yyyy", "yyyy-mm-dd hh:mm:ss.000"


def kept(value):
    """What is left of a cell in a file of these writers."""
    return float(f"{value:.16g}") if isinstance(value, float) else drawn_cells.expected(value)


def by_openpyxl(path, table, from_1904=False, write_only=False):
    book = openpyxl.Workbook(write_only=write_only)
    if from_1904:
        book.epoch = CALENDAR_MAC_1904
    sheet = book.create_sheet("cells") if write_only else book.active
    sheet.append(list(table))
    for row in rows_of(table):
        cells = []
        for value in row:
            cell = openpyxl.cell.WriteOnlyCell(sheet, value=value) if write_only else value
            cells.append(cell)
            if write_only and isinstance(value, str):
                # A text that begins with = would be a formula.
                cell.data_type = "s"
        sheet.append(cells)
    for cell in [] if write_only else sheet["A"]:
        cell.data_type = "s" if isinstance(cell.value, str) else cell.data_type
    book.save(path)


def by_xlsxwriter(path, table, **options):
    book = xlsxwriter.Workbook(path, {"strings_to_formulas": False, **options})
    day, moment = book.add_format({"num_format": DAY}), book.add_format({"num_format": MOMENT})
    sheet = book.add_worksheet()
    sheet.write_row(0, 0, list(table))
    for place, row in enumerate(rows_of(table), 1):
        for column, value in enumerate(row):
            if isinstance(value, datetime.date):
                sheet.write_datetime(place, column, value, moment if isinstance(value, datetime.datetime) else day)
            elif value is not None:
                sheet.write(place, column, value)
    book.close()


def by_pandas(path, table, **options):
    frame = pd.DataFrame(table)
    frame["whole"] = pd.array(table["whole"], dtype="Int64")
    frame.to_excel(path, index=False, **options)


def by_polars(path, table):
    pl.DataFrame(table, strict=False).write_excel(path)


WORDS = [piece for piece in PIECES if not piece.startswith("=")]

# writer | its options | the pieces of texts
CASES = [
    (by_openpyxl, {}, PIECES),
    (by_openpyxl, {"from_1904": True}, PIECES),
    (by_openpyxl, {"write_only": True}, PIECES),
    (by_xlsxwriter, {}, PIECES + ESCAPES),
    (by_xlsxwriter, {"constant_memory": True}, PIECES),
    (by_xlsxwriter, {"date_1904": True, "use_zip64": True}, PIECES),
    (by_pandas, {"engine": "openpyxl"}, WORDS),
    (by_pandas, {"engine": "xlsxwriter", "sheet_name": "a & b"}, WORDS),
    (by_polars, {}, WORDS),
]


def read_back(path, table):
    """What openpyxl reads otherwise than it was exported."""
    rows = list(openpyxl.load_workbook(path).active.iter_rows(values_only=True))
    if rows[0] != tuple(table) or len(rows) != ROWS + 1:
        yield f"{path.name}: {len(rows)} rows of {rows[0]}"
    for place, (given, wanted) in enumerate(zip(rows[1:], rows_of(table))):
        for name, value, cell in zip(table, wanted, given):
            if isinstance(value, datetime.date) and not isinstance(value, datetime.datetime):
                value = datetime.datetime.combine(value, datetime.time())
            if isinstance(cell, datetime.datetime) and isinstance(value, datetime.datetime):
                cell = value if abs(cell - value) < datetime.timedelta(microseconds=2) else cell
            value = kept(value) if isinstance(value, float) else value
            cell = unescape(cell) if isinstance(cell, str) else cell
            if cell != value or isinstance(cell, bool) != isinstance(value, bool):
                yield f"{path.name} row {place + 1} {name}: openpyxl reads {cell!r}, exported was {value!r}"


def main():
    found, tables, script = [], [], ""
    with tempfile.TemporaryDirectory() as name:
        folder = pathlib.Path(name)
        for number, (write, options, pieces) in enumerate(CASES):
            tables.append(drawn_cells.drawn(pieces, number))
            write(folder / f"{number}.xlsx", tables[-1], **options)
            script += f'load "{number}.xlsx"\nexport "{number}.jsonl"\nexport "{number}_again.xlsx"\n'
        running.run(script, folder)
        for number, table in enumerate(tables):
            found += drawn_cells.complaints(number, table, folder, kept)
            found += read_back(folder / f"{number}_again.xlsx", table)
    cells = 2 * sum(len(table) * ROWS for table in tables)
    print(f"{len(CASES)} workbooks, {cells} cells compared, {len(found)} differ", *found[:30], sep="\n")
    return 1 if found or cells < 9_000 else 0


if __name__ == "__main__":
    sys.exit(main())
