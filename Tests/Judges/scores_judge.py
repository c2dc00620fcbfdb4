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


# algorithm | our stage | theirs for classes | theirs for numbers, each from a seed
ALGORITHMS = {
    "logistic": ("train logistic", lambda _: encoded(LogisticRegression(max_iter=10_000, tol=1e-8)), None),
    "linear": ("train linear", None, lambda _: encoded(LinearRegression())),
    "tree": (
        "train tree, depth: 5",
        lambda seed: encoded(DecisionTreeClassifier(max_depth=5, random_state=seed)),
        lambda seed: encoded(DecisionTreeRegressor(max_depth=5, random_state=seed)),
    ),
    "boost": (
        "train boost",
        lambda seed: HistGradientBoostingClassifier(
            categorical_features="from_dtype", early_stopping=False, l2_regularization=1, random_state=seed),
        lambda seed: HistGradientBoostingRegressor(
            categorical_features="from_dtype", early_stopping=False, l2_regularization=1, random_state=seed),
    ),
}
# Their tree draws among splits that are equally good, ours takes the first: theirs is a mean over draws.
DRAWS = {"tree": 8}


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
    """For each score its mean over folds and draws, and the standard error of that of one draw."""
    features = table.drop(columns=[data.label])
    if algorithm == "boost":
        features = features.astype({name: "category" for name in data_sets.text_columns(features)})
    draws = [by_fold(data, features, table[data.label], folds, algorithm, make, seed) for seed in range(DRAWS.get(algorithm, 1))]
    sizes = np.bincount(folds)
    # Folds that happen to score alike have no spread, so one row is the least that counts as a difference.
    least = {"accuracy": 1 / len(table)}
    result = {}
    for name in draws[0]:
        means = [np.average(draw[name], weights=sizes) for draw in draws]
        spread = np.mean([np.std(draw[name], ddof=1) for draw in draws]) / np.sqrt(FOLDS)
        result[name] = np.mean(means), max(np.hypot(spread, np.std(means)), least.get(name, 0))
    return result


def by_fold(data, features, label, folds, algorithm, make, seed):
    taken = {name: [] for name in scores(data, algorithm)}
    for fold in range(FOLDS):
        held_out = folds == fold
        model = make(seed).fit(features[~held_out], label[~held_out])
        answer = model.predict(features[held_out])
        chances = model.predict_proba(features[held_out]) if data.is_classes else None
        for name, (_, score) in scores(data, algorithm).items():
            taken[name].append(score(label[held_out], answer, chances, getattr(model, "classes_", None)))
    return taken


def ours(data, table, path, folder, algorithm, stage):
    task = "classification" if data.is_classes else "regression"
    features = table.drop(columns=[data.label])
    recorded = ""
    # Our tree takes missing cells and categories as they are; here it gets them as theirs does.
    if algorithm == "tree" and features.select_dtypes("number").isna().any(axis=None):
        recorded += "impute numeric() = median\n"
    if algorithm == "tree" and data_sets.text_columns(features):
        recorded += "encode text() = onehot\n"
    return running.figures(running.run(
        f"load {running.quoted(path)}\nlabel {data.label}, task: {task}\n"
        f"split train: 1, using: judged_fold\n{recorded}{stage}\neval", folder))


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
        given = ours(data, table, path, folder, algorithm, stage)
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
