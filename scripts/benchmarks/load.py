"""load: a CSV file of 4,992,000 rows × 14 of every type (721 MB) into memory beside DuckDB and Polars, the types found by each.

--wide: 9,600,000 rows × 30, 28 of them numbers (2.5 GB), beside Polars. --glob: the first file's rows in eight files beside the one file.
"""
import sys

import made_data
import rig


def duckdb(path):
    import duckdb

    base = duckdb.connect(config={"threads": rig.THREADS})
    _, use = rig.timed(lambda: base.execute(f"CREATE TABLE rows AS SELECT * FROM read_csv('{path}')"))
    return {**use, "rows": base.execute("SELECT count(*) FROM rows").fetchone()[0]}


def polars(path):
    import polars

    rows, use = rig.timed(lambda: polars.read_csv(path))
    return {**use, "rows": rows.height}


def measure(bench):
    if bench.options.wide:
        path = made_data.folder("measurements", bench.sized(9_600_000, least=2000, step=1000)) / "rows.csv"
        beside(bench, path, "polars", 0.5)
    elif bench.options.glob:
        rows = bench.sized(4_992_000, least=2000, step=1000)
        one = made_data.folder("mixed", rows) / "rows.csv"
        many = made_data.folder("eight_parts", rows) / "part*.csv"
        ours, theirs = bench.pairs(lambda _: bench.ours(flow(many)), lambda _: bench.ours(flow(one)))
        bench.times("eight files / one file", [run.stage("load") for run in ours], [run.stage("load") for run in theirs], 1.1)
    else:
        path = made_data.folder("mixed", bench.sized(4_992_000, least=2000, step=1000)) / "rows.csv"
        beside(bench, path, "duckdb", 0.5, memory=1)
        beside(bench, path, "polars", 0.5)


def flow(path):
    # What follows reads every column, or fewer would be read.
    return rig.script(("load", f'load "{path}"'), ("show", "show rows: 1"))


def beside(bench, path, peer, bar, memory=None):
    ours, theirs = bench.pairs(lambda _: bench.ours(flow(path)), lambda _: bench.theirs(peer, path=path))
    bench.stage(f"load / {peer}", "load", ours, theirs, bar)
    mine, other = rig.median(one.peak for one in ours), rig.median(one["peak"] for one in theirs)
    bench.add("peak memory", rig.shown_bytes(mine), rig.shown_bytes(other), mine / other, memory)


if __name__ == "__main__":
    choices = {"--wide": {"action": "store_true"}, "--glob": {"action": "store_true"}}
    peers = {"duckdb": duckdb, "polars": polars}
    sys.exit(rig.main(__file__, measure, peers=peers, arguments=choices))
