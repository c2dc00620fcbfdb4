"""Whether Parquet files of pyarrow, DuckDB and Polars are read as the cells that they hold, and ours are read so by them.

Every type is written by every codec, page version and encoding that its writer has, with missing cells, in several row groups. Exit
status 1 where a cell differs.
"""
import datetime
import decimal
import itertools
import json
import pathlib
import random
import sys
import tempfile
import uuid

import duckdb
import polars as pl
import pyarrow as pa
import pyarrow.parquet as pq

import running

ROWS, GROUP = 700, 300
EPOCH = datetime.datetime(1970, 1, 1)
CODECS = ["none", "snappy", "gzip", "zstd", "lz4"]
draw = random.Random(5)


def moment(microseconds):
    at = EPOCH + datetime.timedelta(microseconds=microseconds)
    return at.strftime(f"{at.year:04}-%m-%dT%H:%M:%S") + (f".{at.microsecond:06}" if at.microsecond else "") + "Z"


def clock(count, unit):
    whole, rest = divmod(count, unit)
    fraction = f".{rest:0{len(str(unit)) - 1}}".rstrip("0") if rest else ""
    return f"{whole // 3600:02}:{whole // 60 % 60:02}:{whole % 60:02}{fraction}"


def some(make):
    """Values of which a tenth are missing, after a stretch of missing ones and one without."""
    return [None if row < 40 or row > 120 and draw.random() < 0.1 else make() for row in range(ROWS)]


def each(values, change):
    return [None if value is None else change(value) for value in values]


