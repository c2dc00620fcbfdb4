"""prune: processor time of `load`, `select` of 2 of 14 columns and `profile`, beside `load` and `profile` of all 14."""
import sys

import made_data
import rig


def flow(path, select):
    return rig.script(("all", f'load "{path}"\n{select}\nprofile'))


def measure(bench):
    path = made_data.folder("mixed", bench.sized(4_992_000, least=2000, step=1000)) / "rows.csv"
    some, every = bench.pairs(
        lambda _: bench.ours(flow(path, "select amount, kind")), lambda _: bench.ours(flow(path, "")))
    bench.times("2 of 14 columns / all, processor time", [run.processor for run in some], [run.processor for run in every], 0.35)
    bench.times("2 of 14 columns / all, time", [run.seconds for run in some], [run.seconds for run in every])
    mine, other = rig.median(run.peak for run in some), rig.median(run.peak for run in every)
    bench.add("peak memory", rig.shown_bytes(mine), rig.shown_bytes(other), mine / other)


if __name__ == "__main__":
    sys.exit(rig.main(__file__, measure))
