"""Whether `join` gives what DuckDB, Polars and pandas give, for every kind of join over generated tables.

One run of ours joins all of them. Keys are missing and repeated, whole numbers are beyond what a double holds, texts only look alike.
Polars says in which order the rows stand. Exit status 1 where a row differs.
"""
import collections
import datetime
import pathlib
import sys
import tempfile

import duckdb
import pandas as pd
import polars as pl

import running

CASES = 280
WORDS = ["a", "b", "é", "e\u0301", "north", "a longer text than eight bytes", " a", "ab", "x,y"]
EQUAL, NEAREST = ["inner", "left", "right", "full", "semi", "anti"], ["backward", "forward", "nearest"]
TYPES = {"int": pl.Int64, "float": pl.Float64, "text": pl.String, "date": pl.Date, "bool": pl.Boolean}
DAY = datetime.date(2026, 1, 1)


class Draw:
    """Numbers from a seed, the same on every machine."""

    def __init__(self, seed):
        self.state = seed * 2654435761 + 1

    def below(self, bound):
        self.state = (self.state * 6364136223846793005 + 1442695040888963407) % 2**64
        return (self.state >> 33) % bound

    def cells(self, kind, count, spread, missing):
        make = {
            "int": lambda: self.below(spread) + (9007199254740992 if spread == 7 else -3),
            "float": lambda: self.below(spread) / 2,
            "text": lambda: WORDS[self.below(len(WORDS))],
            "date": lambda: DAY + datetime.timedelta(days=self.below(spread)),
            "bool": lambda: self.below(2) == 1,
        }[kind]
        return [None if self.below(100) < missing else make() for _ in range(count)]

    def choice(self, options):
        return options[self.below(len(options))]


