"""Whether `group`, `pivot`, `unpivot` and the functions of the rows around give what DuckDB and Polars give, on generated tables.

usage: relational_judge.py TABLES SEED

One run of mlp takes all tables. Exit status 1 where a cell differs: numbers by more than 1e-9 relative, anything else at all. The most
frequent value is judged by Polars, for DuckDB takes any of several equally frequent ones; the rest by DuckDB.
"""
import datetime
import json
import math
import pathlib
import sys
import tempfile

import duckdb
import numpy as np
import polars as pl

import running

TOLERANCE = 1e-9
WORDS = ["ash", "beech", "é", "z z", "oak", "Oak"]
TYPES = {
    "row": "int", "k": "text", "g": "int", "d": "date", "x": "float", "i": "int", "w": "text", "b": "bool",
    "m": "text"}


# --- tables -----------------------------------------------------------------------------------------------------------


def made(draw):
    """A table of every type, some cells missing."""
    rows = int(draw.choice([1, 2, 9, 40, 150]))
    share = float(draw.choice([0, 0.1, 0.5]))

    def gone(values):
        return [None if draw.random() < share else value for value in values]

    scale = float(draw.choice([1, 1e9, 1e-6]))
    day = datetime.date(2020, 1, 1)
    table = {
        "row": list(range(rows)),
        "k": gone(draw.choice(WORDS, rows).tolist()),
        "g": gone(draw.integers(-2, 3, rows).tolist()),
        "d": gone([day + datetime.timedelta(days=int(days)) for days in draw.integers(0, 12, rows)]),
        "x": gone((np.round(draw.normal(size=rows), 6) * scale).tolist()),
        "i": gone(draw.integers(-5, 6, rows).tolist()),
        "w": gone(draw.choice(WORDS, rows).tolist()),
        "b": gone((draw.random(rows) < 0.4).tolist()),
        "m": gone(draw.choice(["jan", "feb", "mar"], rows).tolist()),
    }
    kinds = {"int": pl.Int64, "float": pl.Float64, "text": pl.String, "bool": pl.Boolean, "date": pl.Date}
    return pl.DataFrame(table, schema={name: kinds[kind] for name, kind in TYPES.items()})


# --- what is asked ----------------------------------------------------------------------------------------------------

# Ours, and DuckDB's; a list of both for every statistic.
STATISTICS = {
    "n": ("count()", "count(*)"),
    "here": ("count(x)", "count(x)"),
    "gone": ("count_missing(w)", "count(*) - count(w)"),
    "total": ("sum(i)", "sum(i)"),
    "truths": ("sum(b)", "sum(b::INT)"),
    "amount": ("sum(x)", "fsum(x)"),
    "average": ("mean(x)", "favg(x)"),
    "share": ("mean(b)", "avg(b::INT)"),
    "middle": ("median(x)", "median(x)"),
    "low": ("quantile(x, 0.3)", "quantile_cont(x, 0.3)"),
    "spread": ("sd(x)", "stddev_samp(x)"),
    "variance": ("var(i)", "var_samp(i)"),
    "least": ("min(x)", "min(x)"),
    "most": ("max(i)", "max(i)"),
    "first_day": ("min(d)", "min(d)"),
    "last_word": ("max(w)", "max(w)"),
    "kinds": ("count_distinct(w)", "count(DISTINCT w)"),
    "values": ("count_distinct(x)", "count(DISTINCT x)"),
    "start": ("first(x)", "first(x ORDER BY row) FILTER (x IS NOT NULL)"),
    "end": ("last(w)", "last(w ORDER BY row) FILTER (w IS NOT NULL)"),
    "some": ("any(b)", "coalesce(bool_or(b), false)"),
    "every": ("all(b)", "coalesce(bool_and(b), true)"),
    "rate": ("sum(i) / count()", "sum(i) / count(*)"),
}
MODES = {"usual_word": "w", "usual_number": "i", "usual_day": "d"}

PART = "PARTITION BY k ORDER BY d DESC NULLS LAST"
ROWS = f"({PART}, row)"


