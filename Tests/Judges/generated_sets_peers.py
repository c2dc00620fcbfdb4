"""What those do that our learners are held against on generated sets: answers for the held-out rows of a fold.

Each takes the set, its labels and the places of training and held-out rows; those for boost take the features too, as
`for_trees` gives them.
"""
import warnings

import numpy as np
import pandas as pd
from sklearn.ensemble import HistGradientBoostingClassifier, HistGradientBoostingRegressor
from sklearn.exceptions import ConvergenceWarning
from sklearn.linear_model import LinearRegression, LogisticRegression
from sklearn.preprocessing import OneHotEncoder
from sklearn.tree import DecisionTreeClassifier, DecisionTreeRegressor

from generated_sets import LABEL


def classes_of(data):
    return sorted(data.table[LABEL].dropna().unique())


def is_bool(column):
    """Whether it is read as true and false: a text column where cells are missing."""
    return not pd.api.types.is_numeric_dtype(column) and set(column.dropna().unique()) <= {"true", "false"}


def as_numbers(data, train, valid, scaled):
    """What our linear learners are said to take: medians for missing numbers, a place for each category, `missing` too.

    `scaled` says which columns are standardised: "none", "numbers" or "all". A text that tells rows apart instead of grouping
    them takes no part, nor does a column without a value.
    """
    blocks = []
    are_numbers = []
    for name in data.features:
        column = data.table[name]
        if pd.api.types.is_numeric_dtype(column) or is_bool(column):
            values = column.map({"true": 1.0, "false": 0.0}) if is_bool(column) else column
            values = values.to_numpy(float)
            known = values[train][~np.isnan(values[train])]
            if len(known):
                blocks.append(np.where(np.isnan(values), np.median(known), values).reshape(-1, 1))
                are_numbers.append(True)
            continue
        words = column.iloc[train].dropna()
        if words.nunique() > 20 and words.nunique() > 0.5 * len(words) or not len(words):
            continue
        encoder = OneHotEncoder(handle_unknown="ignore", sparse_output=False).fit(column.iloc[train].to_frame())
        blocks.append(encoder.transform(column.to_frame()))
        are_numbers += [False] * blocks[-1].shape[1]
    x = np.hstack(blocks) if blocks else np.zeros((len(data.table), 0))
    if scaled != "none":
        centre, spread = x[train].mean(axis=0), x[train].std(axis=0)
        if scaled == "numbers":
            centre, spread = np.where(are_numbers, centre, 0.0), np.where(are_numbers, spread, 1.0)
        # A column that is the same in every row has no spread but what rounding leaves.
        spread[spread <= 1e-12 * np.abs(centre)] = np.inf
        x = (x - centre) / np.where(spread == 0, np.inf, spread)
    return x[train], x[valid]


def for_trees(data, most_categories=254):
    """Texts as categories of pandas, the rarest together where there are more than the peers take."""
    x = data.table[data.features].copy()
    for name in data.texts:
        if is_bool(x[name]):
            x[name] = x[name].map({"true": 1.0, "false": 0.0}).astype(float)
            continue
        counts = x[name].value_counts()
        if len(counts) > most_categories:
            x[name] = x[name].where(x[name].isin(counts.index[: most_categories - 1]) | x[name].isna(), "other")
        x[name] = x[name].astype("category")
    return x


def hist_gradient_boosting(data, x, y, train, valid):
    kind = HistGradientBoostingClassifier if data.is_classes else HistGradientBoostingRegressor
    model = kind(early_stopping=False, categorical_features="from_dtype", random_state=0).fit(x.iloc[train], y[train])
    return chances_of(model, x.iloc[valid], data) if data.is_classes else model.predict(x.iloc[valid])


def chances_of(model, x, data):
    """Chances for all classes of the set; those that the training rows do not have get none."""
    known = {name: place for place, name in enumerate(model.classes_)}
    chances = model.predict_proba(x)
    return np.column_stack([chances[:, known[name]] if name in known else np.zeros(len(x)) for name in classes_of(data)])


def decision_tree(data, y, train, valid):
    x_train, x_valid = as_numbers(data, train, valid, scaled="none")
    kind = DecisionTreeClassifier if data.is_classes else DecisionTreeRegressor
    model = kind(max_depth=5, random_state=0).fit(x_train, y[train])
    return chances_of(model, x_valid, data) if data.is_classes else model.predict(x_valid)


def linear(data, y, train, valid):
    """Answers, and the held-out rows for which least squares decides them: those in the span of the training rows."""
    x_train, x_valid = as_numbers(data, train, valid, scaled="all")
    model = LinearRegression(tol=1e-10).fit(x_train, y[train])
    _, sizes, directions = np.linalg.svd(x_train, full_matrices=False)
    span = directions[sizes > 1e-10 * max(sizes.max(initial=0), 1e-300)]
    beside = x_valid - x_valid @ span.T @ span
    return model.predict(x_valid), np.abs(beside).max(axis=1, initial=0) < 1e-7


def logistic(data, y, train, valid):
    """Answers of a fit that has come to its end, or none."""
    x_train, x_valid = as_numbers(data, train, valid, scaled="numbers")
    if x_train.shape[1] == 0:
        return None
    weights = x_train.shape[1] * (1 if len(np.unique(y[train])) == 2 else len(np.unique(y[train])))
    model = LogisticRegression(tol=1e-11, max_iter=5000, warm_start=True)
    # lbfgs ends, without a word, where the loss no longer falls by 1e-14 of itself, which can be 1e-6 of a probability off.
    solvers = ["newton-cholesky"] if weights <= 1000 else ["lbfgs", "newton-cg"]
    with warnings.catch_warnings():
        warnings.simplefilter("error", ConvergenceWarning)
        try:
            for solver in solvers:
                model.set_params(solver=solver).fit(x_train, y[train])
        except ConvergenceWarning:
            return None
    return chances_of(model, x_valid, data)


def dummy(data, y, train, valid):
    if not data.is_classes:
        return np.full(len(valid), y[train].mean())
    return np.tile([np.mean(y[train] == name) for name in classes_of(data)], (len(valid), 1))
