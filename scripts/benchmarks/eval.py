"""eval: `eval` of boost and of logistic on 900,000 rows × 28, beside an older build of ours (--before PATH).

An older build that has a folder `stdlib` beside it is run with that one.
"""
import sys

import made_data
import rig


def measure(bench):
    before = bench.options.before
    folder = made_data.folder("measurements", bench.sized(960_000, least=960, step=48))
    for learner in ("boost", "logistic"):
        # The sixteenth that other benchmarks judge by is learned from, and the rest is judged.
        flow = rig.script(
            ("load", f'load "{folder}/rows.csv"\nlabel y, positive: 1'),
            ("split", 'derive side = if part == "train" then "valid" else "train"\ndrop part\nsplit using: side'),
            ("train", f"train {learner}"), ("eval", "eval"))
        ours, theirs = bench.pairs(lambda _: bench.ours(flow), lambda _: bench.ours(flow, binary=before))
        after, earlier = ([one.stage("eval") for one in side] for side in (ours, theirs))
        bench.times(f"eval {learner} / before", after, earlier, 1)
        bench.add(
            "cores busy", *(f"{rig.median(one.cores('eval') for one in side):.1f}" for side in (ours, theirs)))
        bench.add("peak memory", *(rig.shown_bytes(rig.median(one.peak for one in side)) for side in (ours, theirs)))
        bench.add("AUC", *(f"{rig.figures(side[-1])['auc']:.4f}" for side in (ours, theirs)))


if __name__ == "__main__":
    sys.exit(rig.main(__file__, measure, arguments={"--before": {"required": True, "help": "an older build of ours"}}))
