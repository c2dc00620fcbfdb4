"""Whether our learners hold up on generated sets, fold by fold on the same rows as those they are held against.

usage: generated_sets_judge.py SEED FIRST LAST MOST_ROWS

- None is worse than `dummy` beyond chance, unless scikit-learn's of the same settings is as bad.
- boost is within one standard error of the better of the peers that are given (here HistGradientBoosting).
- linear and logistic answer as scikit-learn's do when both go on to the end: to 1e-6.

Prints a line for each set; exit status 1 when one of the three does not hold. Every answer is scored here, by the same
code on both sides.
"""
import collections
import dataclasses
import json
import pathlib
import subprocess
import sys
import tempfile
import warnings

import numpy as np
import pandas as pd
from sklearn.ensemble import HistGradientBoostingClassifier, HistGradientBoostingRegressor
from sklearn.exceptions import ConvergenceWarning
from sklearn.linear_model import LinearRegression, LogisticRegression
from sklearn.preprocessing import OneHotEncoder
from sklearn.tree import DecisionTreeClassifier, DecisionTreeRegressor

import generated_sets
import running
from generated_sets import LABEL

EXACT_TO = 1e-6
# Standard errors of a mean over rows: one in thousands is this far off by chance.
BEYOND_CHANCE = 3.5
LEAST_PROBABILITY = 1e-15
LEARNERS = {"linear": "train linear", "logistic": "train logistic, max_iter: 1000, tol: 1e-12", "tree": "train tree, depth: 5", "boost": "train boost"}


@dataclasses.dataclass
class Judged:
    """What was found on one set. `losses` are those of boost and its peers: mean over the folds and its standard error."""

    data: object
    failures: list = dataclasses.field(default_factory=list)
    losses: dict = dataclasses.field(default_factory=dict)
    excused: int = 0
    compared: int = 0

    def fail(self, kind, learner, detail):
        self.failures.append((kind, learner, detail))

    @property
    def better(self):
        return min((loss for name, loss in self.losses.items() if name not in ("ours", "dummy")), default=None)

    @property
    def boost_holds(self):
        if "ours" not in self.losses:
            return False
        mean, error = self.better
        return self.losses["ours"][0] <= mean + error + 1e-12 * abs(mean)


# --- ours -------------------------------------------------------------------------------------------------------------


class Failed(Exception):
    """Our program ended otherwise than with an answer."""


def quoted_names(names):
    return ", ".join(f"`{name}`" for name in names)


def ours(data, folder, stage):
    """Answers for the held-out rows of each fold: chances by class, or numbers."""
    task = "classification" if data.is_classes else "regression"
    numbers = range(len(data.folds))
    unused = [name for name in data.table.columns if name not in (*data.features, LABEL)]
    lines = [f'load "{folder}/set.csv", types: {{{types(data)}}}', "as all_rows"]
    for number in numbers:
        others = [f"part{other}" for other in numbers if other != number]
        lines += [
            f'all_rows |> filter part{number} == "valid" |> as held{number}',
            "all_rows" + (f" |> drop {quoted_names(others + unused)}" if others + unused else "")
            + f" |> label {LABEL}, task: {task} |> split using: part{number}",
            stage, f"predict held{number}",
            f"drop {quoted_names([*data.features, LABEL, *(f'part{other}' for other in numbers)])}",
            f'export "{folder}/answers{number}.csv"']
    binary = running.MLP
    path = pathlib.Path(folder) / "flow.mlp"
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    try:
        ended = subprocess.run(
            [binary, "--json", "--seed", "7", "run", str(path)], capture_output=True, text=True, stdin=subprocess.DEVNULL, timeout=300)
    except subprocess.TimeoutExpired:
        raise Failed("no answer in 300 s") from None
    if ended.returncode != 0:
        shown = [json.loads(line) for line in ended.stdout.splitlines() if line.startswith("{")]
        error = next((one for one in shown if one.get("severity") == "error"), None)
        raise Failed(f"{error['code']}: {error['message']}" if error else f"ended with {ended.returncode}: {ended.stderr[-300:]}")
    answers = [pd.read_csv(f"{folder}/answers{number}.csv") for number in numbers]
    if not data.is_classes:
        return [answer["prediction"].to_numpy() for answer in answers]
    classes = classes_of(data)
    return [
        np.column_stack([answer.get(f"probability_{name}", pd.Series(np.zeros(len(answer)))) for name in classes])
        for answer in answers]


def types(data):
    """A sample of a file cannot know a column that is empty there."""
    kinds = {name: "text" for name in data.texts}
    for name in data.texts:
        if set(data.table[name].dropna().unique()) <= {"true", "false"}:
            kinds[name] = "bool"
    return ", ".join(f"{name}: {kind}" for name, kind in kinds.items())


def classes_of(data):
    return sorted(data.table[LABEL].dropna().unique())


