"""Whether `impute` fills what scikit-learn's KNNImputer and IterativeImputer fill, to 1e-9, on the rows it was fitted on and on others,
and by groups what pandas does.

Exit status 1 where a cell differs. Numbers are drawn from continuous distributions, so that no two rows are equally far from a third:
scikit-learn leaves open which of these it takes.
"""
import sys
import tempfile
import warnings

import numpy as np
import pandas as pd
from sklearn.experimental import enable_iterative_imputer  # noqa: F401
from sklearn.impute import IterativeImputer, KNNImputer

import running

TOLERANCE = 1e-9


def draw(rng):
    """Columns that hang together, of any scale, some cells of them missing."""
    rows, width = int(rng.integers(12, 300)), int(rng.integers(2, 8))
    factors = rng.normal(size=(rows, 2))
    numbers = factors @ rng.normal(size=(2, width)) + rng.normal(size=(rows, width)) * rng.uniform(0.05, 1)
    numbers = numbers * 10.0 ** rng.integers(-2, 4, size=width) + rng.normal(size=width) * 50
    holes = rng.random((rows, width)) < rng.choice([0.02, 0.1, 0.4])
    holes[:, rng.random(width) < 0.3] = False
    numbers[holes] = np.nan
    numbers[:3] = np.where(np.isnan(numbers[:3]), rng.normal(size=(3, width)), numbers[:3])
    return pd.DataFrame(numbers, columns=[f"x{place}" for place in range(width)])


def compare(what, ours, theirs, failures):
    ours, theirs = np.asarray(ours, float), np.asarray(theirs, float)
    scale = np.maximum(1, np.abs(theirs))
    difference = np.nanmax(np.abs(ours - theirs) / scale) if ours.size else 0
    if (np.isnan(ours) != np.isnan(theirs)).any() or difference > TOLERANCE:
        failures.append(f"{what}: off by {difference}")
    return difference


def judge_rows(rng, folder, failures):
    table = draw(rng)
    table.to_csv(f"{folder}/rows.csv", index=False)
    types = ", ".join(f"{name}: float" for name in table)
    neighbours, rounds = int(rng.integers(1, 9)), int(rng.choice([1, 3, 10]))
    worst = 0
    for word, judge in [
        (f"knn({neighbours})", KNNImputer(n_neighbors=neighbours)),
        (f"iterative(max_iter: {rounds})", IterativeImputer(max_iter=rounds)),
    ]:
        running.run(
            f'load "rows.csv", types: {{{types}}}\nimpute all() = {word}\nexport "filled.csv", replace: true', folder)
        ours = pd.read_csv(f"{folder}/filled.csv")
        worst = max(worst, compare(f"{word} of {table.shape}", ours, judge.fit_transform(table), failures))
    return worst


def judge_parts(rng, folder, failures):
    """Fitted on the train part alone: the other rows are filled by what it taught."""
    table = draw(rng)
    table["part"] = np.where(np.arange(len(table)) % 4 == 3, "valid", "train")
    table["y"] = rng.normal(size=len(table))
    table.to_csv(f"{folder}/parts.csv", index=False)
    names = [name for name in table if name.startswith("x")]
    types = ", ".join(f"{name}: float" for name in names + ["y"])
    train = table[table.part == "train"]
    worst = 0
    for word, judge in [("knn(3)", KNNImputer(n_neighbors=3)), ("iterative", IterativeImputer())]:
        running.run(
            f'load "parts.csv", types: {{{types}}}\nlabel y\nimpute [{", ".join(names)}] = {word}\nas table\n'
            f'split using: part\ntrain linear, alpha: 0\nexport "m.mlpkg", replace: true\n'
            f'predict "parts.csv"\nexport "answers.csv", replace: true', folder)
        judge.fit(train[names])
        filled = judge.transform(table[names])
        design = np.column_stack([np.ones(len(train)), filled[(table.part == "train").to_numpy()]])
        weights = np.linalg.lstsq(design, train.y, rcond=None)[0]
        answers = pd.read_csv(f"{folder}/answers.csv").prediction
        expected = np.column_stack([np.ones(len(table)), filled]) @ weights
        scale = max(1.0, np.abs(expected).max())
        # The least squares on top lose digits of their own.
        difference = np.abs(answers - expected).max() / scale
        if difference > 1e-7:
            failures.append(f"{word} on other rows of {table.shape}: off by {difference}")
        worst = max(worst, difference)
    return worst


def judge_groups(rng, folder, failures):
    table = draw(rng)
    rows = len(table)
    table["g"] = rng.choice(["a", "b", "c"], rows)
    table["h"] = rng.integers(0, 3, rows)
    table.loc[rng.random(rows) < 0.1, "g"] = None
    table["t"] = rng.permutation(rows)
    table.to_csv(f"{folder}/groups.csv", index=False)
    types = ", ".join(f"{name}: float" for name in table if name.startswith("x"))
    for word in ["mean", "median"]:
        running.run(
            f'load "groups.csv", types: {{{types}}}\nimpute x0 = {word}, by: [g, h]\nexport "filled.csv", replace: true',
            folder)
        ours = pd.read_csv(f"{folder}/filled.csv").x0
        own = table.groupby(["g", "h"]).x0.transform(word)
        theirs = table.x0.fillna(own).fillna(getattr(table.x0, word)())
        compare(f"{word} by groups of {table.shape}", ours, theirs, failures)
    running.run(
        f'load "groups.csv", types: {{{types}}}\nimpute x0 = forward, by: g, order: t\nexport "filled.csv", replace: true',
        folder)
    ordered = table.sort_values("t")
    theirs = ordered.groupby("g").x0.ffill().reindex(table.index)
    theirs = theirs.where(table.g.notna(), table.x0)
    compare(f"forward of {table.shape}", pd.read_csv(f"{folder}/filled.csv").x0, theirs, failures)


def main():
    warnings.simplefilter("ignore")
    count, seed = int(sys.argv[1]), int(sys.argv[2])
    failures, worst = [], [0, 0]
    with tempfile.TemporaryDirectory() as folder:
        for place in range(count):
            rng = np.random.default_rng([seed, place])
            worst[0] = max(worst[0], judge_rows(rng, folder, failures))
            worst[1] = max(worst[1], judge_parts(rng, folder, failures))
            judge_groups(rng, folder, failures)
    print(f"impute: {count} tables, at most {worst[0]:.1e} off, and {worst[1]:.1e} through a model")
    if failures:
        sys.exit("\n".join(failures))


main()
