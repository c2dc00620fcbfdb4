"""jsonl: 1,000,000 lines of JSON with 14 keys of every type (about 270 MB) into memory beside DuckDB, dates and times as such on both sides.

--list: the same objects as one list. --write: written to JSON Lines from memory. The figures of every column have to be equal.
"""
import os
import sys

import made_data
import profiling
import rig

# DuckDB finds them; here a text stays one unless that is asked for.
TYPES = "types: {at: datetime, day: date}"


def duckdb(path):
    import duckdb

    base = duckdb.connect(config={"threads": rig.THREADS})
    _, use = rig.timed(lambda: base.execute(f"CREATE TABLE rows AS SELECT * FROM read_json('{path}')"))
    figures = {}
    for name, kind, *_ in base.execute("DESCRIBE rows").fetchall():
        mean = f'avg("{name}")' if kind in ("BIGINT", "DOUBLE") else "NULL"
        row = base.execute(f'SELECT count(*) - count("{name}"), count(DISTINCT "{name}"), {mean} FROM rows').fetchone()
        figures[name] = dict(zip(("missing", "distinct", "mean"), row))
    return {**use, "columns": figures}


def duckdb_writes(path, target):
    import duckdb

    base = duckdb.connect(config={"threads": rig.THREADS})
    base.execute(f"CREATE TABLE rows AS SELECT * FROM read_json('{path}')")
    _, use = rig.timed(lambda: base.execute(f"COPY rows TO '{target}' (FORMAT json)"))
    return {**use, "bytes": os.path.getsize(target)}


def differing(ours, theirs):
    """The columns of which a count or a mean is not the same on both sides."""
    for column in ours:
        other = theirs[column["column"]]
        is_same = column["missing"] == other["missing"]
        # Of very many different values `profile` gives about how many.
        if isinstance(column["distinct"], int):
            is_same = is_same and column["distinct"] == other["distinct"]
        if isinstance(column.get("mean"), (int, float)) and other["mean"] is not None:
            is_same = is_same and abs(column["mean"] - other["mean"]) <= 1e-9 * abs(other["mean"])
        if not is_same:
            yield column["column"]


def read(bench, path):
    flow = rig.script(("load", f'load "{path}", {TYPES}'), ("profile", "profile"))
    ours, theirs = bench.pairs(lambda _: bench.ours(flow), lambda _: bench.theirs("duckdb", path=path))
    bench.stage("load / duckdb", "load", ours, theirs, 0.5)
    mine, other = rig.median(one.peak for one in ours), rig.median(one["peak"] for one in theirs)
    bench.add("peak memory, with profile", rig.shown_bytes(mine), rig.shown_bytes(other), mine / other)
    columns = list(profiling.shown(ours[-1]))
    differ = list(differing(columns, theirs[-1]["columns"]))
    bench.add("columns that differ", f"{len(differ)} of {len(columns)}", bar="0 of 14", met=not differ and len(columns) == 14)
    if differ:
        rig.say("these differ: " + ", ".join(differ))


def write(bench, path):
    mine, other = bench.folder / "ours.jsonl", bench.folder / "theirs.jsonl"
    for target in (mine, other):
        target.unlink(missing_ok=True)
    flow = rig.script(("load", f'load "{path}", {TYPES}\nshow rows: 1'), ("write", f'export "{mine}", replace: true'))
    ours, theirs = bench.pairs(lambda _: bench.ours(flow), lambda _: bench.theirs("duckdb_writes", path=path, target=other))
    bench.stage("export / duckdb", "write", ours, theirs, 0.5)
    bench.add("bytes", rig.shown_bytes(mine.stat().st_size), rig.shown_bytes(theirs[-1]["bytes"]))


def measure(bench):
    place = made_data.folder("mixed_json", bench.sized(1_000_000, least=2000, step=1000))
    if bench.options.write:
        write(bench, place / "rows.jsonl")
    else:
        read(bench, place / ("rows.json" if bench.options.list else "rows.jsonl"))


if __name__ == "__main__":
    choices = {"--list": {"action": "store_true"}, "--write": {"action": "store_true"}}
    peers = {"duckdb": duckdb, "duckdb_writes": duckdb_writes}
    sys.exit(rig.main(__file__, measure, peers=peers, arguments=choices))