# --- theirs -----------------------------------------------------------------------------------------------------------


def as_numbers(data, train, valid, scaled):
    """What our linear learners are said to take: medians for missing numbers, a place for each category, `missing` too.

    A text that tells rows apart instead of grouping them takes no part, nor does a column without a value.
    """
    blocks = []
    for name in data.features:
        column = data.table[name]
        if pd.api.types.is_numeric_dtype(column) or set(column.dropna().unique()) <= {"true", "false"}:
            values = column.map({"true": 1.0, "false": 0.0}) if column.dtype == object else column
            values = values.to_numpy(float)
            known = values[train][~np.isnan(values[train])]
            if len(known):
                blocks.append(np.where(np.isnan(values), np.median(known), values).reshape(-1, 1))
            continue
        words = column.iloc[train].dropna()
        if words.nunique() > 20 and words.nunique() > 0.5 * len(words) or not len(words):
            continue
        encoder = OneHotEncoder(handle_unknown="ignore", sparse_output=False).fit(column.iloc[train].to_frame())
        blocks.append(encoder.transform(column.to_frame()))
    x = np.hstack(blocks) if blocks else np.zeros((len(data.table), 0))
    if scaled:
        centre, spread = x[train].mean(axis=0), x[train].std(axis=0)
        # A column that is the same in every row has no spread but what rounding leaves.
        spread[spread <= 1e-12 * np.abs(centre)] = np.inf
        x = (x - centre) / np.where(spread == 0, np.inf, spread)
    return x[train], x[valid]


def for_trees(data, most_categories=254):
    """Texts as categories of pandas, the rarest together where there are more than the peers take."""
    x = data.table[data.features].copy()
    for name in data.texts:
        if set(x[name].dropna().unique()) <= {"true", "false"}:
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
    x_train, x_valid = as_numbers(data, train, valid, scaled=False)
    kind = DecisionTreeClassifier if data.is_classes else DecisionTreeRegressor
    model = kind(max_depth=5, random_state=0).fit(x_train, y[train])
    return chances_of(model, x_valid, data) if data.is_classes else model.predict(x_valid)


def linear(data, y, train, valid):
    """Answers, and the held-out rows for which least squares decides them: those in the span of the training rows."""
    x_train, x_valid = as_numbers(data, train, valid, scaled=True)
    model = LinearRegression(tol=1e-10).fit(x_train, y[train])
    _, sizes, directions = np.linalg.svd(x_train, full_matrices=False) if x_train.shape[1] else (0, np.zeros(0), np.zeros((0, 0)))
    span = directions[sizes > 1e-10 * max(sizes.max(initial=0), 1e-300)]
    beside = x_valid - x_valid @ span.T @ span
    return model.predict(x_valid), np.abs(beside).max(axis=1, initial=0) < 1e-7


def logistic(data, y, train, valid):
    """Answers of a fit that has come to its end, or none."""
    x_train, x_valid = as_numbers(data, train, valid, scaled=True)
    if x_train.shape[1] == 0:
        return None
    weights = x_train.shape[1] * (1 if len(np.unique(y[train])) == 2 else len(np.unique(y[train])))
    solver = "newton-cholesky" if weights <= 1000 else "lbfgs"
    with warnings.catch_warnings():
        warnings.simplefilter("error", ConvergenceWarning)
        try:
            model = LogisticRegression(solver=solver, tol=1e-11, max_iter=5000).fit(x_train, y[train])
        except ConvergenceWarning:
            return None
    return chances_of(model, x_valid, data)


def dummy(data, y, train, valid):
    if not data.is_classes:
        return np.full(len(valid), y[train].mean())
    return np.tile([np.mean(y[train] == name) for name in classes_of(data)], (len(valid), 1))


# --- scores -----------------------------------------------------------------------------------------------------------


def losses(data, y, answer, valid, by_class=False):
    """A loss for each row: squared error, log loss, or whether the class is wrong."""
    if not data.is_classes:
        return (y[valid] - answer) ** 2
    codes = np.searchsorted(np.array(classes_of(data)), y[valid].astype(str))
    if by_class:
        return (answer.argmax(axis=1) != codes).astype(float)
    return -np.log(np.clip(answer[np.arange(len(codes)), codes], LEAST_PROBABILITY, 1))


def mean_and_error(by_fold):
    means = [fold.mean() for fold in by_fold]
    mean = np.average(means, weights=[len(fold) for fold in by_fold])
    return mean, np.std(means, ddof=1) / np.sqrt(len(means)) if len(means) > 1 else 0.0


def is_worse(mine, other):
    """Whether losses are higher than others on the same rows beyond chance."""
    difference = np.concatenate(mine) - np.concatenate(other)
    error = difference.std() / np.sqrt(len(difference))
    return difference.mean() > BEYOND_CHANCE * error + 1e-9 * np.abs(np.concatenate(other)).mean()


