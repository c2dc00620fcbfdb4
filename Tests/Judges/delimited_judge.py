"""Whether `load` reads what Python's csv, pandas, Polars and DuckDB write, each in several dialects, as the cells that were written.

Exit status 1 where a cell is another. Types and, where a day beyond 12 shows it, the order of dates are found; marks are stated.
"""
import csv
import json
import pathlib
import sys
import tempfile

import duckdb
import pandas as pd
import polars as pl

import drawn_cells
import running
from drawn_cells import PLAIN, ROWS, WIDE, WIDEST, rows_of


def by_python(path, table, above=(), below=(), comment=None, encoding="utf-8", **dialect):
    def text(value):
        return str(value).lower() if isinstance(value, bool) else value.isoformat() if hasattr(value, "isoformat") else value

    with open(path, "w", newline="", encoding=encoding) as file:
        file.writelines(above)
        writer = csv.writer(file, **dialect)
        writer.writerow(table)
        for place, row in enumerate(rows_of(table)):
            if comment and place % 7 == 3:
                file.write(comment + " said 'between' rows" + dialect.get("lineterminator", "\r\n"))
            writer.writerow([text(value) for value in row])
        file.writelines(below)


def by_pandas(path, table, **dialect):
    frame = pd.DataFrame(table)
    frame["whole"] = pd.array(table["whole"], dtype="Int64")
    frame["is"] = [None if value is None else str(value).lower() for value in table["is"]]
    frame.to_csv(path, index=False, **dialect)


def by_polars(path, table, **dialect):
    pl.DataFrame(table, strict=False).write_csv(path, **dialect)


def by_duckdb(path, table, **options):
    base = duckdb.connect()
    base.execute('CREATE TABLE cells (word VARCHAR, whole BIGINT, number DOUBLE, day DATE, moment TIMESTAMP, "is" BOOLEAN)')
    base.executemany("INSERT INTO cells VALUES (?, ?, ?, ?, ?, ?)", rows_of(table))
    stated = ", ".join(f"{name} '{str(value).replace(chr(39), chr(39) * 2)}'" for name, value in options.items())
    base.execute(f"COPY cells TO '{path}' (FORMAT csv, HEADER{', ' + stated if stated else ''})")


EVERYTHING = PLAIN + WIDE + WIDEST
# DuckDB does not escape its own escape: `back\slash` comes out as it went in.
NO_BACKSLASH = [piece for piece in EVERYTHING if "\\" not in piece]

# writer | its options | the pieces of texts | whether texts may be missing | options of load
CASES = [
    (by_python, {}, EVERYTHING, True, ""),
    (by_python, {"delimiter": ";", "lineterminator": "\n", "quoting": csv.QUOTE_ALL}, EVERYTHING, False, ""),
    (by_python, {"delimiter": "\t", "quotechar": "'"}, EVERYTHING, True, "quote: \"'\""),
    (
        by_python, {"doublequote": False, "escapechar": "\\", "lineterminator": "\n"}, EVERYTHING, True,
        'escape: "\\\\"'),
    (
        by_python, {"quoting": csv.QUOTE_NONE, "escapechar": "\\", "quotechar": None, "delimiter": "|"}, EVERYTHING, True,
        'quote: none, escape: "\\\\"'),
    (by_python, {"quoting": csv.QUOTE_NONNUMERIC, "encoding": "utf-8-sig"}, EVERYTHING, False, ""),
    (by_python, {"encoding": "utf-16"}, EVERYTHING, True, ""),
    (by_python, {"encoding": "utf-16-be", "delimiter": ";"}, PLAIN + WIDE, True, ""),
    (by_python, {"encoding": "latin-1"}, PLAIN + WIDE, True, "encoding: latin1"),
    (by_python, {"encoding": "cp1252"}, PLAIN + WIDE + ["5 €", "“so”"], True, "encoding: windows1252"),
    (by_python, {"lineterminator": "\r"}, [piece for piece in PLAIN if "\n" not in piece], True, ""),
    (
        by_python, {"above": ["Report of all, in\n", "\n", "made in 2026\n"], "below": ["Total,1,2\n", "Source: us\n"]},
        EVERYTHING, True, "skip: 3, footer: 2"),
    (by_python, {"above": ["A report\n", "\n"]}, EVERYTHING, True, ""),
    (by_python, {"comment": "#"}, [piece for piece in EVERYTHING if piece[0] != "#"], True, 'comment: "#"'),
    (by_pandas, {}, EVERYTHING, True, ""),
    (by_pandas, {"sep": ";", "decimal": ","}, EVERYTHING, True, 'decimal: ","'),
    (by_pandas, {"na_rep": "NA", "encoding": "utf-16"}, EVERYTHING, True, 'missing: ["", "NA"]'),
    (by_pandas, {"escapechar": "\\", "doublequote": False, "compression": "gzip"}, EVERYTHING, True, 'escape: "\\\\"'),
    (by_polars, {}, EVERYTHING, True, ""),
    (by_polars, {"separator": ";", "decimal_comma": True, "include_bom": True}, EVERYTHING, True, 'decimal: ","'),
    (by_polars, {"line_terminator": "\r\n", "null_value": "NULL"}, EVERYTHING, True, 'missing: ["", "NULL"]'),
    (by_polars, {"date_format": "%d/%m/%Y", "datetime_format": "%d.%m.%Y %H:%M"}, EVERYTHING, True, ""),
    (by_polars, {"date_format": "%m-%d-%y", "quote_style": "always"}, EVERYTHING, False, "dates: mdy"),
    (by_duckdb, {}, EVERYTHING, True, ""),
    (by_duckdb, {"DELIMITER": "|", "QUOTE": "'", "ESCAPE": "\\"}, NO_BACKSLASH, True, 'quote: "\'", escape: "\\\\"'),
    (
        by_duckdb, {"NULLSTR": "\\N", "DATEFORMAT": "%-m/%-d/%Y", "TIMESTAMPFORMAT": "%-m/%-d/%Y %I:%M:%S %p"}, EVERYTHING,
        True, 'missing: ["", "\\\\N"]'),
]


def main():
    found, tables = [], []
    with tempfile.TemporaryDirectory() as name:
        folder = pathlib.Path(name)
        script = ""
        for number, (write, options, pieces, has_missing, marks) in enumerate(CASES):
            tables.append(drawn_cells.drawn(pieces, number, has_missing))
            ending = "csv.gz" if options.get("compression") else "csv"
            write(folder / f"{number}.{ending}", tables[-1], **options)
            script += f'load "{number}.{ending}"{", " + marks if marks else ""}\nexport "{number}.jsonl"\n'
        running.run(script, folder)
        for number, table in enumerate(tables):
            found += drawn_cells.complaints(number, table, folder)
    cells = sum(len(table) * ROWS for table in tables)
    print(f"{len(CASES)} dialects, {cells} cells compared, {len(found)} differ", *found[:30], sep="\n")
    return 1 if found or cells < 10_000 else 0


if __name__ == "__main__":
    sys.exit(main())
