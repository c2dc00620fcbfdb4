"""Whether Arrow files of pyarrow and Polars are read as they are, and ours by pyarrow, Polars and DuckDB.

Every type, with missing cells, sliced, in several batches, in dictionaries that grow and are replaced, compressed. What mlp reads is
written as JSON Lines and compared cell by cell. Exit status 1 where a cell differs.
"""
import datetime as dt
import decimal
import json
import pathlib
import sys
import tempfile

import duckdb
import numpy as np
import polars as pl
import pyarrow as pa
import pyarrow.ipc as ipc

import running

ROWS = 1000
DAY = dt.date(1970, 1, 1)


def repeated(values, kind):
    return pa.array([values[row % len(values)] for row in range(ROWS)], kind)


def every_type():
    number = decimal.Decimal
    half = np.array([1.5, -2, 65504, 6e-8, 0.1], dtype=np.float16)
    places = pa.array([row % 3 if row % 5 else None for row in range(ROWS)], pa.uint32())
    structures = [{"a": row, "b": {"c": f"x{row}"}} if row % 3 else None for row in range(ROWS)]
    return pa.table({
        "bool": repeated([True, None, False], pa.bool_()),
        "int8": repeated([-128, None, 127], pa.int8()), "uint8": repeated([0, None, 255], pa.uint8()),
        "int16": repeated([-32768, None, 1], pa.int16()), "uint16": repeated([65535, None], pa.uint16()),
        "int32": repeated([-2**31, None, 5], pa.int32()), "uint32": repeated([2**32 - 1, None], pa.uint32()),
        "int64": repeated([-2**63, None, 2**63 - 1], pa.int64()), "uint64": repeated([2**63 - 1, None], pa.uint64()),
        "large": repeated([2**64 - 1, None, 7], pa.uint64()),
        "float16": pa.array(np.resize(half, ROWS)), "float32": repeated([0.1, None, -1e30], pa.float32()),
        "float64": repeated([0.1, None, float("nan"), float("inf"), 1e300, 5e-324], pa.float64()),
        "text": repeated(["a", None, "", "héllo", "日本語🙂 and more than twelve bytes"], pa.string()),
        "large_text": repeated(["a", None, "", "日本語"], pa.large_string()),
        "view": repeated(["a", None, "twelve bytes", "thirteen byte", "日本語🙂 more"], pa.string_view()),
        "coded": repeated(["x", None, "y", "x"], pa.dictionary(pa.int8(), pa.string())),
        "coded_large": pa.DictionaryArray.from_arrays(places, pa.array(["p", None, "q"], pa.large_string())),
        "coded_int": repeated([5, None, 6], pa.dictionary(pa.int16(), pa.int64())),
        "date32": repeated([dt.date(1, 1, 1), None, dt.date(9999, 12, 31)], pa.date32()),
        "date64": repeated([dt.date(1969, 12, 31), None], pa.date64()),
        "seconds": repeated([-1, None, 10**9], pa.timestamp("s")), "millis": repeated([-1, None], pa.timestamp("ms")),
        "micros": repeated([-1, None, 10**15 + 1], pa.timestamp("us", tz="Europe/Oslo")),
        "nanos": repeated([-1000, None, 10**18], pa.timestamp("ns")),
        "time32": repeated([0, None, 86399], pa.time32("s")), "time64": repeated([1, None], pa.time64("us")),
        "whole": repeated([number("123"), None, number("-5")], pa.decimal128(30, 0)),
        "money": repeated([number("1.50"), None, number("-0.05")], pa.decimal128(38, 2)),
        "precise": repeated([number("1234567890123456.78"), None], pa.decimal128(38, 2)),
        "wide": repeated([number("-12345678901234567890123456789012345678901234.5"), None], pa.decimal256(60, 1)),
        "none": pa.nulls(ROWS), "structure": pa.array(structures),
        "list": repeated([[1, 2], None], pa.list_(pa.int64())), "blob": repeated([b"x", None], pa.binary()),
        "union": pa.UnionArray.from_sparse(pa.array([0] * ROWS, pa.int8()), [pa.array(range(ROWS))]),
        "runs": pa.RunEndEncodedArray.from_arrays(pa.array([ROWS], pa.int32()), pa.array(["r"])),
        "last": pa.array(range(ROWS)),
    })


def cells(table):
    """The columns that mlp reads, as JSON Lines of mlp would write them."""
    for name in table.column_names:
        column = table[name]
        kind = column.type
        if pa.types.is_struct(kind):
            values = column.to_pylist()
            yield f"{name}.a", [value and value["a"] for value in values]
            yield f"{name}.b.c", [value and value["b"]["c"] for value in values]
        elif not (pa.types.is_list(kind) or pa.types.is_binary(kind) or pa.types.is_union(kind)
                  or pa.types.is_run_end_encoded(kind)):
            yield name, [written(value, kind) for value in plain(column)]


def plain(column):
    if pa.types.is_timestamp(column.type):
        return column.cast(pa.timestamp("us", column.type.tz)).to_pylist()
    return column.to_pylist()


def written(value, kind):
    if value is None or isinstance(value, float) and not np.isfinite(value):
        return None
    if isinstance(value, decimal.Decimal):
        if kind.scale == 0:
            return int(value)
        return str(value) if kind.precision > 38 or abs(value) > 10**13 else float(value)
    if isinstance(value, dt.datetime):
        value = value.astimezone(dt.timezone.utc).replace(tzinfo=None) if value.tzinfo else value
        return value.isoformat() + "Z"
    if isinstance(value, (dt.date, dt.time)):
        return value.isoformat()
    if kind == pa.uint64() and value > 2**63:
        return str(value)
    return value


