"""`join` and `union`. Which rows match is judged by DuckDB and by Polars, in which order they stand and which of several is the next
before or behind by Polars, and the nearer of two by pandas."""
import datetime

import pandas as pd
import polars as pl

import relational_tables

EQUAL, NEAREST = ["inner", "left", "right", "full", "semi", "anti"], ["backward", "forward", "nearest"]
# pandas takes differences, which are past an int for the ends of its range.
ORDERED = {"backward": ["int", "big", "wild", "float", "date", "datetime"], "nearest": ["int", "float", "date", "datetime"]}


def named(names):
    return names[0] if len(names) == 1 else f"[{', '.join(names)}]"


class Pair:
    """Two tables that share some columns, and what a stage makes of them."""

    def __init__(self, draw, place, folder, kinds, other_kinds=None):
        self.path, self.tables, loads = folder / f"out{place}.parquet", [], []
        spread = int(draw.choice([3, 12]))
        for side, shared in (("l", kinds), ("r", other_kinds or kinds)):
            own = {"same": "int", side: str(draw.choice(relational_tables.KINDS))}
            table = relational_tables.frame(draw, {**shared, **own}, int(draw.choice([0, 1, 5, 20, 60])), spread)
            loads.append(f"{relational_tables.written(draw, table, folder / f'{side}{place}')}\nas {side}{place}\n")
            self.tables.append(relational_tables.held(table))
        self.draw, self.other, self.start = draw, f"r{place}", "\n".join([*loads, f"l{place}"])

    def finish(self, stage):
        self.script = f'{self.start}\n{stage}\nexport "{self.path.name}"'


class EqualJoin(Pair):
    def __init__(self, draw, place, folder):
        kinds = {f"k{n}": str(draw.choice(relational_tables.KINDS)) for n in range(1 + int(draw.integers(3)))}
        self.how, self.others = EQUAL[int(draw.integers(6))], {name: name for name in kinds}
        other_kinds = dict(kinds)
        if draw.random() < 0.2:
            # A whole number is looked up among floats, under another name.
            other_kinds = {("q0" if name == "k0" else name): kind for name, kind in kinds.items()}
            kinds["k0"], other_kinds["q0"], self.others["k0"] = "int", "float", "q0"
        super().__init__(draw, place, folder, kinds, other_kinds)
        pairs = ", ".join(f"{own}: {other}" for own, other in self.others.items())
        on = named(list(kinds)) if list(kinds) == list(other_kinds) else f"{{{pairs}}}"
        self.finish(f"join {self.other}, on: {on}, how: {self.how}")

    def judged(self):
        ours, what = relational_tables.read(self.path), f"{self.how} on {self.others}"
        theirs = self.by_duckdb()
        names = list(theirs[0]) if theirs else []
        yield f"{what} as DuckDB", in_order(ours, names), in_order(theirs, names)
        if "q0" in self.others.values():
            return
        left, right = self.tables
        theirs = left.join(right, on=list(self.others), how=self.how, coalesce=True, maintain_order="left_right")
        if self.how in ("right", "full"):
            # Rows without a match in the table at hand stand where Polars likes, and last here.
            yield f"{what} as Polars", in_order(ours, names), in_order(theirs.to_dicts(), names)
        else:
            yield f"{what} as Polars", ours, theirs.to_dicts()

    def by_duckdb(self):
        left, right = self.tables
        on = " AND ".join(f"l.{own} = r.{other}" for own, other in self.others.items())
        if self.how in ("semi", "anti"):
            return relational_tables.asked(f"SELECT l.* FROM l {self.how} JOIN r ON {on}", l=left, r=right)
        shared = [f"coalesce(l.{own}, r.{other}) AS {own}" for own, other in self.others.items()]
        taken = ", ".join(["l.row", *shared, "l.same, l.l, r.row AS row_right, r.same AS same_right, r.r"])
        return relational_tables.asked(f"SELECT {taken} FROM l {self.how} JOIN r ON {on}", l=left, r=right)


def in_order(rows, names):
    """Rows of which nobody promises the order, in one: each has a number of its own in its table."""
    numbers = [name for name in names if name in ("row", "row_right")]
    return sorted(rows, key=lambda row: [(row[name] is not None, row[name] or 0) for name in numbers])


