"""Other programs' writers of table files, each with options drawn at random: what they write, and of which kinds of column."""
import csv
import re

import duckdb
import pandas as pd
import polars as pl
import pyarrow as pa
import pyarrow.csv
import pyarrow.ipc as ipc
import pyarrow.parquet as pq

from drawn_tables import FOREIGN, KINDS, arrow

try:
    import fastparquet
except ImportError:
    fastparquet = None


def kinds(without=None):
    """All kinds but those that a pattern begins with."""
    return [kind for kind in KINDS if not (without and re.match(without, kind))]


def pyarrow_parquet(draw, table, path):
    options = {
        "compression": draw.choice(["none", "snappy", "gzip", "zstd", "lz4"]), "data_page_version": draw.choice(["1.0", "2.0"]),
        "version": draw.choice(["2.4", "2.6"]), "use_dictionary": draw.random() < 0.5, "row_group_size": draw.choice([5, 70, 1000]),
        "data_page_size": draw.choice([1, 64, 1 << 20]), "write_statistics": draw.random() < 0.7, "store_schema": draw.random() < 0.5,
        "store_decimal_as_integer": draw.random() < 0.5, "write_page_checksum": draw.random() < 0.5,
        "write_page_index": draw.random() < 0.3, "dictionary_pagesize_limit": draw.choice([8, 1 << 20])}
    if draw.random() < 0.2 and not any("_s_" in column.kind or "_us_" in column.kind or "_ms_" in column.kind for column in table):
        options["use_deprecated_int96_timestamps"] = True
    pq.write_table(arrow(table), path, **options)


def duckdb_parquet(draw, table, path):
    base = duckdb.connect()
    base.register("cells", arrow(table))
    codec, version = draw.choice(["uncompressed", "snappy", "gzip", "zstd", "lz4_raw"]), draw.choice(["V1", "V2"])
    base.execute(f"COPY cells TO '{path}' (FORMAT parquet, COMPRESSION {codec}, PARQUET_VERSION {version})")


def polars_parquet(draw, table, path):
    frame = pl.from_arrow(arrow(table))
    frame.write_parquet(
        path, compression=draw.choice(["uncompressed", "snappy", "gzip", "zstd", "lz4"]), row_group_size=draw.choice([5, 1000]),
        statistics=draw.choice([True, False, "full"]), data_page_size=draw.choice([64, 1 << 20]))


def pandas_parquet(draw, table, path):
    if any(column.kind in FOREIGN and not any(column.values) for column in table):
        raise ValueError("without a value it writes a column of nothing")
    frame = arrow(table).to_pandas(types_mapper=draw.choice([pd.ArrowDtype, None]), integer_object_nulls=True)
    frame.to_parquet(path, engine="pyarrow", index=draw.choice([False, None]), compression=draw.choice(["snappy", "gzip", None]))


def fastparquet_parquet(draw, table, path):
    if any(column.kind == "text" and not any(column.values) for column in table):
        raise ValueError("without a text it says nothing of the column's type")
    frame = pd.DataFrame({column.name: pandas_column(column) for column in table})
    fastparquet.write(
        str(path), frame, compression=draw.choice([None, "SNAPPY", "GZIP", "ZSTD", "LZ4_RAW"]), row_group_offsets=draw.choice([7, 1000]),
        times=draw.choice(["int64", "int96"]), stats=draw.choice([True, False]))


def pandas_column(column):
    """A column as pandas' own types have it, which are what fastparquet knows."""
    if column.kind.startswith("moment"):
        return column.arrow.to_pandas()
    own = {"bool": "boolean", "text": "object", "word": "category"}
    kind = column.kind.replace("int", "Int").replace("uI", "UI")
    return pd.Series(column.values, dtype=own.get(column.kind, kind))


def pyarrow_arrow(draw, table, path):
    options = {"compression": draw.choice([None, None, "lz4", "zstd"])}
    if draw.random() < 0.2:
        options["metadata_version"] = ipc.MetadataVersion.V4
    whole = arrow(table)
    make = ipc.new_stream if path.suffix == ".arrows" else ipc.new_file
    with make(path, whole.schema, options=ipc.IpcWriteOptions(**options)) as file:
        file.write_table(whole, max_chunksize=draw.choice([3, 64, 10_000]))


def polars_arrow(draw, table, path):
    frame = pl.from_arrow(arrow(table))
    if path.suffix == ".arrows":
        frame.write_ipc_stream(path, compression=draw.choice(["uncompressed", "lz4", "zstd"]))
    else:
        frame.write_ipc(path, compression=draw.choice(["uncompressed", "lz4", "zstd"]))


