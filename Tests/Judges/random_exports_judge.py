"""Whether onnxruntime answers from raw columns as `predict` does, for models of tables drawn at random.

Columns are of every type that a file has, any may have missing cells, and the label may follow from nothing but which
cells those are; the rows to score have missing cells of their own and texts that nobody has seen.

usage: random_exports_judge.py COUNT SEED [LEARNER]     Exit status 1 when an answer differs by more than 1e-9.
"""
import sys
import tempfile

import numpy as np
import pandas as pd

import onnx_judge
import running

TOLERANCE = "1e-9"
FLOWS_OF_RUN = 25
CLASSIFIERS = [
    "dummy", "logistic", "logistic, C: 0.1", "tree, depth: 6", "tree, criterion: entropy, min_samples_leaf: 3",
    "boost, trees: 10", "boost, trees: 5, max_leaf_nodes: 4, min_samples_leaf: 2, learning_rate: 0.5"]
REGRESSORS = [
    "dummy", "linear", "ridge, alpha: 2", "tree, depth: 5", "boost, trees: 10",
    "boost, trees: 5, max_leaf_nodes: 4, min_samples_leaf: 2, learning_rate: 0.5"]
RECORDED = ["", "encode text = ordinal\n", "impute numeric() = mean\n", "derive more = if flag then number else 0 - number\n"]


def column(kind, draw, rows):
    match kind:
        case "number": return np.round(draw.normal(size=rows) * 10.0 ** draw.integers(-3, 6), 6)
        case "whole": return draw.integers(-50, 50, rows)
        case "text": return np.array([f"kind {code}" for code in draw.integers(0, draw.integers(2, 9), rows)], dtype=object)
        case "flag": return np.where(draw.random(rows) < 0.5, "true", "false").astype(object)
        case "day": return np.array([str(day) for day in np.datetime64("2020-01-01") + draw.integers(0, 900, rows)], dtype=object)
        case "at": return np.array([f"{at}Z" for at in np.datetime64("2024-02-28T00:00:00") + draw.integers(0, 10**7, rows)], dtype=object)


def table(draw, rows):
    """Columns of all kinds, each with its own share of missing cells."""
    made = pd.DataFrame({kind: pd.Series(column(kind, draw, rows), dtype=object) for kind in ["number", "whole", "text", "flag", "day", "at"]})
    for name in made.columns:
        made.loc[draw.random(rows) < draw.choice([0, 0.05, 0.4]), name] = None
    return made


def score(draw, made):
    """What a label follows from: values, or which cells are missing."""
    names = draw.choice(made.columns, 2, replace=False)
    parts = [made[names[0]].isna().to_numpy() * 2.0 - 1, pd.factorize(made[names[1]])[0] % 3 - 1.0]
    return parts[0] + (parts[1] if draw.random() < 0.5 else 0) + 0.5 * draw.normal(size=len(made))


def label(draw, values):
    match draw.integers(0, 4):
        case 0: return pd.Series(np.where(values > 0, "yes", "no")), CLASSIFIERS
        case 1: return pd.Series(np.digitize(values, [-0.7, 0.7])).map({0: "low", 1: "middle", 2: "high"}), CLASSIFIERS
        case 2: return pd.Series(np.where(values > 0, "true", "false")), CLASSIFIERS
        case _: return pd.Series(np.round(values * 100, 4)), REGRESSORS


def flow(place, seed, only, folder):
    """A flow that trains, exports and predicts, and the files to judge."""
    draw = np.random.default_rng([seed, place])
    made = table(draw, int(draw.integers(60, 240)))
    made["label"], learners = label(draw, score(draw, made))
    rows = table(draw, 60)
    rows.loc[draw.random(60) < 0.1, "text"] = "never seen ✓"
    paths = [f"{folder}/{place}{ending}" for ending in (".csv", ".rows.csv", ".onnx", ".expected.csv")]
    made.to_csv(paths[0], index=False)
    rows.to_csv(paths[1], index=False)
    learner = only or draw.choice(learners)
    words = (
        f"load {running.quoted(paths[0])}\nlabel label\n{draw.choice(RECORDED)}split valid: 0.2, test: 0, seed: {place}\n"
        f"train {learner}\nexport {running.quoted(paths[2])}\npredict {running.quoted(paths[1])}\nexport {running.quoted(paths[3])}")
    return words, [paths[2], paths[1], paths[3]]


def main(arguments):
    count, seed = int(arguments[0]), int(arguments[1])
    only = arguments[2] if len(arguments) > 2 else None
    with tempfile.TemporaryDirectory() as folder:
        flows = [flow(place, seed, only, folder) for place in range(count)]
        for start in range(0, count, FLOWS_OF_RUN):
            running.run("\n".join(words for words, _ in flows[start:start + FLOWS_OF_RUN]), folder)
        return onnx_judge.main([*(path for _, paths in flows for path in paths), TOLERANCE])


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
