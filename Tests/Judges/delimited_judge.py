"""Whether `load` reads what Python's csv, pandas, Polars and DuckDB write, each in several dialects, as the cells that were written.

Exit status 1 where a cell is another. Types and, where a day beyond 12 shows it, the order of dates are found; marks are stated.
"""
import csv
import datetime
import json
import pathlib
import random
import sys
import tempfile

import duckdb
import pandas as pd
import polars as pl

import running

ROWS = 90
PLAIN = ["tea", "x, y", "a;b", "p|q", "tab\there", "it's", 'say "hi"', "two\nlines", "cr\r\nlf", "back\\slash", "# no", " pad "]
WIDE = ["Süd", "naïve", "é"]
WIDEST = ["日本", "🙂"]


def drawn(pieces, seed, has_missing=True):
    """Columns of cells: text, whole numbers, numbers, days, moments, truth values."""
    rng = random.Random(seed)

    def column(draw, share):
        return [None if rng.random() < share else draw() for _ in range(ROWS)]

    return {
        "word": column(lambda: " ".join(rng.choice(pieces) for _ in range(rng.randrange(1, 4))), 0.2 * has_missing),
        "whole": column(lambda: rng.randrange(-(10**15), 10**15), 0.1),
        "number": column(lambda: rng.choice([rng.gauss(0, 1), rng.gauss(0, 1e9), 0.1 + 0.2, rng.random() * 1e-9]), 0.1),
        "day": column(lambda: datetime.date(1990, 1, 1) + datetime.timedelta(rng.randrange(15_000)), 0.1),
        "moment": column(lambda: datetime.datetime(2000, 1, 1) + datetime.timedelta(minutes=rng.randrange(10**7)), 0.1),
        "is": column(lambda: rng.random() < 0.5, 0.1),
    }


def expected(value):
    if isinstance(value, datetime.datetime):
        return value.isoformat() + "Z"
    return value.isoformat() if isinstance(value, datetime.date) else value


def rows_of(table):
    return list(zip(*table.values()))


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


def agrees(given, wanted):
    return given == wanted and isinstance(given, bool) == isinstance(wanted, bool)


def complaints(number, table, folder):
    """What differs between the cells that were written and those that were read."""
    lines = (folder / f"{number}.jsonl").read_text(encoding="utf-8").split("\n")
    read = [json.loads(line) for line in lines if line]
    if len(read) != ROWS or (read and list(read[0]) != list(table)):
        yield f"case {number}: {len(read)} rows of {list(read[0]) if read else 'nothing'}"
        return
    for place, (given, wanted) in enumerate(zip(read, rows_of(table))):
        for name, value in zip(table, wanted):
            if not agrees(given[name], expected(value)):
                yield f"case {number} row {place + 1} {name}: read {given[name]!r}, written {value!r}"


def main():
    found, tables = [], []
    with tempfile.TemporaryDirectory() as name:
        folder = pathlib.Path(name)
        script = ""
        for number, (write, options, pieces, has_missing, marks) in enumerate(CASES):
            tables.append(drawn(pieces, number, has_missing))
            ending = "csv.gz" if options.get("compression") else "csv"
            write(folder / f"{number}.{ending}", tables[-1], **options)
            script += f'load "{number}.{ending}"{", " + marks if marks else ""}\nexport "{number}.jsonl"\n'
        running.run(script, folder)
        for number, table in enumerate(tables):
            found += complaints(number, table, folder)
    cells = sum(len(table) * ROWS for table in tables)
    print(f"{len(CASES)} dialects, {cells} cells compared, {len(found)} differ", *found[:30], sep="\n")
    return 1 if found or cells < 10_000 else 0


if __name__ == "__main__":
    sys.exit(main())
