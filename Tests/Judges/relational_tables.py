"""Tables of cells that are hard to group, join and order, drawn from a seed, and the files that they stand in."""
import datetime
import math

import duckdb
import numpy as np
import polars as pl

DAY, MOMENT = datetime.date(2020, 1, 1), datetime.datetime(2020, 1, 1)
LAST = datetime.datetime(9999, 12, 31, 23, 59, 59, 999_999)
# Near the ends of an int, and where a double no longer holds every whole number.
BIG = [2**53, 2**53 + 1, 2**53 + 2, -(2**53) - 1, 2**63 - 1, 2**63 - 2, -(2**63), -(2**63) + 1, 0, 1, -1]
# Sums of them cancel, and nan and the infinities are not numbers.
WILD = [0.0, -0.0, math.nan, math.inf, -math.inf, 1e300, -1e300, 1e16, -1e16, 1e-300, 5e-324, 0.1, 0.3, 1.5, -2.5]
# Unlike each other as bytes, alike to an eye or in another order as UTF-16.
TEXTS = [
    "", " ", "a", "A", "ab", "a b", "é", "e\u0301", "z z", "oak", "Oak", "日本", "🙂", "\uffff", "\U00010000", "x" * 300,
    "x" * 299 + "y", "eight by", "eight byt", "NA", "null", "1", "true", "a,b", 'say "hi"', "two\nlines"]
DAYS = [datetime.date(1, 1, 1), datetime.date(1969, 12, 31), datetime.date(9999, 12, 31)]
MOMENTS = [datetime.datetime(1, 1, 1), datetime.datetime(1969, 12, 31, 23, 59, 59, 999_999), LAST]
TYPES = {
    "int": "int", "big": "int", "float": "float", "wild": "float", "text": "text", "bool": "bool", "date": "date",
    "datetime": "datetime"}
FRAMES = {
    "int": pl.Int64, "float": pl.Float64, "text": pl.String, "bool": pl.Boolean, "date": pl.Date,
    "datetime": pl.Datetime("us")}
KINDS = list(TYPES)


def cells(draw, kind, count, share=0.0, spread=None):
    """Cells of a kind, a share of them missing; a spread is how many different ones there are about."""
    spread = spread or int(draw.choice([3, 12, 40]))

    def picked(pool):
        return [pool[place % len(pool)] for place in draw.integers(0, spread, count)]

    def some(pool, usual):
        return [pool[draw.integers(len(pool))] if draw.random() < 0.1 else value for value in usual]

    numbers = draw.integers(0, spread, count)
    match kind:
        case "int":
            made = (numbers - spread // 2).tolist()
        case "float":
            made = np.round((numbers - spread / 2) * 0.37 * float(draw.choice([1, 1e9, 1e-6])), 9).tolist()
        case "big" | "wild" | "text":
            pool = list({"big": BIG, "wild": WILD, "text": TEXTS}[kind])
            draw.shuffle(pool)
            made = picked(pool)
        case "bool":
            made = (draw.random(count) < 0.4).tolist()
        case "date":
            made = some(DAYS, [DAY + datetime.timedelta(days=int(days)) for days in numbers])
        case "datetime":
            made = some(MOMENTS, [MOMENT + datetime.timedelta(microseconds=int(steps) * 700_000) for steps in numbers])
    return [None if draw.random() < share else value for value in made]


def frame(draw, kinds, count, spread=None):
    """A table of columns by their kinds, each with a share of missing cells of its own; `row` numbers its rows."""
    columns = {"row": list(range(count))}
    for name, kind in kinds.items():
        columns[name] = cells(draw, kind, count, float(draw.choice([0, 0.1, 0.4])), spread)
    return pl.DataFrame(columns, schema={"row": pl.Int64, **{name: FRAMES[TYPES[kind]] for name, kind in kinds.items()}})


def held(table):
    """The table as it is here, where nothing that is no number is in one: ON PURPOSE other than in the judges, in which nan equals
    itself, is greater than all and makes every sum nan."""
    floats = [pl.when(pl.col(name).is_finite()).then(pl.col(name)).alias(name)
              for name, kind in table.schema.items() if kind == pl.Float64]
    return table.with_columns(floats)


def written(draw, table, path):
    """Writes a table and gives the stage that loads it."""
    table = table.with_columns(pl.col(pl.Datetime("us")).dt.replace_time_zone("UTC"))
    has_odd = held(table).null_count().rows() != table.null_count().rows()
    if has_odd or draw.random() < 0.7:
        table.write_parquet(f"{path}.parquet")
        return f'load "{path.name}.parquet"'
    # A quoted cell without a character is an empty text, a bare one is missing.
    table.write_csv(f"{path}.csv", quote_style="non_numeric", datetime_format="%Y-%m-%dT%H:%M:%S%.6fZ", null_value="")
    names = {kind: name for name, kind in FRAMES.items()} | {pl.Datetime("us", "UTC"): "datetime"}
    types = ", ".join(f"{name}: {names[kind]}" for name, kind in table.schema.items())
    return f'load "{path.name}.csv", types: {{{types}}}'


def read(path):
    """The rows of a table that was exported, as dictionaries."""
    table = pl.read_parquet(path)
    return table.with_columns(pl.col(pl.Datetime("us", "UTC")).dt.replace_time_zone(None)).to_dicts()


BASE = duckdb.connect(config={"threads": 1})


def asked(query, **tables):
    """What DuckDB answers, as dictionaries."""
    for name, table in tables.items():
        BASE.register(f"{name}_frame", table.to_arrow())
        BASE.execute(f"CREATE OR REPLACE TEMP TABLE {name} AS SELECT * FROM {name}_frame")
        BASE.unregister(f"{name}_frame")
    answer = BASE.execute(query)
    names = [column[0] for column in answer.description]
    return [dict(zip(names, row)) for row in answer.fetchall()]
