"""Whether JSON that others write is read as their values, and JSON that we write is read by others as ours.

Python's json, Polars, pandas and DuckDB write one table as lists and as lines, plain and compressed; we read each and write it again, and
Python's json reads that. What we wrote is then read by all of them. Exit status 1 where a cell differs.
"""
import gzip
import json
import pathlib
import random
import sys
import tempfile

import duckdb
import pandas as pd
import polars as pl

import running

ROWS = 3000
TEXTS = ["", "a", "é中😀", "\"", "\\", "/", "\n\r\t\b\f", "\u0001\u001f\u007f", "\u2028\u2029", "[{,}]:", "null", "true", "12", "007", " x ", "\ufeff"]
NUMBERS = [0.0, -0.0, 0.1, -2.5, 1e300, -1e-300, 5e-324, 1.7976931348623157e308, 123456.789, 1 / 3, 2.0**60, 9007199254740993.0]
INTS = [0, -1, 7, 1 << 53, (1 << 53) + 1, (1 << 63) - 1, -(1 << 63)]


def table(draw):
    """Columns by name; what is missing is None."""
    def some(make):
        return [None if draw.random() < 0.1 else make() for _ in range(ROWS)]

    return {
        "number": some(lambda: draw.choice(NUMBERS) if draw.random() < 0.5 else draw.gauss(0, 1000)),
        "whole": some(lambda: draw.choice(INTS) if draw.random() < 0.3 else draw.randrange(-(10**9), 10**9)),
        "flag": some(lambda: draw.random() < 0.5),
        "text": some(lambda: "".join(draw.choices(TEXTS, k=draw.randrange(4)))),
        "word \"in\" quotes": some(lambda: f"w{draw.randrange(5)}"),
        "größe": some(lambda: draw.randrange(3)),
    }


def records(columns):
    return [dict(zip(columns, row)) for row in zip(*columns.values())]


def by_python(rows, folder):
    yield write(folder / "python.json", json.dumps(rows))
    yield write(folder / "python_indented.json", json.dumps(rows, indent=2, ensure_ascii=False))
    yield write(folder / "python_compact.json", json.dumps(rows, separators=(",", ":"), ensure_ascii=False))
    lines = "".join(json.dumps(row) + "\n" for row in rows)
    yield write(folder / "python.jsonl", lines)
    yield write(folder / "python_lines.json", lines)
    packed = folder / "python.json.gz"
    packed.write_bytes(gzip.compress(json.dumps(rows).encode()))
    yield packed
    shuffled = random.Random(3)
    yield write(folder / "python_shuffled.json", json.dumps([dict(shuffled.sample(list(row.items()), len(row))) for row in rows]))
    yield write(folder / "python_sparse.jsonl", "".join(
        json.dumps({key: value for key, value in row.items() if value is not None or place == 0}) + "\n" for place, row in enumerate(rows)))


def write(path, text):
    path.write_text(text, encoding="utf-8", newline="")
    return path


def by_polars(columns, folder):
    frame = pl.DataFrame(columns)
    frame.write_json(folder / "polars.json")
    frame.write_ndjson(folder / "polars.jsonl")
    return [folder / "polars.json", folder / "polars.jsonl"]


def by_pandas(columns, folder):
    frame = pd.DataFrame({name: pd.Series(cells, dtype=kind(cells)) for name, cells in columns.items()})
    # Its numbers have fifteen digits at most.
    frame["number"] = frame["number"].where(frame["number"].abs() < 1e8).round(6)
    frame.to_json(folder / "pandas.json", orient="records")
    frame.to_json(folder / "pandas.jsonl", orient="records", lines=True)
    cells = {name: [None if pd.isna(cell) else cell for cell in frame[name].tolist()] for name in columns}
    return cells, [folder / "pandas.json", folder / "pandas.jsonl"]


