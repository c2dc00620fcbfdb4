"""`group`, `pivot`, `unpivot` and the functions of the rows around, judged by DuckDB; the most frequent value by Polars, for DuckDB
takes any of several equally frequent ones; sums of floats that cancel by exact fractions, for DuckDB's lose them."""
import polars as pl

import relational_tables
from agreement import Exactly, Near

COLUMNS = {
    "k": "text", "x": "float", "z": "wild", "i": "int", "big": "big", "w": "text", "b": "bool", "d": "date",
    "t": "datetime"}

# Ours, and DuckDB's. Of floats within a few magnitudes: variances of others are past the range of numbers.
STATISTICS = {
    "n": ("count()", "count(*)"),
    "here": ("count(x)", "count(x)"),
    "gone": ("count_missing(w)", "count(*) - count(w)"),
    "total": ("sum(i)", "sum(i)"),
    "big_total": ("sum(big)", "sum(big)"),
    "truths": ("sum(b)", "sum(b::INT)"),
    "amount": ("sum(x)", "fsum(x)"),
    "average": ("mean(x)", "favg(x)"),
    "big_average": ("mean(big)", "avg(big)"),
    "share": ("mean(b)", "avg(b::INT)"),
    "middle": ("median(x)", "median(x)"),
    "big_middle": ("median(i)", "median(i)"),
    "low": ("quantile(x, 0.3)", "quantile_cont(x, 0.3)"),
    "wild_high": ("quantile(z, 0.75)", "quantile_cont(z, 0.75)"),
    "spread": ("sd(x)", "stddev_samp(x)"),
    "variance": ("var(i)", "var_samp(i)"),
    "big_spread": ("sd(big)", "stddev_samp(big)"),
    "least": ("min(z)", "min(z)"),
    "most": ("max(z)", "max(z)"),
    "big_least": ("min(big)", "min(big)"),
    "big_most": ("max(big)", "max(big)"),
    "first_day": ("min(d)", "min(d)"),
    "last_time": ("max(t)", "max(t)"),
    "first_word": ("min(w)", "min(w)"),
    "last_word": ("max(w)", "max(w)"),
    "worst": ("min(b)", "bool_and(b)"),
    "kinds": ("count_distinct(w)", "count(DISTINCT w)"),
    "values": ("count_distinct(z)", "count(DISTINCT z)"),
    "numbers": ("count_distinct(big)", "count(DISTINCT big)"),
    "times": ("count_distinct(t)", "count(DISTINCT t)"),
    "start": ("first(z)", "first(z ORDER BY row) FILTER (z IS NOT NULL)"),
    "end": ("last(w)", "last(w ORDER BY row) FILTER (w IS NOT NULL)"),
    "end_day": ("last(d)", "last(d ORDER BY row) FILTER (d IS NOT NULL)"),
    "some": ("any(b)", "coalesce(bool_or(b), false)"),
    "every": ("all(b)", "coalesce(bool_and(b), true)"),
    "together": ("correlation(x, i)", "corr(x, i)"),
    "rate": ("sum(i) / count()", "sum(i) / count(*)"),
    "product": ("sum(i * 2)", "sum(i * 2)"),
}
MODES = {"usual_word": "w", "usual_number": "big", "usual_day": "d", "usual_time": "t", "usual_truth": "b"}
EXACT = {"wild_total": ("sum(z)", False), "wild_average": ("mean(z)", True)}


def listed(pairs):
    return ", ".join(f"{name} = {ours}" for name, ours in pairs)


def named(names):
    return names[0] if len(names) == 1 else f"[{', '.join(names)}]"


def total(values, isMean):
    values = [value for value in values if value is not None]
    return Exactly(values, len(values) if isMean else 1) if values else None


