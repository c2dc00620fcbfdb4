"""parquet: 4,992,000 rows × 14 of every type, written by pyarrow with Snappy and with zstd, into memory beside DuckDB.

Two of the columns beside all of them, and `export` beside pyarrow's writer, in time and size.
"""
import sys

import made_data
import rig


def duckdb(path):
    import duckdb

    base = duckdb.connect(config={"threads": rig.THREADS})
    _, use = rig.timed(lambda: base.execute(f"CREATE TABLE rows AS SELECT * FROM read_parquet('{path}')"))
    return {**use, "rows": base.execute("SELECT count(*) FROM rows").fetchone()[0]}


def pyarrow(path, target):
    import pyarrow as pa
    import pyarrow.parquet as pq

    pa.set_cpu_count(rig.THREADS)
    rows = pq.read_table(path)
    _, use = rig.timed(lambda: pq.write_table(rows, target))
    return use


def measure(bench):
    folder = made_data.folder("mixed_parquet", bench.sized(4_992_000, least=2000, step=1000))
    for codec in ("snappy", "zstd"):
        path = folder / f"{codec}.parquet"
        ours, theirs = bench.pairs(lambda _: bench.ours(loaded(path)), lambda _: bench.theirs("duckdb", path=path))
        bench.stage(f"load {codec} / duckdb", "load", ours, theirs, 1)
        mine, other = rig.median(one.peak for one in ours), rig.median(one["peak"] for one in theirs)
        bench.add("peak memory", rig.shown_bytes(mine), rig.shown_bytes(other), mine / other)
        some, every = bench.pairs(
            lambda _: bench.ours(loaded(path, "select amount, kind\n")), lambda _: bench.ours(loaded(path)))
        bench.times(f"2 of 14 columns / all, {codec}", [one.stage("load") for one in some], [one.stage("load") for one in every], 0.3)
    written(bench, folder / "snappy.parquet")


def loaded(path, select=""):
    # What follows reads every column that is left, or fewer would be read.
    return rig.script(("load", f'load "{path}"'), ("show", f"{select}show rows: 1"))


def written(bench, path):
    mine, other = bench.folder / "ours.parquet", bench.folder / "theirs.parquet"
    text = rig.script(("load", f'load "{path}"'), ("export", f'export "{mine}", replace: true'))
    ours, theirs = bench.pairs(
        lambda _: bench.ours(text), lambda _: bench.theirs("pyarrow", path=path, target=other))
    bench.stage("export / pyarrow", "export", ours, theirs)
    sizes = mine.stat().st_size, other.stat().st_size
    bench.add("bytes written", rig.shown_bytes(sizes[0]), rig.shown_bytes(sizes[1]), sizes[0] / sizes[1], 1.1)
    mine.unlink()
    other.unlink()


if __name__ == "__main__":
    sys.exit(rig.main(__file__, measure, peers={"duckdb": duckdb, "pyarrow": pyarrow}))
