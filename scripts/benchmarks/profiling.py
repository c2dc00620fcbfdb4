"""profile: `load` and `profile` of 4,992,000 rows × 14 of every type (721 MB) beside DuckDB's SUMMARIZE of the same file.

Both find the types, count every column's distinct values and give its range, moments and quartiles; ours are exact, DuckDB's
quartiles and distinct counts estimates.
"""
import sys

import made_data
import rig


def summarize(path):
    import duckdb

    base = duckdb.connect(config={"threads": rig.THREADS})
    rows, use = rig.timed(lambda: base.execute(f"SUMMARIZE SELECT * FROM read_csv('{path}')").fetchall())
    return {**use, "columns": {row[0]: {"min": row[2], "max": row[3], "mean": row[5], "distinct": row[4]} for row in rows}}


def shown(ended):
    """The figures of each column as `profile` shows them."""
    import running

    for table in running.of_kind(ended.shown, "table"):
        heads = [column["name"] for column in table["columns"]]
        if "distinct" not in heads:
            continue
        for row in table["rows"]:
            yield dict(zip(heads, row))


def far(ours, theirs):
    """How far the means and the exactly counted distinct values of numbers are from DuckDB's at most, relative to these."""
    means, counts = [0.0], [0.0]
    for column in ours:
        other = theirs[column["column"]]
        if isinstance(column.get("mean"), (int, float)):
            means.append(abs(column["mean"] / float(other["mean"]) - 1))
        if isinstance(column["distinct"], int):
            counts.append(abs(column["distinct"] / other["distinct"] - 1))
    return max(means), max(counts)


def measure(bench):
    rows = bench.sized(4_992_000, least=2000, step=1000)
    path = made_data.folder("mixed", rows) / "rows.csv"
    flow = rig.script(("profile", f'load "{path}"\nprofile'))
    ours, theirs = bench.pairs(lambda _: bench.ours(flow), lambda _: bench.theirs("summarize", path=path))
    bench.stage("load and profile / SUMMARIZE", "profile", ours, theirs, 0.33)
    mine, other = rig.median(one.peak for one in ours), rig.median(one["peak"] for one in theirs)
    bench.add("peak memory", rig.shown_bytes(mine), rig.shown_bytes(other), mine / other)
    means, counts = far(shown(ours[-1]), theirs[-1]["columns"])
    bench.add("means, relative difference", f"{means:.1e}", bar="≤ 1e-9", met=means <= 1e-9)
    bench.add("distinct counts, relative difference of theirs", f"{counts:.2f}")


if __name__ == "__main__":
    sys.exit(rig.main(__file__, measure, peers={"summarize": summarize}))
