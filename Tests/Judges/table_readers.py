"""What other programs read of files that mlp wrote, as the cells that JSON has of them."""
import csv
import datetime
import io
import json
import math
import re

import arff
import duckdb
import openpyxl
import openpyxl.utils.escape
import polars as pl
import pyarrow as pa
import pyarrow.compute
import pyarrow.csv
import pyarrow.ipc as ipc
import pyarrow.parquet as pq

from drawn_tables import UNITS, moment

try:
    import fastparquet
except ImportError:
    fastparquet = None


def of_arrow(table):
    return {name: of_column(table[name]) for name in table.column_names}


def of_column(column):
    kind = column.type
    if pa.types.is_timestamp(kind):
        return [None if value is None else moment(value * 10**6 // UNITS[kind.unit]) for value in pa.compute.cast(column, pa.int64()).to_pylist()]
    return [of_value(value) for value in column.to_pylist()]


def of_value(value):
    if isinstance(value, float):
        return value if math.isfinite(value) else None
    if isinstance(value, datetime.datetime):
        return value.isoformat() + "Z"
    return value.isoformat() if isinstance(value, (datetime.date, datetime.time)) else value


def duckdb_parquet(path):
    return of_arrow(duckdb.sql(f"SELECT * FROM '{path}'").to_arrow_table())


def fastparquet_parquet(path):
    frame = fastparquet.ParquetFile(str(path)).to_pandas()
    return of_arrow(pa.Table.from_pandas(frame, preserve_index=False))


def python_csv(path, delimiter=","):
    with open(path, newline="", encoding="utf-8") as file:
        names, *rows = csv.reader(file, delimiter=delimiter)
    return {name: [row[place] for row in rows] for place, name in enumerate(names)}


def duckdb_csv(path):
    found = duckdb.sql(f"SELECT * FROM read_csv('{path}', all_varchar = true, header = true, delim = ',', quote = '\"', escape = '\"')")
    return {name: ["" if value is None else value for value in values] for name, values in found.to_arrow_table().to_pydict().items()}


def polars_csv(path):
    frame = pl.read_csv(path, infer_schema=False)
    return {name: ["" if value is None else value for value in values] for name, values in frame.to_dict(as_series=False).items()}


def pyarrow_csv(path):
    with open(path, newline="", encoding="utf-8") as file:
        names = next(csv.reader(file))
    table = pyarrow.csv.read_csv(
        path, parse_options=pyarrow.csv.ParseOptions(newlines_in_values=True),
        convert_options=pyarrow.csv.ConvertOptions(column_types={name: pa.string() for name in names}, strings_can_be_null=False))
    return {name: values for name, values in table.to_pydict().items()}


def rows_of(rows):
    return {name: [row.get(name) for row in rows] for name in (rows[0] if rows else {})}


def openpyxl_xlsx(path):
    (names, *rows) = openpyxl.load_workbook(path).active.values
    return {name: [of_cell(row[place]) for row in rows] for place, name in enumerate(names)}


def of_cell(value):
    return openpyxl.utils.escape.unescape(value) if isinstance(value, str) else of_value(value)


def liac_arff(path):
    found = arff.load(io.StringIO(path.read_text(encoding="utf-8")))
    told = {"true": True, "false": False}
    columns = {name: [row[place] for row in found["data"]] for place, (name, _) in enumerate(found["attributes"])}
    kinds = dict(found["attributes"])
    return {name: [told.get(cell, cell) if isinstance(kinds[name], list) else cell for cell in cells] for name, cells in columns.items()}


# ending | reader by name
READERS = {
    "parquet": {"pyarrow": lambda path: of_arrow(pq.read_table(path)), "Polars": lambda path: of_arrow(pl.read_parquet(path).to_arrow()),
                "DuckDB": duckdb_parquet} | ({"fastparquet": fastparquet_parquet} if fastparquet else {}),
    "arrow": {"pyarrow": lambda path: of_arrow(ipc.open_file(path).read_all()), "Polars": lambda path: of_arrow(pl.read_ipc(path).to_arrow())},
    "arrows": {"pyarrow": lambda path: of_arrow(ipc.open_stream(path).read_all()), "Polars": lambda path: of_arrow(pl.read_ipc_stream(path).to_arrow())},
    "csv": {"Python": python_csv, "DuckDB": duckdb_csv, "Polars": polars_csv, "pyarrow": pyarrow_csv},
    "tsv": {"Python": lambda path: python_csv(path, "\t")},
    "json": {"Python": lambda path: rows_of(json.loads(path.read_text(encoding="utf-8")))},
    "xlsx": {"openpyxl": openpyxl_xlsx},
    "arff": {"liac-arff": liac_arff},
}


# Days and moments that are beyond fastparquet's nanoseconds, and whole numbers whose differences take 32 bits, which it decodes to others
# in pyarrow's files too; what a workbook's reader rounds, or that is of a type which liac-arff has not.
LACKS = {
    ("parquet", "fastparquet"): "date|moment|u?int|decimal|span", ("xlsx", "openpyxl"): "moment_[un]s|.*int64|decimal_1[89]|span", ("arff", "liac-arff"):
    "date|.*int64|decimal_1[89]|span"}


def kept(cells, table, ending, reader):
    """Of the cells by column those that a reader has a type for, where names and rows are such as it reads."""
    lacking = LACKS.get((ending, reader))
    if ending == "arff" and (any(re.search(r"[\t\"']", name) for name in cells) or any(column.kind.startswith("date") for column in table)):
        # liac-arff keeps the escapes of a name, and reads no dates.
        return {}
    if reader in ("pyarrow", "Python") and ending in ("csv", "tsv") and len(cells) == 1:
        # A row of one missing cell is a blank line, which they pass over.
        return {}
    if reader == "Polars" and ending == "csv" and any('"' in name for name in cells):
        # It leaves quotes of a name doubled.
        return {}
    kinds = {column.name: column.kind for column in table}
    return {name: values for name, values in cells.items() if not (lacking and re.match(lacking, kinds.get(name, "group")))}


def agrees(given, wanted, ending):
    """Whether what another program read is the cell that was exported."""
    if wanted is None:
        # In a row without a value one cell of a workbook says so.
        return given in (None, "") or ending == "xlsx" and given == "#N/A"
    if ending in ("csv", "tsv"):
        text = {True: "true", False: "false"}.get(wanted, wanted) if isinstance(wanted, bool) else wanted
        return given == text if isinstance(text, str) else type(text)(given) == text
    if ending == "xlsx" and isinstance(wanted, str) and isinstance(given, str):
        # Days and moments of a workbook are moments to openpyxl.
        return given == wanted or given.removesuffix("Z").removesuffix("T00:00:00") == wanted.removesuffix("Z").removesuffix("T00:00:00")
    if ending == "arff" and wanted == "":
        return given in (None, "")
    if isinstance(wanted, bool) or isinstance(given, bool):
        return given is wanted
    return given == wanted and isinstance(given, str) == isinstance(wanted, str)


def differences(path, ending, reader, wanted):
    """What differs between the cells that were exported and what a reader reads."""
    if not wanted:
        return
    found = READERS[ending][reader](path)
    if reader == "DuckDB" and ending == "csv":
        wanted = {name.strip(): cells for name, cells in wanted.items()}
    if any(name not in found for name in wanted):
        yield f"columns {list(found)} and not {list(wanted)}"
        return
    for name, cells in wanted.items():
        if len(found[name]) != len(cells):
            yield f"{name!r}: {len(found[name])} rows and not {len(cells)}"
            continue
        wrong = [place for place, cell in enumerate(cells) if not agrees(found[name][place], cell, ending)]
        if wrong:
            yield f"{name!r} row {wrong[0] + 1}: {reader} reads {found[name][wrong[0]]!r}, exported was {cells[wrong[0]]!r} ({len(wrong)} of {len(cells)})"