def over(function, least, back=None):
    """DuckDB's aggregate of the rows up to one, where so many have a value."""
    start = "UNBOUNDED PRECEDING" if back is None else f"{back - 1} PRECEDING"
    frame = f"({PART}, row ROWS BETWEEN {start} AND CURRENT ROW)"
    column = function[function.index("(") + 1:-1].split("::")[0]
    return f"CASE WHEN count({column}) OVER {frame} >= {least} THEN {function} OVER {frame} END"


WINDOWS = {
    "number": ("row_number()", f"row_number() OVER {ROWS}"),
    "place": ("rank()", f"rank() OVER ({PART})"),
    "dense": ("dense_rank()", f"dense_rank() OVER ({PART})"),
    "tile": ("ntile(3)", f"ntile(3) OVER {ROWS}"),
    "before": ("lag(x)", f"lag(x) OVER {ROWS}"),
    "word_before": ("lag(w, 2)", f"lag(w, 2) OVER {ROWS}"),
    "behind": ("lead(i, 3)", f"lead(i, 3) OVER {ROWS}"),
    "change": ("diff(i)", f"i - lag(i) OVER {ROWS}"),
    "mean3": ("rolling_mean(x, 3)", over("avg(x)", 3, 3)),
    "mean4": ("rolling_mean(i, 4, 1)", over("avg(i)", 1, 4)),
    "sum5": ("rolling_sum(i, 5, 2)", over("sum(i)", 2, 5)),
    "min3": ("rolling_min(x, 3, 1)", over("min(x)", 1, 3)),
    "max3": ("rolling_max(i, 3)", over("max(i)", 3, 3)),
    "sd4": ("rolling_sd(i, 4, 2)", over("stddev_samp(i)", 2, 4)),
    "so_far": ("cum_sum(i)", over("sum(i)", 1)),
    "mean_so_far": ("cum_mean(x)", over("avg(x)", 1)),
    "least_so_far": ("cum_min(x)", over("min(x)", 1)),
    "most_so_far": ("cum_max(i)", over("max(i)", 1)),
    "seen": ("cum_count(w)", f"count(w) OVER ({PART}, row ROWS UNBOUNDED PRECEDING)"),
}
PARTS = {
    "of_part": ("sum(i)", "sum(i) OVER (PARTITION BY k)"),
    "middle_of_part": ("median(x)", "median(x) OVER (PARTITION BY k)"),
}


def flows(place, keys):
    """The stages for one table; each result goes to a file of its own."""
    types = ", ".join(f"{name}: {kind}" for name, kind in TYPES.items())
    load = f'load "t{place}.csv", types: {{{types}}}'
    statistics = {**{name: ours for name, (ours, _) in STATISTICS.items()}, **{name: f"mode({of})" for name, of in MODES.items()}}
    listed = lambda asked: ", ".join(f"{name} = {ours}" for name, ours in asked.items())
    by = f"by: [{', '.join(keys)}], " if keys else ""
    windows = {name: ours for name, (ours, _) in WINDOWS.items()}
    parts = {name: ours for name, (ours, _) in PARTS.items()}
    stages = {
        "group": f"group {by}{listed(statistics)}",
        "derive": f"derive {listed(windows)}, by: k, order: {{d: down}}\nderive {listed(parts)}, by: k",
        "pivot": "pivot names: m, values: i, by: k, using: sum, values_of: [\"mar\", \"jan\", \"feb\"]",
        "unpivot": "select row, i, x\nunpivot [x, i], name: part, value: cell",
    }
    return "\n".join(f'{load}\n{stage}\nexport "{name}{place}.jsonl"' for name, stage in stages.items())


# --- the judges -------------------------------------------------------------------------------------------------------