class Group:
    def __init__(self, draw, table):
        names = list(COLUMNS)
        self.keys = [names[place] for place in draw.permutation(len(names))[: draw.integers(0, 4)]]
        chosen = draw.permutation(list(STATISTICS))[:24]
        self.statistics = {name: STATISTICS[name] for name in chosen}
        by = [f"by: {named(self.keys)}"] if self.keys else []
        asked = [(name, ours) for name, (ours, _) in self.statistics.items()]
        asked += [(name, f"mode({of})") for name, of in MODES.items()] + [(name, ours) for name, (ours, _) in EXACT.items()]
        self.stages = f"group {', '.join([*by, listed(asked)])}"

    def expected(self, table):
        asked = [f"{theirs} AS {name}" for name, (_, theirs) in self.statistics.items()]
        asked += [f"list(z ORDER BY row) AS {name}" for name in EXACT]
        by = f"GROUP BY {', '.join(self.keys)} ORDER BY min(row)" if self.keys else ""
        # Of -0.0 and 0.0, which are equal, DuckDB may show either.
        rows = relational_tables.asked(f"SELECT {', '.join(self.keys + asked)} FROM t {by}", t=table)
        modes = [pl.col(of).drop_nulls().mode().min().alias(name) for name, of in MODES.items()]
        found = table.group_by(self.keys, maintain_order=True).agg(modes) if self.keys else table.select(modes)
        for place, row in enumerate(rows):
            row |= {name: found[name][place] for name in MODES}
            row |= {name: total(row[name] or [], isMean) for name, (_, isMean) in EXACT.items()}
            if "together" in row:
                row["together"] = Near(row["together"], 1e-12)
            if "big_spread" in row:
                # ON PURPOSE, as in DuckDB: distances are those of the doubles that are next to whole numbers.
                row["big_spread"] = Near(row["big_spread"], 2**-50 * (table["big"].cast(pl.Float64).abs().max() or 0))
        return rows


# What is asked of the rows around, and DuckDB's; FRAME stands for the order of the part.
WINDOWS = {
    "number": ("row_number()", "row_number() OVER (FRAME)"),
    "place": ("rank()", "rank() OVER (PEERS)"),
    "dense": ("dense_rank()", "dense_rank() OVER (PEERS)"),
    "tile": ("ntile(3)", "ntile(3) OVER (FRAME)"),
    "before": ("lag(z)", "lag(z) OVER (FRAME)"),
    "word_before": ("lag(w, 2)", "lag(w, 2) OVER (FRAME)"),
    "truth_behind": ("lead(b)", "lead(b) OVER (FRAME)"),
    "behind": ("lead(big, 3)", "lead(big, 3) OVER (FRAME)"),
    "time_behind": ("lead(t, 1)", "lead(t) OVER (FRAME)"),
    "change": ("diff(i)", "i - lag(i) OVER (FRAME)"),
    "big_change": ("diff(big, 2)", "big::HUGEINT - lag(big, 2) OVER (FRAME)"),
    "days": ("diff(d)", "d - lag(d) OVER (FRAME)"),
    "seconds": ("diff(t)", "(epoch_us(t) - epoch_us(lag(t) OVER (FRAME))) / 1e6"),
}


def over(function, column, rows, least, call=None):
    """DuckDB's aggregate of the rows up to one, where so many have a value; all rows without a number of them."""
    start = "UNBOUNDED PRECEDING" if rows is None else f"{rows - 1} PRECEDING"
    frame = f"(FRAME ROWS BETWEEN {start} AND CURRENT ROW)"
    return f"CASE WHEN count({column}) OVER {frame} >= {least} THEN {call or f'{function}({column})'} OVER {frame} END"


