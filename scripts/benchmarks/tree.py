"""tree: one of depth 10 on 900,000 rows × 28 beside scikit-learn's; the time above `split`."""
import sys

import made_data
import peers
import rig


def decision_tree(folder):
    from sklearn.tree import DecisionTreeClassifier

    x, y, x_valid, y_valid = peers.matrices(folder)
    model, use = rig.timed(lambda: DecisionTreeClassifier(max_depth=10, random_state=0).fit(x, y))
    return {**use, **peers.quality(y_valid, model.predict_proba(x_valid)[:, 1])}


def measure(bench):
    folder = made_data.folder("measurements", bench.sized(960_000, least=960, step=48))
    flow = rig.script(
        ("load", f'load "{folder}/rows.csv"\nlabel y, positive: 1'), ("split", "split using: part"),
        ("train", "train tree, depth: 10"), ("eval", "eval"))
    ours, theirs = bench.pairs(lambda _: bench.ours(flow), lambda _: bench.theirs("tree", folder=folder))
    bench.stage("train tree / scikit-learn", "train", ours, theirs, 0.2)
    mine = rig.figures(ours[-1])
    for name, slack in (("accuracy", 0.002), ("auc", 0.002)):
        bench.add(
            name, f"{mine[name]:.4f}", f"{theirs[-1][name]:.4f}", bar=f"≥ theirs − {slack}",
            met=mine[name] >= theirs[-1][name] - slack)


if __name__ == "__main__":
    sys.exit(rig.main(__file__, measure, peers={"tree": decision_tree}))
