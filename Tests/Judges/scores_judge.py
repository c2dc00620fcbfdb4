"""Whether our learners score as scikit-learn's of the same settings do, over the same five folds of the sets that ship.

usage: scores_judge.py [NAME…]

Prints a line for each set, algorithm and score: ours, theirs, their standard error over the folds. Exit status 1 when
ours is worse by more than one standard error. Ours are the figures of all out-of-fold rows together, as `eval` gives
them; theirs the mean over the folds, each by its rows.
"""
import sys
import tempfile

import numpy as np
import pandas as pd
from sklearn.compose import make_column_selector, make_column_transformer
from sklearn.ensemble import HistGradientBoostingClassifier, HistGradientBoostingRegressor
from sklearn.impute import SimpleImputer
from sklearn.linear_model import LinearRegression, LogisticRegression
from sklearn.metrics import accuracy_score, log_loss, mean_squared_error
from sklearn.model_selection import KFold, StratifiedKFold
from sklearn.pipeline import make_pipeline
from sklearn.preprocessing import OneHotEncoder, StandardScaler
from sklearn.tree import DecisionTreeClassifier, DecisionTreeRegressor

import data_sets
import running

FOLDS = 5


def encoded(estimator):
    """Numbers filled with the median and standardised, texts one-hot, before an estimator that needs both."""
    numbers = make_pipeline(SimpleImputer(strategy="median"), StandardScaler())
    texts = OneHotEncoder(handle_unknown="ignore")
    columns = make_column_transformer(
        (numbers, make_column_selector(dtype_include="number")), (texts, make_column_selector(dtype_exclude="number")))
    return make_pipeline(columns, estimator)


# algorithm | our stage | theirs for classes | theirs for numbers
ALGORITHMS = {
    "logistic": ("train logistic", lambda: encoded(LogisticRegression(max_iter=10_000, tol=1e-8)), None),
    "linear": ("train linear", None, lambda: encoded(LinearRegression())),
    "tree": (
        "train tree, depth: 5",
        lambda: encoded(DecisionTreeClassifier(max_depth=5, random_state=0)),
        lambda: encoded(DecisionTreeRegressor(max_depth=5, random_state=0)),
    ),
    "boost": (
        "train boost",
        lambda: HistGradientBoostingClassifier(
            categorical_features="from_dtype", early_stopping=False, random_state=0),
        lambda: HistGradientBoostingRegressor(categorical_features="from_dtype", early_stopping=False, random_state=0),
    ),
}


def fold_numbers(data, table):
    split = (StratifiedKFold if data.is_classes else KFold)(FOLDS, shuffle=True, random_state=0)
    numbers = np.zeros(len(table), int)
    for fold, (_, held_out) in enumerate(split.split(table, table[data.label])):
        numbers[held_out] = fold
    return numbers


def scores(data, algorithm):
    """Name of a score, whether larger is better, and how it is taken."""
    if not data.is_classes:
        return {"mse": (False, lambda truth, answer, _, __: mean_squared_error(truth, answer))}
    chosen = {"accuracy": (True, lambda truth, answer, _, __: accuracy_score(truth, answer))}
    # The leaves of a single tree are so pure that its log loss is decided by a handful of rows.
    if algorithm != "tree":
        chosen["log_loss"] = (False, lambda truth, _, chances, classes: log_loss(truth, chances, labels=classes))
    return chosen


def theirs(data, table, folds, algorithm, make):
    features = table.drop(columns=[data.label])
    if algorithm == "boost":
        texts = data_sets.text_columns(features)
        features = features.astype({name: "category" for name in texts})
    label = table[data.label]
    taken = {name: [] for name in scores(data, algorithm)}
    sizes = np.bincount(folds)
    for fold in range(FOLDS):
        held_out = folds == fold
        model = make().fit(features[~held_out], label[~held_out])
        answer = model.predict(features[held_out])
        chances = model.predict_proba(features[held_out]) if data.is_classes else None
        for name, (_, score) in scores(data, algorithm).items():
            taken[name].append(score(label[held_out], answer, chances, getattr(model, "classes_", None)))
    # Folds that happen to score alike have no spread, so one row is the least that counts as a difference.
    least = {"accuracy": 1 / len(table)}
    return {
        name: (np.average(values, weights=sizes), max(np.std(values, ddof=1) / np.sqrt(FOLDS), least.get(name, 0)))
        for name, values in taken.items()
    }


def ours(data, path, folder, stage):
    task = "classification" if data.is_classes else "regression"
    return running.figures(running.run(
        f"load {running.quoted(path)}\nlabel {data.label}, task: {task}\nsplit train: 1, using: judged_fold\n"
        f"drop judged_fold\n{stage}\neval", folder))


def judge(data, folder):
    table = data.table()
    folds = fold_numbers(data, table)
    path = f"{folder}/{data.name}.csv"
    table.assign(judged_fold=folds).to_csv(path, index=False)
    all_hold = True
    for algorithm, (stage, for_classes, for_numbers) in ALGORITHMS.items():
        make = for_classes if data.is_classes else for_numbers
        if make is None:
            continue
        given = ours(data, path, folder, stage)
        for name, (mean, error) in theirs(data, table, folds, algorithm, make).items():
            larger_is_better = scores(data, algorithm)[name][0]
            loss = (mean - given[name]) if larger_is_better else (given[name] - mean)
            holds = loss <= error + 1e-12
            all_hold = all_hold and holds
            print(
                f"{data.name:14} {algorithm:9} {name:9} ours {given[name]:<12.6g} theirs {mean:<12.6g} ± {error:<10.3g}"
                f" {'ok' if holds else 'WORSE'}", flush=True)
    return all_hold


def main(names):
    chosen = [data_sets.named(name) for name in names] or data_sets.ALL
    with tempfile.TemporaryDirectory() as folder:
        verdicts = [judge(data, folder) for data in chosen]
    return 0 if all(verdicts) else 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