def pandas_arrow(draw, table, path):
    arrow(table).to_pandas(types_mapper=pd.ArrowDtype).to_feather(path, compression=draw.choice(["uncompressed", "lz4", "zstd"]))


def pyarrow_csv(draw, table, path):
    quoting = draw.choice(["needed", "all_valid"])
    pyarrow.csv.write_csv(arrow(table), path, pyarrow.csv.WriteOptions(quoting_style=quoting, batch_size=draw.choice([1, 1024])))


def polars_csv(draw, table, path):
    pl.from_arrow(arrow(table)).write_csv(
        path, quote_style=draw.choice(["necessary", "always", "non_numeric"]), line_terminator=draw.choice(["\n", "\r\n"]),
        include_bom=draw.random() < 0.3)


def duckdb_csv(draw, table, path):
    base = duckdb.connect()
    base.register("cells", arrow(table))
    base.execute(f"COPY cells TO '{path}' (FORMAT csv, HEADER{draw.choice(['', ', FORCE_QUOTE *'])})")


def pandas_csv(draw, table, path):
    arrow(table).to_pandas(types_mapper=pd.ArrowDtype).to_csv(path, index=False, quoting=draw.choice([csv.QUOTE_MINIMAL, csv.QUOTE_ALL]))


def polars_json(draw, table, path):
    frame = pl.from_arrow(arrow(table))
    if path.suffix == ".json":
        frame.write_json(path)
    else:
        frame.write_ndjson(path)


def duckdb_json(draw, table, path):
    base = duckdb.connect()
    base.register("cells", arrow(table))
    base.execute(f"COPY cells TO '{path}' (FORMAT json, ARRAY {str(path.suffix == '.json').lower()})")


def pandas_json(draw, table, path):
    frame = pd.DataFrame({column.name: pandas_column(column) for column in table})
    frame.to_json(path, orient="records", lines=path.suffix == ".jsonl", force_ascii=draw.random() < 0.5, double_precision=15)


# What they have no type of, or make another of.
DUCKDB_LACKS = "decimal256|nothing|date64|span|time_ns|moment_ns_[UE+]|float16"
POLARS_LACKS = r"decimal256|decimal32|decimal64|nothing|map|date64|moment_s_|time_s|time_ms|span_s|.*\+05"
PANDAS_LACKS = "float16|decimal32|decimal64|decimal256|view|nothing|large|span|date64|moment_[smu]|time_ns|uint64|map|group|word_u32"
TEXT_KINDS = [
    "bool", "int8", "int16", "int32", "int64", "uint8", "uint16", "uint32", "float64", "finite", "text", "word", "date32", "moment_us_None"]


def besides(*kinds):
    return [kind for kind in TEXT_KINDS if kind not in kinds]


# name | ending | writer | kinds
WRITERS = [
    ("pyarrow", ".parquet", pyarrow_parquet, kinds("decimal32|decimal64|view")),
    ("DuckDB", ".parquet", duckdb_parquet, kinds(DUCKDB_LACKS)),
    ("Polars", ".parquet", polars_parquet, kinds(POLARS_LACKS + "|float16|span|ordered|fixed_binary")),
    ("pandas", ".parquet", pandas_parquet, kinds(PANDAS_LACKS)),
    ("pyarrow", ".arrow", pyarrow_arrow, kinds()),
    ("pyarrow", ".arrows", pyarrow_arrow, kinds()),
    ("Polars", ".arrow", polars_arrow, kinds(POLARS_LACKS)),
    ("Polars", ".arrows", polars_arrow, kinds(POLARS_LACKS)),
    ("pyarrow", ".csv", pyarrow_csv, besides("float64")),
    ("Polars", ".csv", polars_csv, besides("float64")),
    ("DuckDB", ".csv", duckdb_csv, besides("float64")),
    ("pandas", ".csv", pandas_csv, besides("float64")),
    ("Polars", ".json", polars_json, TEXT_KINDS),
    ("Polars", ".jsonl", polars_json, TEXT_KINDS),
    # It writes a bare NaN, which is no JSON.
    ("DuckDB", ".json", duckdb_json, besides("float64")),
    ("DuckDB", ".jsonl", duckdb_json, besides("float64")),
    # Its numbers have fifteen digits at most, and its dates are numbers.
    ("pandas", ".json", pandas_json, besides("float64", "finite", "date32", "moment_us_None")),
    ("pandas", ".jsonl", pandas_json, besides("float64", "finite", "date32", "moment_us_None")),
]
if fastparquet:
    WRITERS.append(("fastparquet", ".parquet", fastparquet_parquet, [
        "bool", "int8", "int16", "int32", "int64", "uint8", "uint16", "uint32", "float32", "float64", "text", "word", "moment_ns_None"]))