WINDOWS |= {
    "mean3": ("rolling_mean(x, 3)", over("avg", "x", 3, 3)),
    "mean4": ("rolling_mean(big, 4, 1)", over("avg", "big", 4, 1)),
    "sum5": ("rolling_sum(big, 5, 2)", over("sum", "big", 5, 2)),
    "sum_b": ("rolling_sum(b, 4, 1)", over("sum", "b", 4, 1, "sum(b::INT)")),
    "min3": ("rolling_min(z, 3, 1)", over("min", "z", 3, 1)),
    "max3": ("rolling_max(big, 3)", over("max", "big", 3, 3)),
    "min_day": ("rolling_min(d, 2, 1)", over("min", "d", 2, 1)),
    "max_time": ("rolling_max(t, 9, 1)", over("max", "t", 9, 1)),
    "sd4": ("rolling_sd(i, 4, 2)", over("stddev_samp", "i", 4, 2)),
    "so_far": ("cum_sum(big)", over("sum", "big", None, 1)),
    "mean_so_far": ("cum_mean(i)", over("avg", "i", None, 1)),
    "least_so_far": ("cum_min(z)", over("min", "z", None, 1)),
    "most_so_far": ("cum_max(t)", over("max", "t", None, 1)),
    "seen": ("cum_count(w)", "count(w) OVER (FRAME ROWS UNBOUNDED PRECEDING)"),
    "of_part": ("sum(i)", "sum(i) OVER (PART)"),
    "middle_of_part": ("median(x)", "median(x) OVER (PART)"),
    "share_of_part": ("i / sum(i)", "i / nullif(sum(i) OVER (PART), 0)"),
}
# Sums of what cancels, by the values that are added.
ADDED = {
    "wild3": ("rolling_sum(z, 3, 1)", over("list", "z", 3, 1), False),
    "wild_mean4": ("rolling_mean(z, 4, 2)", over("list", "z", 4, 2), True),
    "wild_so_far": ("cum_sum(z)", over("list", "z", None, 1), False),
    "wild_mean_so_far": ("cum_mean(z)", over("list", "z", None, 1), True),
}


class Windows:
    def __init__(self, draw, table):
        names = [str(name) for name in draw.permutation(list(COLUMNS))]
        self.by, keys = names[: draw.integers(0, 3)], names[3 : 3 + draw.integers(0, 3)]
        self.order = [(key, bool(draw.integers(2))) for key in keys]
        self.windows = {str(name): WINDOWS[name] for name in draw.permutation(list(WINDOWS))[:20]}
        if not self.by:
            self.windows = {name: pair for name, pair in self.windows.items() if "(PART)" not in pair[1]}
        asked = [(name, ours) for name, (ours, _) in self.windows.items()]
        asked += [(name, ours) for name, (ours, _, _) in ADDED.items()]
        order = ", ".join(f"{{{name}: {'down' if isDown else 'up'}}}" for name, isDown in self.order)
        by = [f"by: {named(self.by)}"] if self.by else []
        self.stages = f"derive {', '.join([listed(asked), *by, f'order: [{order}]' if order else 'order: rows'])}"

    def expected(self, table):
        part = f"PARTITION BY {', '.join(self.by)} " if self.by else ""
        keys = [f"{name} {'DESC' if isDown else 'ASC'} NULLS LAST" for name, isDown in self.order]
        # Without a column to be in order by no two rows are equal.
        peers, frame = f"{part}ORDER BY {', '.join(keys or ['row'])}", f"{part}ORDER BY {', '.join([*keys, 'row'])}"
        asked = [f"{theirs} AS {name}" for name, (_, theirs) in self.windows.items()]
        asked += [f"{theirs} AS {name}" for name, (_, theirs, _) in ADDED.items()]
        query = f"SELECT *, {', '.join(asked)} FROM t ORDER BY row"
        query = query.replace("(FRAME", f"({frame}").replace("(PEERS", f"({peers}").replace("(PART)", f"({part.strip()})")
        rows = relational_tables.asked(query, t=table)
        for row in rows:
            row |= {name: None if row[name] is None else total(row[name], isMean) for name, (_, _, isMean) in ADDED.items()}
        return rows


USING = {
    "sum": "sum({})", "mean": "avg({})", "median": "median({})", "min": "min({})", "max": "max({})", "count": "count({})",
    "count_distinct": "count(DISTINCT {})", "first": "first({0} ORDER BY row)", "last": "last({0} ORDER BY row)",
    "sd": "stddev_samp({})"}


