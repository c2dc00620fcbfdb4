"""bigger: 40,000,000 rows × 10 (3.7 GB) under `--memory 1GB`, beside DuckDB with `memory_limit = '1GB'`; both have two threads.

The rows are joined with 100,000 × 4 on a key and grouped by a key of each table; and they are written as Parquet. The peak of memory
stays below 1.2 GB, and the groups, the rows and the sum over a column are the same.
"""
import csv
import sys

import made_data
import rig

MOST_MEMORY = 1.2e9
AGGREGATES = "sum(amount) AS total, count(*) AS n, avg(balance) AS mean, max(measured) AS highest"


def connected():
    import duckdb

    return duckdb.connect(config={"threads": rig.THREADS, "memory_limit": "1GB"})


def duckdb_grouped(rows, others, target):
    base = connected()
    query = f"SELECT region, segment, {AGGREGATES} FROM read_csv('{rows}') LEFT JOIN read_csv('{others}') USING (key) GROUP BY ALL"
    _, use = rig.timed(lambda: base.execute(f"COPY ({query}) TO '{target}' (HEADER)"))
    return use


def duckdb_converted(rows, target):
    base = connected()
    _, use = rig.timed(lambda: base.execute(f"COPY (FROM read_csv('{rows}')) TO '{target}' (FORMAT parquet)"))
    return use


def groups(path):
    with open(path, newline="", encoding="utf-8") as file:
        rows = list(csv.DictReader(file))
    return {(row["region"], row["segment"]): [float(row[name]) for name in ("total", "n", "mean", "highest")] for row in rows}


def close(ours, theirs):
    return ours.keys() == theirs.keys() and all(
        abs(a - b) <= 1e-9 * max(1, abs(b)) for key in ours for a, b in zip(ours[key], theirs[key]))


def facts(path):
    """Rows and the sum of a column, as a third program reads them."""
    import pyarrow.compute as pc
    import pyarrow.parquet as pq

    file, total = pq.ParquetFile(path), 0
    for batch in file.iter_batches(columns=["serial"]):
        total += pc.sum(batch["serial"]).as_py()
    return file.metadata.num_rows, total


def measured(bench, what, text, peer, **arguments):
    ours, theirs = bench.pairs(
        lambda _: bench.ours(text, flags=("--memory", "1GB")), lambda _: bench.theirs(peer, **arguments))
    bench.times(what, [one.seconds for one in ours], [one["seconds"] for one in theirs], 1.0)
    spent = [rig.median(one.processor for one in ours), rig.median(one["seconds"] * one["cores"] for one in theirs)]
    bench.add("processor", *map(rig.shown_seconds, spent), spent[0] / spent[1])
    mine, other = rig.median(one.peak for one in ours), rig.median(one["peak"] for one in theirs)
    bench.add(
        "peak memory", rig.shown_bytes(mine), rig.shown_bytes(other), bar=f"≤ {rig.shown_bytes(MOST_MEMORY)}",
        met=mine <= MOST_MEMORY)


def measure(bench):
    rows = made_data.folder("keyed", bench.sized(40_000_000, least=1000)) / "rows.csv"
    others = made_data.folder("keys", 100_000) / "rows.csv"
    mine, other = bench.folder / "ours", bench.folder / "theirs"
    aggregates = "total = sum(amount), n = count(), mean = mean(balance), highest = max(measured)"
    flow = rig.script(
        ("others", f'load "{others}"\nas others'), ("load", f'load "{rows}"'), ("join", "join others, on: key"),
        ("group", f"group by: [region, segment], {aggregates}"), ("export", f'export "{mine}.csv", replace: true'))
    measured(bench, "join, group / duckdb", flow, "grouped", rows=rows, others=others, target=f"{other}.csv")
    same = close(groups(f"{mine}.csv"), groups(f"{other}.csv"))
    bench.add("groups", "the same" if same else "others", bar="the same", met=same)
    flow = rig.script(("load", f'load "{rows}"'), ("export", f'export "{mine}.parquet", replace: true'))
    measured(bench, "CSV to Parquet / duckdb", flow, "converted", rows=rows, target=f"{other}.parquet")
    ours, theirs = (facts(f"{side}.parquet") for side in (mine, other))
    bench.add("rows, sum", f"{ours[0]} {ours[1]}", f"{theirs[0]} {theirs[1]}", met=ours == theirs)
    sizes = [(bench.folder / f"{side}.parquet").stat().st_size for side in ("ours", "theirs")]
    bench.add("bytes written", *map(rig.shown_bytes, sizes), sizes[0] / sizes[1])
    for name in ("ours.csv", "theirs.csv", "ours.parquet", "theirs.parquet"):
        (bench.folder / name).unlink()


if __name__ == "__main__":
    sys.exit(rig.main(__file__, measure, pairs=1, peers={"grouped": duckdb_grouped, "converted": duckdb_converted}))
