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

import numpy as np
import pandas as pd

import generated_sets
import generated_sets_peers as peers
import running
from generated_sets import LABEL

EXACT_TO = 1e-6
# Standard errors of a mean over rows: one in thousands is this far off by chance.
BEYOND_CHANCE = 3.5
LEAST_PROBABILITY = 1e-15
# Seconds for one learner on all folds of a set.
LONGEST = 300
LEARNERS = {
    "linear": "train linear", "logistic": "train logistic, max_iter: 1000, tol: 1e-12", "tree": "train tree, depth: 5",
    "boost": "train boost"}


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
    path = pathlib.Path(folder) / "flow.mlp"
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    try:
        command = [running.MLP, "--json", "--seed", "7", "run", str(path)]
        ended = subprocess.run(command, capture_output=True, text=True, stdin=subprocess.DEVNULL, timeout=LONGEST)
    except subprocess.TimeoutExpired:
        raise Failed(f"no answer in {LONGEST} s") from None
    if ended.returncode != 0:
        shown = [json.loads(line) for line in ended.stdout.splitlines() if line.startswith("{")]
        error = next((one for one in shown if one.get("severity") == "error"), None)
        said = f"{error['code']}: {error['message']}" if error else ended.stderr[-300:]
        raise Failed(f"status {ended.returncode}: {said}")
    answers = [pd.read_csv(f"{folder}/answers{number}.csv") for number in numbers]
    if not data.is_classes:
        return [answer["prediction"].to_numpy() for answer in answers]
    classes = peers.classes_of(data)
    return [
        np.column_stack([answer.get(f"probability_{name}", pd.Series(np.zeros(len(answer)))) for name in classes])
        for answer in answers]


def types(data):
    """A sample of a file cannot know a column that is empty there."""
    return ", ".join(f"{name}: {'bool' if peers.is_bool(data.table[name]) else 'text'}" for name in data.texts)


# --- scores -----------------------------------------------------------------------------------------------------------


def losses(data, y, answer, valid, by_class=False):
    """A loss for each row: squared error, log loss, or whether the class is wrong."""
    if not data.is_classes:
        return (y[valid] - answer) ** 2
    codes = np.searchsorted(np.array(peers.classes_of(data)), y[valid].astype(str))
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
    by_chance = [peers.dummy(data, y, *fold) for fold in data.folds]
    found.losses["dummy"] = mean_and_error(scored(data, y, by_chance))
    x = peers.for_trees(data)
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
        "tree": lambda *fold: peers.decision_tree(data, y, *fold), "linear": lambda *fold: peers.linear(data, y, *fold)[0],
        "logistic": lambda *fold: peers.logistic(data, y, *fold),
        "boost": lambda *fold: peers.hist_gradient_boosting(data, x, y, *fold),
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
        theirs, decided = peers.linear(found.data, y, train, valid)
        if decided.any():
            found.compared += 1
            far = max(far, np.abs(answer - theirs)[decided].max() / max(y[train].std(), 1e-300))
    if far > EXACT_TO:
        found.fail("not as scikit-learn", "linear", f"{far:.1e} of the label's deviation")


def against_logistic(found, y, answers):
    far = 0.0
    for answer, (train, valid) in zip(answers, found.data.folds):
        theirs = peers.logistic(found.data, y, train, valid)
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
    boosters = {"HistGradientBoosting": peers.hist_gradient_boosting}
    results = study(int(seed), range(int(first), int(last) + 1), boosters, int(most), lambda words: print(words, flush=True))
    return 0 if results and not kinds(results) else 1


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