class NearestJoin(Pair):
    def __init__(self, draw, place, folder):
        self.direction = NEAREST[int(draw.integers(3))]
        kinds = {f"k{n}": str(draw.choice(relational_tables.KINDS)) for n in range(draw.integers(0, 3))}
        self.by, self.kind = list(kinds), str(draw.choice(ORDERED.get(self.direction, ORDERED["backward"])))
        super().__init__(draw, place, folder, {**kinds, "t": self.kind})
        isBound = self.direction != "nearest" and self.kind != "wild" and draw.random() < 0.4
        self.tolerance = int(draw.choice([0, 1, 3])) if isBound else None
        by = f", by: {named(self.by)}" if self.by else ""
        within = f", tolerance: {self.tolerance}" if isBound else ""
        self.finish(f"join {self.other}, on: t{by}, how: asof, direction: {self.direction}{within}")

    def judged(self):
        what = f"asof {self.direction} of {self.kind} by {self.by} within {self.tolerance}"
        ours, theirs = relational_tables.read(self.path), self.by_pandas() if self.direction == "nearest" else self.by_polars()
        yield what, [{name: row[name] for name in ("row", "row_right")} for row in ours], theirs

    def by_polars(self):
        left, right = self.with_keys()
        unit = {"date": datetime.timedelta(days=1), "datetime": datetime.timedelta(seconds=1)}.get(self.kind, 1)
        within = None if self.tolerance is None else self.tolerance * unit
        joined = left.sort("t", maintain_order=True).join_asof(
            right.sort("t", maintain_order=True), on="t", by=self.by or None, strategy=self.direction, tolerance=within,
            check_sortedness=False)
        return self.numbered(joined.select("row", "row_right").rows())

    def by_pandas(self):
        # It takes no two columns of other representations, minus zero for another value than zero, and loses days that are far apart.
        floats = pl.when(pl.col(pl.Float64) == 0).then(0.0).otherwise(pl.col(pl.Float64)).name.keep()
        keys = [pl.col("t").to_physical(), pl.col(self.by).cast(pl.String)]
        left, right = (
            table.with_columns(floats).with_columns(keys).sort("t", maintain_order=True).to_pandas() for table in self.with_keys())
        joined = pd.merge_asof(left, right, on="t", by=self.by or None, direction="nearest", suffixes=("", "_right"))
        return self.numbered((row, None if pd.isna(other) else int(other)) for row, other in zip(joined["row"], joined["row_right"]))

    def with_keys(self):
        """The rows that may match: a missing key matches nothing."""
        return [table.filter(pl.all_horizontal(pl.col("t", *self.by).is_not_null())) for table in self.tables]

    def numbered(self, pairs):
        found = dict(pairs)
        return [{"row": row, "row_right": found.get(row)} for row in self.tables[0]["row"]]


class United(Pair):
    def __init__(self, draw, place, folder):
        kinds = {f"c{n}": str(draw.choice(relational_tables.KINDS)) for n in range(4)}
        # Whole numbers stand below floats, and each table lacks a column of the other. ON PURPOSE no ints past 2^53 below floats: Polars
        # rounds them, and here it is an error.
        pairs = [("int", "float"), ("wild", "int"), ("big", "int"), ("float", "wild")]
        kinds["n"], other = pairs[int(draw.integers(len(pairs)))]
        other_kinds = {**dict(reversed(kinds.items())), "n": other}
        del other_kinds["c1"], kinds["c2"]
        super().__init__(draw, place, folder, kinds, other_kinds)
        self.finish(f"union {self.other}, source: origin")

    def judged(self):
        names = [f"l{self.other[1:]}", self.other]
        tables = [table.with_columns(origin=pl.lit(name)) for table, name in zip(self.tables, names)]
        yield "union", relational_tables.read(self.path), pl.concat(tables, how="diagonal_relaxed").to_dicts()


def joined(draw, place, folder):
    return [EqualJoin, EqualJoin, EqualJoin, NearestJoin, NearestJoin, United][place % 6](draw, place, folder)
