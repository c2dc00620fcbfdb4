"""Whether filters over Parquet files of pyarrow, DuckDB and Polars, of which row groups are passed over, leave the rows that pyarrow's leave.

usage: skipping_judge.py FILES SEED     each file with filters of every kind of column, alone and together

What is told of the rows is compared too: how many a filter leaves out because they have no value. Exit status 1 where a row or a
count differs, or where nothing was ever passed over.
"""
import datetime
import json
import math
import pathlib
import random
import re
import sys
import tempfile

import duckdb
import polars as pl
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

import running

EPOCH = datetime.datetime(1970, 1, 1)
PASSED = re.compile(r"(\d+) of (\d+) row groups passed over")


def drawn(draw, rows):
    """Columns that rise, so that row groups differ, with missing cells, what is no number, and words that go on long."""
    share = draw.choice([0, 0, 0.1, 0.6])
    rises = draw.random() < 0.8

    def column(make, kind):
        # Row groups without a missing cell stand beside some with nothing else.
        gone = [draw.random() < 0.5 * (row // 100 % 3) * share for row in range(rows)]
        places = range(rows) if rises else [draw.randrange(rows) for _ in range(rows)]
        return pa.array([None if lost else make(place) for place, lost in zip(places, gone)], kind)

    def number(place):
        odd = draw.random()
        return math.nan if odd < 0.01 else math.inf if odd < 0.015 else place / 4 - 20

    long = "x" * draw.choice([0, 0, 80, 300])
    return pa.table({
        "row": pa.array(range(rows), pa.int64()),
        "whole": column(lambda place: place - 50, draw.choice([pa.int32(), pa.int64(), pa.int16()])),
        "count": column(lambda place: place, draw.choice([pa.uint32(), pa.uint8() if rows < 256 else pa.uint16()])),
        "number": column(number, pa.float64()),
        "finite": column(lambda place: place / 4 - 20, draw.choice([pa.float32(), pa.float64()])),
        "word": column(lambda place: long + draw.choice(["é", "z", "日", ""]) * (place % 7 == 0) + f"{place:05}", pa.string()),
        "day": column(lambda place: EPOCH.date() + datetime.timedelta(place - 50), pa.date32()),
        "moment": column(lambda place: EPOCH + datetime.timedelta(hours=place - 50), pa.timestamp(draw.choice(["ms", "us", "ns"]))),
        "is": column(lambda place: place > rows // 2, pa.bool_()),
    })


def written(table, folder, draw):
    """The table by a writer drawn at random, and which one."""
    path = folder / "t.parquet"
    rows = draw.choice([30, 100, 250])
    writer = draw.choice(["pyarrow", "pyarrow index", "old pyarrow", "duckdb", "polars", "mlp"])
    if "pyarrow" in writer:
        pq.write_table(
            table, path, row_group_size=rows, write_page_index="index" in writer, version="1.0" if "old" in writer else "2.6",
            use_dictionary=draw.random() < 0.5, data_page_version=draw.choice(["1.0", "2.0"]), coerce_timestamps="ms" if "old" in writer else None)
    elif writer == "duckdb":
        # It makes row groups of 2,048 rows at least.
        duckdb.sql(f"COPY (SELECT * FROM \"table\" ORDER BY row) TO '{path}' (FORMAT parquet, ROW_GROUP_SIZE 2048)")
    elif writer == "polars":
        pl.from_arrow(table).write_parquet(path, row_group_size=rows)
    else:
        first = folder / "first.parquet"
        pq.write_table(table, first)
        running.run(f'load "{first}"\nexport "{path}", row_group: {rows}, compression: {draw.choice(["zstd", "none"])}', folder)
    return path, writer


def literal(value):
    """A value as a script has it, and as pyarrow compares it."""
    if isinstance(value, datetime.datetime):
        return f'datetime("{value.isoformat()}")'
    if isinstance(value, datetime.date):
        return f'date("{value.isoformat()}")'
    return json.dumps(value, ensure_ascii=False)


def condition(draw, table, depth=0):
    """A condition as a script has it, and a mask of pyarrow: true, false or missing."""
    if depth < 2 and draw.random() < 0.4:
        word = draw.choice(["and", "or"])
        (left, a), (right, b) = condition(draw, table, depth + 1), condition(draw, table, depth + 1)
        return f"({left}) {word} ({right})", (pc.and_kleene if word == "and" else pc.or_kleene)(a, b)
    if depth < 2 and draw.random() < 0.1:
        words, mask = condition(draw, table, depth + 1)
        return f"not ({words})", pc.invert(mask)
    name = draw.choice([name for name in table.column_names if name not in ("row", "is")])
    cells = table[name]
    if name == "number":
        cells = pc.if_else(pc.is_finite(cells), cells, pa.scalar(None, pa.float64()))
    if draw.random() < 0.1:
        return (f"{name} == missing", pc.is_null(cells)) if draw.random() < 0.5 else (f"{name} != missing", pc.is_valid(cells))
    there = [cell for cell in cells.to_pylist() if cell is not None] or [EPOCH.date() if name == "day" else EPOCH if name == "moment" else "a" if name == "word" else 1]
    value = there[min(len(there) - 1, draw.choice([0, len(there) - 1, draw.randrange(len(there)), draw.randrange(1 + len(there) // 10)]))]
    if name in ("whole", "count", "number", "finite"):
        value = value + draw.choice([0, 0, 0.5, -300, 300])
        cells = cells.cast(pa.float64())
    scalar = pa.scalar(value, cells.type)
    if draw.random() < 0.15:
        other = draw.choice(there)
        masks = [pc.equal(cells, pa.scalar(one, cells.type)) for one in (value, other)]
        return f"{name} in [{literal(value)}, {literal(other)}]", pc.or_kleene(*masks)
    sign, test = draw.choice([
        ("==", pc.equal), ("!=", pc.not_equal), ("<", pc.less), ("<=", pc.less_equal), (">", pc.greater), (">=", pc.greater_equal)])
    return f"{name} {sign} {literal(value)}", test(cells, scalar)


def agrees(folder, path, writer, table, words, masks):
    """Whether the rows that filters leave are those of pyarrow, and how many row groups were passed over."""
    filters = "\n".join(f"filter {word}" for word in words)
    out = folder / "out.parquet"
    shown = running.run(f'load "{path}"\n{filters}\nexport "{out}", replace: true', folder)
    kept = masks[0].fill_null(False)
    for mask in masks[1:]:
        kept = pc.and_(kept, mask.fill_null(False))
    given, wanted = pq.read_table(out)["row"].to_pylist(), table.filter(kept)["row"].to_pylist()
    text = json.dumps(shown, ensure_ascii=False)
    found = PASSED.search(text)
    if given != wanted:
        print(f"{writer}, {words}: {len(given)} rows and not {len(wanted)}; {found and found[0]}")
        return False, found
    return True, found


def told(folder, path, words):
    """What the filters say with row groups passed over, and what they say of all rows, which a name for them asks for."""
    filters = "\n".join(f"filter {word}" for word in words)
    passing = running.run(f'load "{path}"\n{filters}', folder)
    whole = running.run(f'load "{path}"\nas all\n{filters}', folder)
    texts = lambda shown: [part["text"] for part in running.parts(shown) if isinstance(part.get("text"), str) and part["text"].startswith("filter ")]
    return texts(passing), texts(whole)


def main(count, seed):
    draw, same, passed = random.Random(seed), True, {}
    with tempfile.TemporaryDirectory() as name:
        folder = pathlib.Path(name)
        for _ in range(count):
            table = drawn(draw, draw.choice([200, 600, 5000]))
            path, writer = written(table, folder, draw)
            for _ in range(4):
                words, masks = zip(*(condition(draw, table) for _ in range(draw.choice([1, 1, 2]))))
                good, found = agrees(folder, path, writer, table, words, masks)
                same = same and good
                passed[writer] = passed.get(writer, 0) + (int(found[1]) if found else 0)
            if not any("number" in word for word in words):
                ours, whole = told(folder, path, words)
                if ours != whole:
                    print(f"{writer}: {ours} and not {whole}")
                    same = False
    for writer in passed:
        if passed[writer] == 0:
            print(f"no row group of {writer} was ever passed over")
            same = False
    print(f"passed over: {passed}")
    return 0 if same else 1


if __name__ == "__main__":
    sys.exit(main(int(sys.argv[1]), int(sys.argv[2])))