class Pivot:
    def __init__(self, draw, table):
        self.by = ["k", "b", "d"][: draw.integers(1, 4)]
        self.using = str(draw.choice(list(USING)))
        self.value = str(draw.choice(["i", "x", "big"] if self.using in ("sum", "mean") else ["i", "x"] if self.using in ("median", "sd") else list(COLUMNS)[1:]))
        self.name = str(draw.choice(["w", "i"]))
        values = [value for value in table[self.name].unique(maintain_order=True).to_list() if value is not None]
        # A column has a name. ON PURPOSE two that are canonically equivalent are one name, which has to stand once.
        self.values = [value for value in values if value not in ("", "e\u0301")]
        stated = ", ".join(f'"{escaped(value)}"' if isinstance(value, str) else str(value) for value in self.values)
        self.stages = "filter row < 0" if not self.values else (
            f'pivot names: {self.name}, values: {self.value}, by: {named(self.by)}, using: {self.using}, prefix: "p_", '
            f"values_of: [{stated}]")

    def expected(self, table):
        if not self.values:
            return []
        asked = [
            f'{USING[self.using].format(self.value)} FILTER ({self.name} = {literal(value)} AND {self.value} IS NOT NULL) '
            f'AS "p_{str(value).replace(chr(34), 2 * chr(34))}"' for value in self.values]
        # A count is of rows that are there: where a group has no row of a name its cell is missing.
        if self.using in ("count", "count_distinct"):
            asked = [
                f"CASE WHEN count(*) FILTER ({self.name} = {literal(value)}) > 0 THEN {part.split(' AS ')[0]} END AS {part.split(' AS ')[1]}"
                for value, part in zip(self.values, asked)]
        keys = ", ".join(self.by)
        return relational_tables.asked(
            f"SELECT {keys}, {', '.join(asked)} FROM t GROUP BY {keys} ORDER BY min(row)", t=table)


def escaped(text):
    return text.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n")


def literal(value):
    return "'" + value.replace("'", "''") + "'" if isinstance(value, str) else str(value)


class Unpivot:
    def __init__(self, draw, table):
        self.columns = [["x", "i", "z"], ["k", "w"], ["big", "i"], ["d"], ["b"], ["t"]][draw.integers(6)]
        self.isDropping = bool(draw.integers(2))
        drops = ", drop_missing: true" if self.isDropping else ""
        self.stages = f"select row, {', '.join(self.columns)}\nunpivot {', '.join(self.columns)}, name: part, value: cell{drops}"

    def expected(self, table):
        isMixed = len({table[name].dtype for name in self.columns}) > 1
        taken = [pl.col(name).cast(pl.Float64) if isMixed else pl.col(name) for name in self.columns]
        long = table.select("row", *taken).unpivot(self.columns, index="row", variable_name="part", value_name="cell")
        places = {name: place for place, name in enumerate(self.columns)}
        long = long.sort("row", pl.col("part").replace_strict(places, return_dtype=pl.Int8), maintain_order=True)
        return (long.drop_nulls("cell") if self.isDropping else long).to_dicts()


class Groups:
    """One table, looked at in each of these ways."""

    def __init__(self, draw, place, folder):
        table = relational_tables.frame(draw, COLUMNS, int(draw.choice([0, 1, 2, 9, 40, 150])))
        load = relational_tables.written(draw, table, folder / f"g{place}")
        self.table = relational_tables.held(table)
        self.ways = {way.__name__: way(draw, self.table) for way in (Group, Windows, Pivot, Unpivot)}
        self.files = {name: folder / f"g{place}{name}.parquet" for name in self.ways}
        self.script = "\n".join(
            f'{load}\n{way.stages}\nexport "{self.files[name].name}"' for name, way in self.ways.items())

    def judged(self):
        largest = self.table["x"].abs().max() or 0
        for name, way in self.ways.items():
            yield name, relational_tables.read(self.files[name]), way.expected(self.table), largest