# --- judging ----------------------------------------------------------------------------------------------------------


def judge(data, folder, boosters):
    """Every learner on one set. `boosters` are the peers of boost by name: functions of set, features, label and places."""
    found = Judged(data)
    data.table.assign(**data.parts()).to_csv(f"{folder}/set.csv", index=False)
    y = data.table[LABEL].to_numpy()
    by_chance = [dummy(data, y, *fold) for fold in data.folds]
    found.losses["dummy"] = mean_and_error(scored(data, y, by_chance))
    x = for_trees(data)
    for name, fit in boosters.items():
        found.losses[name] = mean_and_error(scored(data, y, [fit(data, x, y, *fold) for fold in data.folds]))
    for learner, stage in LEARNERS.items():
        if learner == ("linear" if data.is_classes else "logistic"):
            continue
        if learner == "tree" and any(data.texts):
            stage = "encode text() = onehot\n" + stage
        if learner == "tree":
            stage = "impute numeric() = median\n" + stage
        try:
            answers = ours(data, folder, stage)
        except Failed as failed:
            found.fail("no answer", learner, str(failed))
            continue
        if any(not np.isfinite(answer).all() for answer in answers):
            found.fail("not a number", learner, "")
            continue
        against_dummy(found, learner, y, answers, by_chance, x)
        if learner == "boost":
            found.losses["ours"] = mean_and_error(scored(data, y, answers))
        if learner == "linear":
            against_linear(found, y, answers)
        if learner == "logistic":
            against_logistic(found, y, answers)
    if not found.boost_holds:
        said = ", ".join(f"{name} {mean:.4g} ± {error:.2g}" for name, (mean, error) in found.losses.items())
        found.fail("behind the better booster", "boost", said)
    return found


def scored(data, y, answers, by_class=False):
    return [losses(data, y, answer, valid, by_class) for answer, (_, valid) in zip(answers, data.folds)]


def against_dummy(found, learner, y, answers, by_chance, x):
    """Log loss, or wrong classes for a single tree, whose leaves are too pure for the other."""
    data = found.data
    by_class = learner == "tree" and data.is_classes
    mine, chance = scored(data, y, answers, by_class), scored(data, y, by_chance, by_class)
    if not is_worse(mine, chance):
        return
    peer = {
        "tree": lambda *fold: decision_tree(data, y, *fold), "linear": lambda *fold: linear(data, y, *fold)[0],
        "logistic": lambda *fold: logistic(data, y, *fold), "boost": lambda *fold: hist_gradient_boosting(data, x, y, *fold),
    }[learner]
    others = [peer(*fold) for fold in data.folds]
    if all(other is not None for other in others) and not is_worse(mine, scored(data, y, others, by_class)):
        found.excused += 1
        return
    detail = f"{mean_and_error(mine)[0]:.4g} instead of {mean_and_error(chance)[0]:.4g}"
    found.fail("worse than dummy", learner, detail)


def against_linear(found, y, answers):
    far = 0.0
    for answer, (train, valid) in zip(answers, found.data.folds):
        theirs, decided = linear(found.data, y, train, valid)
        if decided.any():
            found.compared += 1
            far = max(far, np.abs(answer - theirs)[decided].max() / max(y[train].std(), 1e-300))
    if far > EXACT_TO:
        found.fail("not as scikit-learn", "linear", f"{far:.1e} of the label's deviation")


def against_logistic(found, y, answers):
    far = 0.0
    for answer, (train, valid) in zip(answers, found.data.folds):
        theirs = logistic(found.data, y, train, valid)
        if theirs is not None:
            found.compared += 1
            far = max(far, np.abs(answer - theirs).max())
    if far > EXACT_TO:
        found.fail("not as scikit-learn", "logistic", f"probabilities differ by {far:.1e}")


def line(found):
    shown = "  ".join(f"{name} {mean:.4g}" for name, (mean, _) in found.losses.items())
    return f"{found.data.name:6} {', '.join(found.data.traits)}: {shown}" + "".join(
        f"\n       {learner}: {kind}: {detail}" for kind, learner, detail in found.failures)


def study(seed, indices, boosters, most=generated_sets.MOST, said=print):
    results = []
    for index in indices:
        with tempfile.TemporaryDirectory() as folder:
            results.append(judge(generated_sets.generated(seed, index, most), folder, boosters))
        said(line(results[-1]))
    return results


def kinds(results):
    """How many sets fail, by kind and learner."""
    return collections.Counter((kind, learner) for one in results for kind, learner, _ in one.failures)


def main(seed, first, last, most):
    boosters = {"HistGradientBoosting": hist_gradient_boosting}
    results = study(int(seed), range(int(first), int(last) + 1), boosters, int(most), lambda words: print(words, flush=True))
    return 0 if results and not kinds(results) else 1


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
