"""parquet: 4,992,000 rows × 14 of every type, written by pyarrow with Snappy and with zstd, into memory beside DuckDB.

Two of the columns beside all of them, a filter that most row groups are passed over by, and `export` beside pyarrow's writer, in time
and, by every codec and on other tables too, in size.
"""
import sys

import made_data
import rig

CODECS = ("snappy", "zstd", "gzip", "lz4", "none")


def duckdb(path):
    import duckdb

    base = duckdb.connect(config={"threads": rig.THREADS})
    _, use = rig.timed(lambda: base.execute(f"CREATE TABLE rows AS SELECT * FROM read_parquet('{path}')"))
    return {**use, "rows": base.execute("SELECT count(*) FROM rows").fetchone()[0]}


def pyarrow(path, target, codec="snappy"):
    import pyarrow as pa
    import pyarrow.parquet as pq

    pa.set_cpu_count(rig.THREADS)
    rows = pq.read_table(path)
    _, use = rig.timed(lambda: pq.write_table(rows, target, compression=codec))
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
    passed_over(bench, folder / "snappy.parquet")
    written(bench, folder / "snappy.parquet")
    sizes(bench, folder / "snappy.parquet", "rows × 14", CODECS)
    for kind, count in (("measurements", 300_000), ("census", 200_000), ("customers", 100_000)):
        table = as_parquet(made_data.folder(kind, bench.sized(count, least=2000)) / "rows.csv", bench.folder / f"{kind}.parquet")
        sizes(bench, table, kind, ("snappy", "zstd"))
        table.unlink()


def loaded(path, select=""):
    # What follows reads every column that is left, or fewer would be read.
    return rig.script(("load", f'load "{path}"'), ("show", f"{select}show rows: 1"))


def passed_over(bench, path):
    """Ids rise in the file: a filter by them leaves one row group of a few."""
    import pyarrow.parquet as pq

    last = pq.ParquetFile(path).metadata.num_rows + 1_000_000 - 1000
    some, every = bench.pairs(
        lambda _: bench.ours(loaded(path, f"filter id >= {last}\n")), lambda _: bench.ours(loaded(path)))
    bench.times("the last 1,000 rows / all", [one.stage("load") for one in some], [one.stage("load") for one in every], 0.5)


def as_parquet(path, target):
    """A CSV file as pyarrow has it, plain."""
    import polars as pl
    import pyarrow.parquet as pq

    pq.write_table(pl.read_csv(path).to_arrow(compat_level=pl.CompatLevel.oldest()), target, compression="none")
    return target


def sizes(bench, path, what, codecs):
    mine, other = bench.folder / "ours.parquet", bench.folder / "theirs.parquet"
    for codec in codecs:
        bench.ours(rig.script(("load", f'load "{path}"'), ("export", f'export "{mine}", replace: true, compression: {codec}')))
        bench.theirs("pyarrow", path=path, target=other, codec=codec)
        ours, theirs = mine.stat().st_size, other.stat().st_size
        bench.add(f"bytes of {what}, {codec}", rig.shown_bytes(ours), rig.shown_bytes(theirs), ours / theirs, 1.1)
        mine.unlink()
        other.unlink()


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
