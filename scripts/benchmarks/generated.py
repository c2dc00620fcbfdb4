"""generated: our learners on sets drawn from a seed (Tests/Judges/generated_sets.py), on the same folds as their peers.

Bars: none worse than `dummy` beyond chance · boost within one standard error of the better of LightGBM and
HistGradientBoosting in 90 of 100 sets, and on average ahead of each · linear and logistic as scikit-learn's to 1e-6.
All defaults; a gain is a share of the loss of `dummy`.
"""
import collections
import sys
import warnings

import rig

SHARE = 0.9


def lightgbm(data, x, y, train, valid):
    import lightgbm
    import numpy as np

    import generated_sets_peers as peers

    # More threads than cores that are free slow it down a hundredfold.
    settings = {"n_jobs": 1, "verbosity": -1, "random_state": 0}
    if not data.is_classes:
        return lightgbm.LGBMRegressor(**settings).fit(x.iloc[train], y[train]).predict(x.iloc[valid])
    model = lightgbm.LGBMClassifier(**settings).fit(x.iloc[train], np.asarray(y[train], str))
    return peers.chances_of(model, x.iloc[valid], data)


def gain(found, peer):
    """How far we are ahead of a peer, as a share of the loss of `dummy`, at most half of it."""
    ahead = found.losses[peer][0] - found.losses["ours"][0]
    return max(-0.5, min(0.5, ahead / max(found.losses["dummy"][0], 1e-300)))


def measure(bench):
    import generated_sets_judge as judge

    warnings.filterwarnings("ignore")
    judge.running.MLP = str(bench.options.binary)
    boosters = {"LightGBM": lightgbm, "HistGradientBoosting": judge.peers.hist_gradient_boosting}
    most = max(300, round(judge.generated_sets.MOST * bench.options.scale))
    indices = range(bench.options.first, bench.options.first + bench.options.sets)
    results = judge.study(bench.options.seed, indices, boosters, most, rig.say)
    boosted = [one for one in results if "ours" in one.losses]
    holding = sum(one.boost_holds for one in results)
    bench.add(
        "boost within one standard error of the better", f"{holding} of {len(results)}", bar=f"≥ {SHARE:.0%}",
        met=holding >= SHARE * len(results))
    for peer in boosters:
        ahead = rig.mean(gain(one, peer) for one in boosted)
        said = f"{ahead:+.4f}, ahead in {sum(gain(one, peer) > 0 for one in boosted)} of {len(boosted)}"
        bench.add(f"boost, mean gain on {peer}", said, bar="≥ 0", met=ahead >= 0)
    kinds = judge.kinds(results)
    del kinds[("behind the better booster", "boost")]
    by_kind = collections.Counter(dict.fromkeys(("no answer", "not a number", "worse than dummy", "not as scikit-learn"), 0))
    for (kind, _), count in kinds.items():
        by_kind[kind] += count
    for kind, count in by_kind.items():
        learners = ", ".join(f"{learner} {times}" for (one, learner), times in sorted(kinds.items()) if one == kind)
        bench.add(kind, f"{count} {f'({learners})' if learners else ''}".strip(), bar="0", met=count == 0)
    bench.add("as bad as dummy, and the peer too", str(sum(one.excused for one in results)))
    bench.add("folds compared with converged fits", str(sum(one.compared for one in results)))


if __name__ == "__main__":
    numbers = {"--sets": 60, "--seed": 1, "--first": 0}
    options = {name: {"type": int, "default": value} for name, value in numbers.items()}
    sys.exit(rig.main(__file__, measure, arguments=options))