def case(number):
    """A case's tables, its keys, and how they are joined."""
    draw = Draw(number)
    how = EQUAL[number % 6] if number % 7 else NEAREST[number // 7 % 3]
    sizes = draw.below(draw.choice([8, 60])), draw.below(draw.choice([8, 60]))
    missing, keys = draw.choice([0, 15]), {}
    for place in range(draw.below(2) if how in NEAREST else 1 + draw.below(3)):
        # pandas makes floats of whole numbers with a gap.
        keys[f"k{place}"] = draw.choice(list(TYPES)), draw.choice([3, 30] if how in NEAREST else [3, 7, 30])
    kinds = {name: kind for name, (kind, _) in keys.items()}
    tables = []
    for side, count in zip("lr", sizes):
        cells = {name: draw.cells(kind, count, spread, missing) for name, (kind, spread) in keys.items()}
        kinds |= {"same": "int", "l": "text", "r": "float"}
        cells |= {"same": list(range(count)), side: draw.cells(kinds[side], count, 20, 20)}
        if how in NEAREST:
            # Which of two equal times is taken is not the same everywhere.
            times = sorted({draw.below(120) for _ in range(count)}) if side == "r" else [draw.below(120) for _ in range(count)]
            kinds["t"], times = "int", times + [None] * (count - len(times))
            cells["t"] = times
        tables.append(pl.DataFrame(cells, schema={name: TYPES[kinds[name]] for name in cells}))
    return how, list(keys), kinds, tables


def script(cases, folder):
    lines = []
    for number, (how, keys, kinds, tables) in enumerate(cases):
        for side, table in zip("lr", tables):
            path = folder / f"{side}{number}.csv"
            table.write_csv(path)
            types = ", ".join(f"{name}: {kinds[name]}" for name in table.columns)
            lines.append(f"load {running.quoted(path)}, types: {{{types}}}")
            lines += [f"as r{number}", ""] if side == "r" else [f"as l{number}"]
        lines.append(f"l{number}")
        if how in NEAREST:
            by = f", by: [{', '.join(keys)}]" if keys else ""
            lines.append(f"join r{number}, on: t{by}, how: asof, direction: {how}")
        else:
            lines.append(f"join r{number}, on: [{', '.join(keys)}], how: {how}")
        lines.append(f"export {running.quoted(folder / f'out{number}.csv')}")
    return "\n".join(lines)


def by_polars(how, keys, tables):
    left, right = tables
    if how in NEAREST:
        given = left.with_row_index("row").filter(pl.col("t").is_not_null()).sort("t", maintain_order=True)
        kept = right.filter(pl.col("t").is_not_null()).sort("t")
        joined = given.join_asof(kept, on="t", by=keys or None, strategy=how, check_sortedness=False)
        rest = left.with_row_index("row").filter(pl.col("t").is_null())
        return pl.concat([joined, rest], how="diagonal").sort("row").drop("row")
    return left.join(right, on=keys, how=how, coalesce=True, maintain_order="left_right")


def by_pandas(keys, tables):
    left, right = (table.to_pandas(use_pyarrow_extension_array=False) for table in tables)
    left["row"] = range(len(left))
    timed = left[left["t"].notna()].astype({"t": "int64"}).sort_values("t", kind="stable")
    # pandas takes a missing key as equal to another.
    kept = right[right["t"].notna()].dropna(subset=keys).astype({"t": "int64"}).sort_values("t")
    joined = pd.merge_asof(timed, kept, on="t", by=keys or None, direction="nearest", suffixes=("", "_right"))
    return pd.concat([joined, left[left["t"].isna()]]).sort_values("row").drop(columns="row")


def by_duckdb(how, keys, tables):
    left, right = tables
    base = BASE.cursor()
    for name, table in (("l", left), ("r", right)):
        columns = ", ".join(f'"{column}" {SQL[kind]}' for column, kind in table.schema.items())
        base.execute(f"CREATE OR REPLACE TABLE {name} ({columns})")
        if table.height:
            marks = ", ".join(f"({', '.join('?' * table.width)})" for _ in range(table.height))
            base.execute(f"INSERT INTO {name} VALUES {marks}", [cell for row in table.rows() for cell in row])
    on = " AND ".join(f"l.{key} = r.{key}" for key in keys)
    if how in ("semi", "anti"):
        return base.execute(f"SELECT l.* FROM l {how} JOIN r ON {on}").fetchall()
    shared = ", ".join(f"coalesce(l.{key}, r.{key})" for key in keys)
    taken = f"{shared}, l.same, l.l, r.same, r.r"
    if how in NEAREST:
        sign = ">=" if how == "backward" else "<="
        on = " AND ".join([f"l.t {sign} r.t", *([on] if on else [])])
        taken = ", ".join([*(f"l.{key}" for key in keys), "l.same, l.l, l.t, r.same, r.r"])
        how = "ASOF LEFT"
    return base.execute(f"SELECT {taken} FROM l {how} JOIN r ON {on}").fetchall()


BASE = duckdb.connect(config={"threads": 1})
SQL = {pl.Int64: "BIGINT", pl.Float64: "DOUBLE", pl.String: "VARCHAR", pl.Date: "DATE", pl.Boolean: "BOOLEAN"}


def differences(number, one, folder):
    """What differs in one case, and how many rows were compared."""
    how, keys, kinds, tables = one
    names = [*tables[0].columns, *([] if how in ("semi", "anti") else ["same_right", "r"])]
    schema = {name: TYPES[kinds[name.removesuffix("_right")]] for name in names}
    ours = pl.read_csv(folder / f"out{number}.csv", schema=schema).rows()
    judges = {}
    if how == "nearest":
        table = by_pandas(keys, tables)[names].astype(object)
        judges["pandas"] = [tuple(None if pd.isna(cell) else cell for cell in row) for row in table.itertuples(index=False)]
    else:
        judges["Polars"] = by_polars(how, keys, tables).select(names).rows()
        judges["DuckDB"] = by_duckdb(how, keys, tables)
    complaints = []
    for judge, theirs in judges.items():
        # Rows without a match in the table at hand stand where Polars likes, and DuckDB promises no order.
        is_ordered = judge != "DuckDB" and how not in ("right", "full")
        same = ours == theirs if is_ordered else collections.Counter(ours) == collections.Counter(theirs)
        if not same:
            complaints.append(f"case {number} {how} on {keys}: ours {ours[:6]} of {len(ours)}, {judge} {theirs[:6]} of {len(theirs)}")
    return len(ours) * len(judges), complaints


def main():
    cases = [case(number) for number in range(CASES)]
    with tempfile.TemporaryDirectory() as name:
        folder = pathlib.Path(name)
        running.run(script(cases, folder), folder)
        found = [differences(number, one, folder) for number, one in enumerate(cases)]
    rows, complaints = sum(count for count, _ in found), [line for _, lines in found for line in lines]
    print(f"{CASES} joins, {rows} rows compared, {len(complaints)} differ", *complaints[:20], sep="\n")
    return 1 if complaints or rows < 5000 else 0


if __name__ == "__main__":
    sys.exit(main())