def grouped(base, table, keys):
    asked = ", ".join(f"{theirs} AS {name}" for name, (_, theirs) in STATISTICS.items())
    named = "".join(f"{key}, " for key in keys)
    by = f"GROUP BY {', '.join(keys)} ORDER BY min(row)" if keys else ""
    answer = rows(base.execute(f"SELECT {named}{asked} FROM t {by}"))
    modes = [pl.col(of).drop_nulls().mode().min().alias(name) for name, of in MODES.items()]
    found = table.group_by(keys, maintain_order=True).agg(modes) if keys else table.select(modes)
    return [{**row, **{name: found[name][place] for name in MODES}} for place, row in enumerate(answer)]


def derived(base):
    asked = ", ".join(f"{theirs} AS {name}" for name, (_, theirs) in {**WINDOWS, **PARTS}.items())
    return rows(base.execute(f"SELECT *, {asked} FROM t ORDER BY row"))


def pivoted(base):
    asked = ", ".join(f"sum(i) FILTER (m = '{month}') AS {month}" for month in ("mar", "jan", "feb"))
    return rows(base.execute(f"SELECT k, {asked} FROM t GROUP BY k ORDER BY min(row)"))


def unpivoted(table):
    long = table.select("row", pl.col("i").cast(pl.Float64), "x").unpivot(
        ["x", "i"], index="row", variable_name="part", value_name="cell")
    order = pl.col("part").replace_strict({"x": 0, "i": 1}, return_dtype=pl.Int8)
    return long.sort("row", order, maintain_order=True).to_dicts()


def rows(answer):
    names = [column[0] for column in answer.description]
    return [dict(zip(names, row)) for row in answer.fetchall()]


def agrees(ours, theirs):
    if isinstance(theirs, (datetime.date, datetime.datetime)):
        theirs = theirs.isoformat()
    if isinstance(theirs, float) and math.isnan(theirs):
        theirs = None
    if ours is None or theirs is None or isinstance(theirs, (bool, str)):
        return ours == theirs
    return math.isclose(ours, float(theirs), rel_tol=TOLERANCE, abs_tol=1e-15)


def differences(what, ours, theirs):
    if len(ours) != len(theirs):
        return [f"{what}: {len(ours)} rows, not {len(theirs)}"]
    return [
        f"{what} row {place}: {name} is {mine.get(name)}, not {value}"
        for place, (mine, other) in enumerate(zip(ours, theirs)) for name, value in other.items()
        if name not in mine or not agrees(mine[name], value)]


def keys_of(place):
    return [["k"], ["k", "g"], ["g", "b", "d"], ["w"], []][place % 5]


def judged(place, table, folder):
    """How many cells of a table's results were compared, and what differs."""
    base = duckdb.connect()
    base.register("frame", table)
    base.execute("CREATE TABLE t AS SELECT * FROM frame")
    keys = keys_of(place)
    expected = {
        "group": grouped(base, table, keys), "derive": derived(base), "pivot": pivoted(base), "unpivot": unpivoted(table)}
    compared, complaints = 0, []
    for name, theirs in expected.items():
        text = (folder / f"{name}{place}.jsonl").read_text(encoding="utf-8")
        ours = [json.loads(line) for line in text.splitlines()]
        complaints += differences(f"table {place} {name}", ours, theirs)
        compared += sum(len(row) for row in theirs)
    return compared, complaints


def main(tables, seed):
    with tempfile.TemporaryDirectory() as name:
        folder = pathlib.Path(name)
        all_tables = [made(np.random.default_rng([seed, place])) for place in range(tables)]
        for place, table in enumerate(all_tables):
            table.write_csv(folder / f"t{place}.csv")
        running.run("\n".join(flows(place, keys_of(place)) for place in range(tables)), folder)
        found = [judged(place, table, folder) for place, table in enumerate(all_tables)]
    compared, complaints = sum(count for count, _ in found), [line for _, lines in found for line in lines]
    print(f"{tables} tables, {compared} cells compared, {len(complaints)} differ", *complaints[:40], sep="\n")
    return 1 if complaints or compared < 1000 * tables else 0


if __name__ == "__main__":
    sys.exit(main(int(sys.argv[1]), int(sys.argv[2])))
