"""growth: load and profile of 600,000 rows × 14, split, boost and logistic of as many × 28, at 1×, 4× and 16×: does a row stay as cheap?

The largest, 9,000,000 rows to train on, is also held beside LightGBM: time above `split`, and memory of the whole run.
"""
import sys

import made_data
import peers
import rig

BASE, TIMES = 600_000, (1, 4, 16)
STAGES = {"split": "split", "boost": "train boost", "logistic": "train logistic"}
LEARNERS = ("boost", "logistic")
FLAT = 1.15
LOOKS, COLUMNS = ("load", "profile"), 14


def look(bench):
    """Load and profile: time a row and bytes a cell."""
    sizes = {times: bench.sized(BASE, least=960, step=48) * times for times in TIMES}
    paths = {times: made_data.folder("narrow", rows) / "rows.csv" for times, rows in sizes.items()}
    texts = {times: rig.script(("load", f'load "{path}"'), ("profile", "profile")) for times, path in paths.items()}
    rounds = [{times: bench.ours(texts[times]) for times in TIMES} for _ in range(bench.options.pairs)]
    first = TIMES[0]
    for stage in LOOKS:
        for times in TIMES:
            per_row = rig.median(one[times].stage(stage) / sizes[times] for one in rounds)
            ratio = rig.median(
                (one[times].stage(stage) / sizes[times]) / (one[first].stage(stage) / sizes[first]) for one in rounds)
            bench.add(
                f"{stage}, {sizes[times]:,} rows × {COLUMNS}", f"{per_row * 1e6:.3f} µs a row", "", ratio,
                FLAT if times != first else None)
    for times in TIMES:
        peak, least = (rig.median(one[of].peak for one in rounds) for of in (times, first))
        a_cell, first_cell = peak / (sizes[times] * COLUMNS), least / (sizes[first] * COLUMNS)
        bench.add(
            f"peak memory, {sizes[times]:,} rows × {COLUMNS}", f"{rig.shown_bytes(peak)}: {a_cell:.1f} B a cell", "",
            a_cell / first_cell, FLAT if times != first else None)


def measure(bench):
    look(bench)
    if bench.options.looks:
        return
    sizes = {times: bench.sized(BASE, least=960, step=48) * times for times in TIMES}
    folders = {times: made_data.folder("measurements", rows) for times, rows in sizes.items()}

    def flow(times, learner):
        load = f'load "{folders[times]}/rows.csv"\nlabel y, positive: 1'
        return rig.script(("load", load), ("split", "split using: part"), (learner, f"train {learner}"))

    rounds = [
        {(times, learner): bench.ours(flow(times, learner)) for times in TIMES for learner in LEARNERS}
        for _ in range(bench.options.pairs)]
    for stage, words in STAGES.items():
        learner = stage if stage in LEARNERS else LEARNERS[0]
        for times in TIMES:
            per_row = rig.median(one[times, learner].stage(stage) / sizes[times] for one in rounds)
            ratio = rig.median(
                (one[times, learner].stage(stage) / one[TIMES[0], learner].stage(stage)) * (sizes[TIMES[0]] / sizes[times])
                for one in rounds)
            bar = FLAT if times != TIMES[0] else None
            bench.add(f"{words}, {sizes[times]:,} rows", f"{per_row * 1e6:.3f} µs a row", "", ratio, bar)
    for learner in LEARNERS:
        first = None
        for times in TIMES:
            peaks = {
                name: rig.median(one[times, learner].marks[name].peak for one in rounds)
                for name in ("load", "split", learner)}
            a_cell = peaks[learner] / (sizes[times] * made_data.FEATURES)
            first = first or a_cell
            words = ", ".join(f"{name} {rig.shown_bytes(peak)}" for name, peak in peaks.items())
            bench.add(
                f"peak memory, {sizes[times]:,} rows", f"{words}: {a_cell:.1f} B a cell", "", a_cell / first,
                FLAT if times != TIMES[0] else None)

    top = TIMES[-1]
    ours, theirs = bench.pairs(
        lambda _: bench.ours(flow(top, "boost")), lambda _: bench.theirs("lightgbm", folder=folders[top]), count=1)
    bench.stage(f"train boost, {sizes[top]:,} rows / LightGBM", "boost", ours, theirs, 0.4)
    mine, other = ours[-1].peak, theirs[-1]["peak"]
    bench.add("peak memory of the whole run", rig.shown_bytes(mine), rig.shown_bytes(other), mine / other, 1)


if __name__ == "__main__":
    sys.exit(rig.main(__file__, measure, peers={"lightgbm": peers.lightgbm}, pairs=3,
                      arguments={"--looks": {"action": "store_true", "help": "load and profile only"}}))
