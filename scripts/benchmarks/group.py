"""group: five statistics by two keys, and by two keys of a million pairs, of 4,992,000 rows × 14, beside DuckDB and Polars.

The rows are in memory on all sides before the clock starts; theirs are those columns alone, as ours are. The sums of all groups are
compared, and how many groups there are.
"""
import math
import sys

import made_data
import rig

COLUMNS = ["city", "kind", "customer", "amount", "measured", "pieces", "paid"]
FIVE = "n = count(), total = sum(amount), average = mean(measured), most = max(pieces), paid = mean(paid)"


def duckdb(path, keys):
    import duckdb

    base = duckdb.connect(config={"threads": rig.THREADS})
    base.execute(f"CREATE TABLE rows AS SELECT {', '.join(COLUMNS)} FROM read_csv('{path}')")
    five = "count(*) AS n, sum(amount) AS total, avg(measured) AS average, max(pieces) AS most, avg(paid::INT) AS paid"
    _, use = rig.timed(
        lambda: base.execute(f"CREATE TABLE groups AS SELECT {', '.join(keys)}, {five} FROM rows GROUP BY {', '.join(keys)}"))
    groups, rows, total, average = base.execute(
        "SELECT count(*), sum(n), sum(total), sum(average) FROM groups").fetchone()
    return {**use, "sums": [groups, int(rows), total, average]}


def polars(path, keys):
    import polars as pl

    rows = pl.read_csv(path, columns=COLUMNS)
    five = [
        pl.len().alias("n"), pl.sum("amount").alias("total"), pl.mean("measured").alias("average"),
        pl.max("pieces").alias("most"), pl.mean("paid")]
    groups, use = rig.timed(lambda: rows.group_by(keys).agg(five))
    return {**use, "sums": [groups.height, groups["n"].sum(), groups["total"].sum(), groups["average"].sum()]}


def flow(path, keys):
    return rig.script(
        ("load", f'load "{path}"'), ("group", f"group by: [{', '.join(keys)}], {FIVE}"),
        ("sums", "group groups = count(), n = sum(n), total = sum(total), average = sum(average)\nshow"))


def sums(ended):
    """The last row that was shown, in the order of the script."""
    import running

    return running.of_kind(ended.shown, "table")[-1]["rows"][0]


def beside(bench, path, what, keys, bars):
    for peer, bar in bars.items():
        ours, theirs = bench.pairs(
            lambda _: bench.ours(flow(path, keys)), lambda _: bench.theirs(peer, path=path, keys=keys))
        bench.stage(f"{what} / {peer}", "group", ours, theirs, bar)
        far = max(
            abs(mine - other) / max(1.0, abs(other)) for mine, other in zip(sums(ours[-1]), theirs[-1]["sums"]))
        bench.add("groups and sums, relative difference", f"{far:.1e}", bar="≤ 1e-9", met=math.isfinite(far) and far <= 1e-9)


def measure(bench):
    path = made_data.folder("mixed", bench.sized(4_992_000, least=2000, step=1000)) / "rows.csv"
    beside(bench, path, "city, kind", ["city", "kind"], {"duckdb": 1.0, "polars": 0.8})
    beside(bench, path, "customer, kind", ["customer", "kind"], {"duckdb": None, "polars": None})


if __name__ == "__main__":
    sys.exit(rig.main(__file__, measure, peers={"duckdb": duckdb, "polars": polars}))