def columns():
    """For each name a column, the encodings that it has beside a dictionary and plain, and its cells as JSON has them."""
    whole = lambda bits: some(lambda: draw.randrange(-(1 << bits - 1), 1 << bits - 1))
    found = {}

    def add(name, kind, values, cells=None, encodings=()):
        found[name] = (pa.array(values, kind), encodings, cells or values)

    ints = ("DELTA_BINARY_PACKED", "BYTE_STREAM_SPLIT")
    for bits in (8, 16):
        add(f"int{bits}", getattr(pa, f"int{bits}")(), whole(bits), encodings=ints)
    for bits in (32, 64):
        add(f"int{bits}", getattr(pa, f"int{bits}")(), whole(bits), encodings=ints)
    add("uint8", pa.uint8(), some(lambda: draw.randrange(256)), encodings=ints)
    add("uint32", pa.uint32(), some(lambda: draw.randrange(1 << 32)), encodings=ints)
    add("uint64", pa.uint64(), some(lambda: draw.randrange(1 << 62)), encodings=ints)
    large = some(lambda: draw.randrange(1 << 64))
    add("uint64_large", pa.uint64(), large, each(large, str), ints)
    add("rising", pa.int64(), [7 * row for row in range(ROWS)], encodings=ints)
    add("constant", pa.int64(), [5] * ROWS, encodings=ints)
    add("few", pa.int64(), some(lambda: draw.randrange(4)), encodings=ints)
    add("absent", pa.int64(), [None] * ROWS, encodings=ints)
    floats = some(lambda: draw.choice([draw.gauss(0, 1), draw.gauss(0, 1) * 1e300, 0.0, -0.0, float("nan"), float("inf")]))
    finite = lambda value: value if abs(value) < float("inf") else None
    add("float64", pa.float64(), floats, each(floats, finite), ("BYTE_STREAM_SPLIT",))
    small = pa.array(some(lambda: draw.gauss(0, 9)), pa.float64()).cast(pa.float32())
    add("float32", pa.float32(), small.to_pylist(), encodings=("BYTE_STREAM_SPLIT",))
    halves = [draw.randrange(-2000, 2000) / 8 for _ in range(ROWS)]
    add("float16", pa.float16(), halves, encodings=("BYTE_STREAM_SPLIT",))
    add("bool", pa.bool_(), some(lambda: draw.random() < 0.3), encodings=("RLE",))
    texts = ("DELTA_LENGTH_BYTE_ARRAY", "DELTA_BYTE_ARRAY")
    add("word", pa.string(), some(lambda: draw.choice(["", "a", "größe", "日本", "a b c " * 9])), encodings=texts)
    add("text", pa.string(), some(lambda: f"row {draw.randrange(10**9)} é"), encodings=texts)
    days = some(lambda: draw.randrange(-700_000, 2_000_000))
    add("date", pa.date32(), days, each(days, lambda day: moment(day * 86_400_000_000)[:10]), ints)
    for unit, scale in (("s", 10**6), ("ms", 1000), ("us", 1)):
        counts = some(lambda: draw.randrange(-60 * 10**15, 250 * 10**15) // scale)
        add(f"moment_{unit}", pa.timestamp(unit), counts, each(counts, lambda count: moment(count * scale)), ints)
    counts = some(lambda: draw.randrange(-9 * 10**18, 9 * 10**18))
    add("moment_ns", pa.timestamp("ns", "UTC"), counts, each(counts, lambda count: moment(count // 1000)), ints)
    for kind, unit in ((pa.time32("ms"), 1000), (pa.time64("us"), 10**6), (pa.time64("ns"), 10**9)):
        counts = some(lambda: draw.randrange(86_400 * unit))
        add(f"time_{unit}", kind, counts, each(counts, lambda count: clock(count, unit)), ints)
    for digits, scale, most in ((7, 2, 7), (15, 3, 15), (18, 0, 18), (30, 0, 18), (30, 4, 14), (38, 0, 38), (30, 4, 20)):
        numbers = some(lambda: decimal.Decimal(draw.randrange(-(10**most), 10**most)).scaleb(-scale, decimal.Context(50)))
        cell = str if most > 18 else int if scale == 0 else float
        add(f"decimal_{digits}_{scale}_{most}", pa.decimal128(digits, scale), numbers, each(numbers, cell), ("DELTA_BYTE_ARRAY",))
    found["group.a"] = found["few"]
    found["group.b"] = found["word"]
    return found


def table(found, names):
    made = {name: found[name][0] for name in names if "." not in name}
    made["group"] = pa.StructArray.from_arrays([found["few"][0], found["word"][0]], ["a", "b"])
    made["list"] = pa.array([[1, 2]] * ROWS)
    made["map"] = pa.array([[("a", 1)]] * ROWS, pa.map_(pa.string(), pa.int64()))
    made["bytes"] = pa.array([b"\xff\xfe"] * ROWS)
    return pa.table(made)


def by_pyarrow(folder, found):
    """Files by pyarrow, each with the names that it has."""
    every = table(found, found)
    names = list(found)
    for codec, version in itertools.product(CODECS, ["1.0", "2.0"]):
        path = folder / f"arrow-{codec}-{version}.parquet"
        pq.write_table(
            every, path, compression=codec, data_page_version=version, row_group_size=GROUP, data_page_size=1000,
            write_page_checksum=version == "2.0", version="2.6")
        yield path, names
    for encoding, version in itertools.product(
            ["PLAIN", *sorted({word for _, words, _ in found.values() for word in words})], ["1.0", "2.0"]):
        kept = [name for name, (_, words, _) in found.items() if "." not in name and (encoding == "PLAIN" or encoding in words)]
        if encoding == "DELTA_BYTE_ARRAY" or encoding == "BYTE_STREAM_SPLIT":
            # pyarrow writes small decimals as whole numbers only where it is told to.
            kept = [name for name in kept if name != "bool"]
        path = folder / f"arrow-{encoding}-{version}.parquet"
        pq.write_table(
            pa.table({name: found[name][0] for name in kept}), path, use_dictionary=False, data_page_version=version,
            column_encoding={name: encoding for name in kept}, row_group_size=GROUP, data_page_size=500)
        yield path, kept
    for flags in ({"use_deprecated_int96_timestamps": True}, {"store_decimal_as_integer": True}, {"use_dictionary": False}):
        kept = [name for name in found if "." not in name and "moment" in name or "decimal" in name]
        path = folder / f"arrow-{'-'.join(flags)}.parquet"
        pq.write_table(pa.table({name: found[name][0] for name in kept}), path, row_group_size=GROUP, **flags)
        yield path, kept


# What DuckDB and Polars have no type for, or write as another.
OTHERS_LACK = {"float16", "time_1000", "time_1000000000", "moment_s", "uint64_large"}


def by_duckdb(folder, found):
    names = [name for name in found if "." not in name and name not in OTHERS_LACK]
    rows = pa.table({name: found[name][0] for name in names})
    base = duckdb.connect()
    base.register("rows", rows)
    for codec, version in itertools.product(["uncompressed", "snappy", "gzip", "zstd", "lz4_raw"], ["V1", "V2"]):
        path = folder / f"duckdb-{codec}-{version}.parquet"
        base.execute(
            f"COPY rows TO '{path}' (FORMAT parquet, COMPRESSION {codec}, PARQUET_VERSION {version}, ROW_GROUP_SIZE 2048)")
        yield path, names


def by_polars(folder, found):
    names = [name for name in found if "." not in name and name not in OTHERS_LACK]
    rows = pl.from_arrow(pa.table({name: found[name][0] for name in names}))
    for codec in ["uncompressed", "snappy", "gzip", "zstd", "lz4"]:
        path = folder / f"polars-{codec}.parquet"
        rows.write_parquet(path, compression=codec, row_group_size=GROUP)
        yield path, names


def same(given, expected):
    if isinstance(expected, float) and given is not None and expected is not None:
        return float(given) == expected
    return given == expected and isinstance(given, bool) == isinstance(expected, bool)


def read_by_us(folder, path):
    out = folder / "read.jsonl"
    running.run(f"load {running.quoted(path)}\nexport {running.quoted(out)}, replace: true", folder)
    with open(out, encoding="utf-8") as lines:
        return [json.loads(line) for line in lines]


def compare(folder, path, names, found):
    """How many cells of a file were compared, and what differs."""
    rows = read_by_us(folder, path)
    if len(rows) != ROWS:
        return 0, [f"{path.name}: {len(rows)} rows"]
    complaints = []
    for name in names:
        for row, (given, expected) in enumerate(zip(rows, found[name][2])):
            if name not in given or not same(given[name], expected):
                complaints.append(f"{path.name} {name} row {row}: ours {given.get(name)!r}, written {expected!r}")
                break
    return ROWS * len(names), complaints


def ours(folder):
    """A file of ours as the three others read it, beside the JSON lines that it is made of."""
    lines = []
    for row in range(ROWS):
        lines.append({
            "whole": draw.randrange(-(1 << 63), 1 << 63), "few": draw.randrange(5), "number": draw.gauss(0, 1), "flag": draw.random() < 0.5,
            "word": draw.choice(["", "größe", "x"]), "text": f"text {draw.random()}", "day": moment(draw.randrange(10**17))[:10],
            "moment": moment(draw.randrange(10**16))})
        lines[-1] = {key: None if row > 9 and draw.random() < 0.1 else value for key, value in lines[-1].items()}
    source, path = folder / "made.jsonl", folder / "ours.parquet"
    source.write_text("".join(json.dumps(line, ensure_ascii=False) + "\n" for line in lines), encoding="utf-8")
    running.run(
        f"load {running.quoted(source)}, types: {{day: date, moment: datetime}}\nexport {running.quoted(path)}, replace: true", folder)
    readers = {"pyarrow": pq.read_table, "Polars": lambda path: pl.read_parquet(path).to_arrow(), "DuckDB": duckdb_table}
    complaints = []
    for reader, read in readers.items():
        table = read(path)
        moments = table["moment"].cast(pa.int64()).to_pylist()
        for name in lines[0]:
            cells = each(moments, moment) if name == "moment" else table[name].to_pylist()
            cells = each(cells, str) if name == "day" else cells
            if cells != [line[name] for line in lines]:
                complaints.append(f"{reader} reads another {name} of ours")
    zone = pq.read_schema(path).field("moment").type.tz
    complaints += [] if zone == "UTC" else [f"pyarrow reads moments of {zone}"]
    return ROWS * len(lines[0]) * len(readers), complaints


def duckdb_table(path):
    # Moments of a zone are given to Python by an extension only.
    return duckdb.sql(f"SELECT * REPLACE (epoch_us(moment) AS moment) FROM '{path}'").to_arrow_table()


def main():
    found = columns()
    with tempfile.TemporaryDirectory() as place:
        folder = pathlib.Path(place)
        files = [*by_pyarrow(folder, found), *by_duckdb(folder, found), *by_polars(folder, found)]
        results = [compare(folder, path, names, found) for path, names in files] + [ours(folder)]
    compared, complaints = sum(count for count, _ in results), [line for _, lines in results for line in lines]
    print(f"{len(files)} files, {compared} cells compared, {len(complaints)} columns differ", *complaints[:40], sep="\n")
    return 1 if complaints or compared < 400_000 or len(files) < 40 else 0


if __name__ == "__main__":
    sys.exit(main())
