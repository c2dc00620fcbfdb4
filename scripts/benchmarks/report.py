"""report: `profile` and its full report as HTML of 1,000,000 rows × 70 beside ydata-profiling on the first tenth of the rows.

Theirs takes minutes for that tenth, so its time is taken ten times; it is in proportion to the rows for the most part. Reading the
file is in neither time. Both reports have statistics, histograms, frequent values, correlations, missing cells, repeated rows and alerts
of every column, theirs also a picture of every two numbers (--plain leaves those out).
"""
import itertools
import os
import sys

import made_data
import rig

SHARE = 10


def ydata(path, target, plain):
    os.environ["YDATA_PROFILING_NO_ANALYTICS"] = "True"
    import pandas as pd
    from ydata_profiling import ProfileReport

    days = [f"{name}_{part}" for name in ("at", "day") for part in range(5)]
    rows = pd.read_csv(path, parse_dates=days)
    settings = {"interactions": {"continuous": False}} if plain else {}

    def report():
        ProfileReport(rows, progress_bar=False, **settings).to_file(target, silent=True)

    _, use = rig.timed(report)
    return {**use, "shape": list(rows.shape), "bytes": os.path.getsize(target)}


def first(path, rows, target):
    with open(path, "rb") as file, open(target, "wb") as part:
        part.writelines(itertools.islice(file, rows + 1))
    return target


def measure(bench):
    rows = bench.sized(1_000_000, least=2000, step=1000)
    path = made_data.folder("broad", rows) / "rows.csv"
    part = first(path, rows // SHARE, bench.folder / "part.csv")
    mine, other = bench.folder / "ours.html", bench.folder / "theirs.html"
    flow = rig.script(("load", f'load "{path}"'), ("report", f'profile\nexport "{mine}", replace: true'))
    arguments = {"python": bench.options.profilers, "path": part, "target": other, "plain": bench.options.plain}
    ours, theirs = bench.pairs(lambda _: bench.ours(flow), lambda _: bench.theirs("ydata", **arguments))
    seconds = [one.stage("report") for one in ours]
    bench.times(f"report / {SHARE} × ydata-profiling's of a tenth", seconds, [one["seconds"] * SHARE for one in theirs], 0.02)
    bench.times("with reading the file", [one.stage("load", "report") for one in ours], [one["seconds"] * SHARE for one in theirs])
    peaks = rig.median(one.peak for one in ours), rig.median(one["peak"] for one in theirs)
    bench.add("peak memory (theirs of a tenth)", *map(rig.shown_bytes, peaks), peaks[0] / peaks[1])
    bench.add("bytes of the page (theirs of a tenth)", rig.shown_bytes(mine.stat().st_size), rig.shown_bytes(theirs[-1]["bytes"]))
    shape = tuple(theirs[-1]["shape"])
    bench.add("rows and columns", f"{rows} × 70", f"{shape[0]} × {shape[1]}", met=shape == (rows // SHARE, 70))
    for made in (mine, other, part):
        made.unlink()


ARGUMENTS = {
    "--profilers": {"required": True, "help": "the Python that has ydata-profiling"},
    "--plain": {"action": "store_true", "help": "theirs makes no picture of every two numbers"}}


if __name__ == "__main__":
    sys.exit(rig.main(__file__, measure, peers={"ydata": ydata}, pairs=1, arguments=ARGUMENTS))
