"""boost: 900,000 rows × 28, 100 trees of 31 leaves, 255 bins, beside LightGBM; the time above `split`.

Each round draws another sample to make bins from, on both sides: the sample alone moves every figure a little. Leaves go
unpenalised on both, which is LightGBM's default and not ours.
"""
import sys

import made_data
import peers
import rig

MAY_LOSE = 0.0005


def measure(bench, kind="measurements", rows=960_000, bar=0.33, may_lose=MAY_LOSE):
    folder = made_data.folder(kind, bench.sized(rows, least=960, step=48))
    def flow(seed):
        return rig.script(
            ("load", f'load "{folder}/rows.csv"\nlabel y, positive: 1'), ("split", "split using: part"),
            ("train", f"train boost, l2_regularization: 0, seed: {seed}"), ("eval", "eval"))

    ours, theirs = bench.pairs(
        lambda place: bench.ours(flow(place + 1)), lambda place: bench.theirs("lightgbm", folder=folder, seed=place + 1))
    bench.stage("train boost / LightGBM", "train", ours, theirs, bar)
    bench.add(
        "peak memory", rig.shown_bytes(rig.median(one.peak for one in ours)),
        rig.shown_bytes(rig.median(one["peak"] for one in theirs)))
    mine, other = rig.mean(rig.figures(one)["auc"] for one in ours), rig.mean(one["auc"] for one in theirs)
    bench.add(
        f"mean AUC of {len(ours)} seeds", f"{mine:.4f}", f"{other:.4f}", bar=f"≥ theirs − {may_lose}",
        met=mine >= other - may_lose)


if __name__ == "__main__":
    sys.exit(rig.main(__file__, measure, peers={"lightgbm": peers.lightgbm}, pairs=5))