def kind(cells):
    sample = next(cell for cell in cells if cell is not None)
    return {bool: "boolean", int: "Int64", float: "float64", str: "object"}[type(sample)]


def by_duckdb(base, folder):
    """A list, lines under both endings (its default), and both compressions."""
    for name, options in {
        "duckdb.json": "", "duckdb_list.json": ", ARRAY true", "duckdb.jsonl": "", "duckdb.jsonl.zst": ", COMPRESSION zstd",
        "duckdb_list.json.gz": ", ARRAY true, COMPRESSION gzip", "duckdb_list.json.zst": ", ARRAY true, COMPRESSION zstd",
    }.items():
        base.execute(f"COPY cells TO '{folder / name}' (FORMAT json{options})")
        yield folder / name


def rewritten(path, folder):
    """The rows of a file as we read and write them."""
    target = folder / "again.jsonl"
    target.unlink(missing_ok=True)
    running.run(f"load {running.quoted(path)}\nexport {running.quoted(target)}", folder)
    return [json.loads(line) for line in target.read_text(encoding="utf-8").splitlines()]


def differences(given, expected, names):
    if len(given) != len(expected):
        yield f"{len(given)} rows, not {len(expected)}"
        return
    for place, (one, other) in enumerate(zip(given, expected)):
        for name in names:
            if not same(one.get(name), other[name]):
                yield f"row {place + 1}: {name!r} is {one.get(name)!r}, not {other[name]!r}"


def same(one, other):
    if isinstance(one, bool) or isinstance(other, bool):
        return one is other
    # A whole number in a column of fractions is the same as a double.
    return one == other


def main():
    columns = table(random.Random(20261130))
    rows, names = records(columns), list(columns)
    failures = []

    def told(what, given, expected):
        found = list(differences(given, expected, names))
        failures.extend(f"{what}: {words}" for words in found[:3])
        print(f"{what}: {'differs' if found else 'agrees'}")

    with tempfile.TemporaryDirectory() as home:
        folder = pathlib.Path(home)
        base = duckdb.connect()
        source = write(folder / "for_duckdb.jsonl", "".join(json.dumps(row) + "\n" for row in rows))
        kinds = {"number": "DOUBLE", "whole": "BIGINT", "flag": "BOOLEAN", "größe": "BIGINT"}
        stated = ", ".join(f"'{name}': '{kinds.get(name, 'VARCHAR')}'" for name in names)
        base.execute(f"CREATE TABLE cells AS SELECT * FROM read_json('{source}', columns = {{{stated}}})")
        for path in [*by_python(rows, folder), *by_polars(columns, folder), *by_duckdb(base, folder)]:
            told(f"{path.name} by us", rewritten(path, folder), rows)
        cells, paths = by_pandas(columns, folder)
        for path in paths:
            told(f"{path.name} by us", rewritten(path, folder), records(cells))
        for name in ["ours.json", "ours.jsonl", "ours.json.gz", "ours.jsonl.zst", "ours.json.zst"]:
            path = folder / name
            running.run(f"load {running.quoted(source)}\nexport {running.quoted(path)}", folder)
            told(f"{name} by DuckDB", read_by_duckdb(path, stated), rows)
            if name.endswith(".json"):
                told(f"{name} by Python", json.loads(path.read_text(encoding="utf-8")), rows)
                told(f"{name} by Polars", pl.read_json(path, infer_schema_length=None).to_dicts(), rows)
            if name.endswith(".jsonl"):
                told(f"{name} by Polars", pl.read_ndjson(path, infer_schema_length=None).to_dicts(), rows)
    print("\n".join(failures), file=sys.stderr)
    return 1 if failures else 0


def read_by_duckdb(path, stated):
    found = duckdb.connect().execute(f"SELECT * FROM read_json('{path}', columns = {{{stated}}})")
    heads = [column[0] for column in found.description]
    return [dict(zip(heads, row)) for row in found.fetchall()]


if __name__ == "__main__":
    sys.exit(main())
