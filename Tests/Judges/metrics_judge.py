"""What scikit-learn says of given predictions: JSON lines in, JSON lines out.

A line in: {"task": "binary" | "multiclass" | "regression", "classes": 2, "positive": 1, "true": [...], "predicted": [...],
"probabilities": [[...], ...]}. A line out: {"metric": value or null}, by the names of the project's metrics.

What is nothing over nothing is null, as with zero_division=nan, and means over classes leave such classes out. Where scikit-learn
puts a number in its place all the same (0 for a correlation with a constant, 1 or 0 for a label without variance), it is null
here too.
"""
import json
import math
import sys
import warnings

import numpy as np
from sklearn import metrics as m

warnings.filterwarnings("ignore")


def classification(case):
    truth, answer = np.array(case["true"]), np.array(case["predicted"])
    codes = list(range(case["classes"]))
    binary = case["classes"] == 2
    positive = case.get("positive", 1)
    nan = dict(zero_division=np.nan)
    average = dict(average="binary", pos_label=positive) if binary else dict(average="macro", labels=codes)
    several, given = len(set(truth)) > 1, len(set(answer)) > 1
    yield "accuracy", lambda: m.accuracy_score(truth, answer)
    yield "balanced_accuracy", lambda: m.balanced_accuracy_score(truth, answer) if several else None
    yield "matthews_corrcoef", lambda: m.matthews_corrcoef(truth, answer) if several and given else None
    yield "cohen_kappa", lambda: m.cohen_kappa_score(truth, answer)
    for name in ("precision", "recall", "f1"):
        score = getattr(m, name + "_score")
        yield name, lambda score=score: score(truth, answer, **average, **nan)
        # A class that rows are of has no precision when none was given it; with no other class there is no mean.
        valued = name != "precision" or set(truth) & set(answer)
        yield name + "_weighted", lambda score=score, valued=valued: (
            score(truth, answer, average="weighted", **nan) if valued else None)
    if binary:
        yield "specificity", lambda: m.recall_score(truth, answer, pos_label=1 - positive, **nan)
    if "probabilities" not in case:
        return
    chances = np.array(case["probabilities"])
    yield "log_loss", lambda: m.log_loss(truth, chances, labels=codes)
    if binary:
        scores = chances[:, positive]
        yield "auc", lambda: m.roc_auc_score(truth == positive, scores)
        found = (truth == positive).any()
        yield "average_precision", lambda: m.average_precision_score(truth == positive, scores) if found else None
        yield "brier_score", lambda: m.brier_score_loss(truth == positive, scores)
    else:
        yield "top_k_accuracy", lambda: m.top_k_accuracy_score(truth, chances, k=2, labels=codes)
        there = sorted(set(truth))
        yield "auc", lambda: np.mean([m.roc_auc_score(truth == k, chances[:, k]) for k in there]) if several else None
        yield "average_precision", lambda: np.mean([m.average_precision_score(truth == k, chances[:, k]) for k in there])
        yield "brier_score", lambda: np.mean(((truth[:, None] == codes) - chances) ** 2) * len(codes)


def regression(case):
    truth, answer = np.array(case["true"], float), np.array(case["predicted"], float)
    names = {
        "mse": "mean_squared_error", "rmse": "root_mean_squared_error", "mae": "mean_absolute_error",
        "median_ae": "median_absolute_error", "r2": "r2_score", "explained_variance": "explained_variance_score",
        "mape": "mean_absolute_percentage_error", "max_error": "max_error",
    }
    undefined = set()
    if len(set(truth)) == 1:
        undefined |= {"r2", "explained_variance"}
    if (truth == 0).any():
        undefined |= {"mape"}
    for ours, theirs in names.items():
        yield ours, lambda ours=ours, theirs=theirs: None if ours in undefined else getattr(m, theirs)(truth, answer)


def value(score):
    try:
        result = score()
    except ValueError:
        return None
    return None if result is None or math.isnan(result) else float(result)


for line in sys.stdin:
    case = json.loads(line)
    scores = regression(case) if case["task"] == "regression" else classification(case)
    print(json.dumps({name: value(score) for name, score in scores}), flush=True)