def read(path, folder):
    """The cells that mlp reads of a file, column by column."""
    running.run(f"load {running.quoted(path)}\nexport \"cells.jsonl\", replace: true", folder)
    rows = [json.loads(line) for line in (folder / "cells.jsonl").read_text().splitlines()]
    return {name: [row[name] for row in rows] for name in rows[0]} if rows else {}


def differences(name, given, expected):
    expected = dict(expected)
    if "large" in expected:
        expected["large"] = [None if value is None else str(value) for value in expected["large"]]
    if list(given) != list(expected):
        yield f"{name}: columns {list(given)} and not {list(expected)}"
        return
    for column, values in expected.items():
        wrong = [(row, pair) for row, pair in enumerate(zip(given[column], values)) if pair[0] != pair[1]]
        if wrong or len(values) != len(given[column]):
            yield f"{name}: {column}: {wrong[:3]}, {len(given[column])} rows"


def write(path, table, stream=False, chunk=None, **options):
    make = ipc.new_stream if stream else ipc.new_file
    with make(path, table.schema, options=ipc.IpcWriteOptions(**options)) as file:
        file.write_table(table, max_chunksize=chunk)


def growing(path):
    """A stream whose dictionary grows and is replaced."""
    parts = [(["a", "b"], [0, 1, None]), (["a", "b", "c"], [2, 1, 0]), (["z", None, "a"], [0, 1, 2])]
    batches = [
        pa.record_batch([pa.DictionaryArray.from_arrays(pa.array(places, pa.int8()), pa.array(words))], names=["k"])
        for words, places in parts]
    with ipc.new_stream(path, batches[0].schema, options=ipc.IpcWriteOptions(emit_dictionary_deltas=True)) as file:
        for batch in batches:
            file.write_batch(batch)
    return [("k", ["a", "b", None, "c", "b", "a", "z", None, "a"])]


def theirs(folder):
    """Files of others, with what is in them."""
    table = every_type()
    v4 = ipc.MetadataVersion.V4
    short = table.drop(["view"])
    ways = {
        "file.arrow": (table, {}), "stream.arrows": (table, {"stream": True, "chunk": 300}),
        "batches.arrow": (table, {"chunk": 7}), "sliced.arrow": (table.slice(3, 500), {}),
        "lz4.arrow": (short, {"compression": "lz4", "chunk": 100}), "zstd.feather": (short, {"compression": "zstd"}),
        "old.arrow": (table, {"metadata_version": v4}),
        "legacy.arrow": (table, {"metadata_version": v4, "use_legacy_format": True, "stream": True}),
    }
    for name, (part, options) in ways.items():
        write(folder / name, part, **options)
        yield folder / name, list(cells(part))
    yield folder / "growing.arrows", growing(folder / "growing.arrows")
    # What Polars makes another type of, or has none for.
    unread = {
        "coded_large", "coded_int", "list", "blob", "union", "runs", "none", "wide", "float16", "large", "view", "date64"}
    frame = pl.from_arrow(table.drop(sorted(unread)))
    expected = list(cells(table.drop(sorted(unread))))
    for name in ("uncompressed", "lz4", "zstd"):
        frame.write_ipc(folder / f"polars_{name}.arrow", compression=name)
        yield folder / f"polars_{name}.arrow", expected
    frame.write_ipc_stream(folder / "polars.arrows")
    yield folder / "polars.arrows", expected


def ours(folder, path):
    """What others read of the file that mlp writes of one of theirs."""
    for name in ("ours.arrow", "ours.arrows"):
        running.run(f"load {running.quoted(path)}\nexport \"{name}\", replace: true", folder)
        again = read(folder / name, folder)
        opened = (ipc.open_stream if name.endswith("s") else ipc.open_file)(folder / name)
        table = opened_rows = opened.read_all()
        table.validate(full=True)
        yield from differences(f"{name} by pyarrow", again, cells(table))
        frame = (pl.read_ipc_stream if name.endswith("s") else pl.read_ipc)(folder / name)
        yield from differences(f"{name} by Polars", again, cells(frame.to_arrow()))
        numbers = [column for column in table.column_names if pa.types.is_integer(table[column].type)]
        sums = ", ".join(f"sum(\"{column}\"::HUGEINT)" for column in numbers)
        found = duckdb.sql(f"SELECT {sums} FROM opened_rows").fetchall()[0]
        expected = [sum(value for value in again[column] if value is not None) for column in numbers]
        if list(map(int, found)) != expected:
            yield f"{name}: DuckDB sums {found} and not {expected}"


def main():
    with tempfile.TemporaryDirectory() as name:
        folder = pathlib.Path(name)
        complaints, compared = [], 0
        for path, expected in theirs(folder):
            complaints += differences(path.name, read(path, folder), expected)
            compared += sum(len(values) for _, values in expected)
        complaints += ours(folder, folder / "file.arrow")
    print(f"{compared} cells compared, {len(complaints)} columns differ", *complaints[:40], sep="\n")
    return 1 if complaints or compared < 200_000 else 0


if __name__ == "__main__":
    sys.exit(main())
