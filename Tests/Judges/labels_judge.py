"""Whether labels made from labelling functions, and labels that are found wrong, are those of the papers and of other tools.

Votes are combined as an independent label model in NumPy combines them (and Snorkel's is shown beside, where it is installed): with one
bad function `weigh` has to beat `vote`, and elsewhere it must not be worse. Of labels flipped on purpose in the digits at least 80 %
have to be found, at least half of what is found being flipped (cleanlab is shown beside, where it is installed).

Exit status 1 where that does not hold.
"""
import sys
import tempfile

import numpy as np
import pandas as pd

import running

CLASSES = np.array(["a", "b", "c", "d"])


def votes(rng, rows, classes, accuracies, coverages, priors):
    """What functions say of rows of known class; -1 where they abstain."""
    truth = rng.choice(classes, rows, p=priors)
    said = np.full((rows, len(accuracies)), -1)
    for place, (accuracy, coverage) in enumerate(zip(accuracies, coverages)):
        wrong = (truth + rng.integers(1, classes, rows)) % classes
        own = np.where(rng.random(rows) < accuracy, truth, wrong)
        said[:, place] = np.where(rng.random(rows) < coverage, own, -1)
    return truth, said


def label_model(said, classes, rounds=500):
    """Priors and what each function says of the rows of each class (the last answer is none): expectation-maximisation from the votes."""
    hits = [np.stack([own == place for place in range(classes)] + [own < 0], axis=1).astype(float) for own in said.T]
    chances = np.stack([(said == place).sum(axis=1) for place in range(classes)], axis=1) + 0.5
    chances /= chances.sum(axis=1, keepdims=True)
    presumed = [2 * answers_of(hit.mean(axis=0), 0.7) for hit in hits]
    tables = None
    for _ in range(rounds):
        before, tables = tables, [start + hit.T @ chances for start, hit in zip(presumed, hits)]
        tables = [np.maximum(table / table.sum(axis=0), 1e-12) for table in tables]
        priors = (1 + chances.sum(axis=0)) / (classes + len(said))
        logs = np.log(priors) + sum(hit @ np.log(table) for hit, table in zip(hits, tables))
        chances = np.exp(logs - logs.max(axis=1, keepdims=True))
        chances /= chances.sum(axis=1, keepdims=True)
        if before and max(np.abs(old - new).max() for old, new in zip(before, tables)) < 1e-9:
            break
    return priors, tables


def answers_of(frequencies, accuracy):
    """Of a function that answers so often and is right so often: answers by class."""
    classes = len(frequencies) - 1
    weights = np.where(np.eye(classes, dtype=bool), accuracy * (classes - 1) / (1 - accuracy), 1)
    table = frequencies[:-1, None] * weights / weights.mean(axis=1, keepdims=True)
    table = np.vstack([table, np.maximum(1e-12, 1 - table.sum(axis=0))])
    return table / table.sum(axis=0)


def weighed(said, priors, tables):
    scores = np.log(priors) + sum(np.log(table)[own] for own, table in zip(said.T, tables))
    return np.where((said >= 0).any(axis=1), scores.argmax(axis=1), -1)


def of_one_class(rng, rows, classes, functions, priors):
    """Functions that only ever give one class, each by its chance for rows of that class and of others."""
    truth = rng.choice(classes, rows, p=priors)
    said = np.full((rows, len(functions)), -1)
    for place, (own, hit, miss) in enumerate(functions):
        said[:, place] = np.where(rng.random(rows) < np.where(truth == own, hit, miss), own, -1)
    return truth, said


def run_way(way, said, folder):
    names = [f"f{place}" for place in range(said.shape[1])]
    table = pd.DataFrame({name: np.where(said[:, place] < 0, "", CLASSES[said[:, place]]) for place, name in enumerate(names)})
    table.to_csv(f"{folder}/votes.csv", index=False)
    shown = running.run(
        f'load "votes.csv"\nlabel y = {way}({", ".join(names)})\nexport "labels.csv", replace: true', folder)
    labels = pd.read_csv(f"{folder}/labels.csv").y
    places = {name: place for place, name in enumerate(CLASSES)}
    return labels.map(places).fillna(-1).astype(int).to_numpy(), shown


def right(labels, truth):
    covered = labels >= 0
    return (labels[covered] == truth[covered]).mean()


def snorkel(said, classes):
    try:
        from snorkel.labeling.model import LabelModel
    except ImportError:
        return None
    model = LabelModel(cardinality=classes, verbose=False)
    model.fit(said, n_epochs=500, seed=1, progress_bar=False)
    return model.predict(said)


SETS = {
    "one bad function": (2, [0.85, 0.8, 0.75, 0.25], [0.7, 0.7, 0.7, 1.0], [0.6, 0.4]),
    "one bad of three classes": (3, [0.8, 0.8, 0.75, 0.7, 0.1], [0.6, 0.6, 0.6, 0.6, 1.0], [0.5, 0.3, 0.2]),
    "all alike": (2, [0.75] * 5, [0.8] * 5, [0.5, 0.5]),
    "many weak, one strong": (2, [0.6, 0.6, 0.6, 0.6, 0.95], [0.9] * 5, [0.5, 0.5]),
    "rare class": (2, [0.9, 0.85, 0.8, 0.8], [0.6] * 4, [0.9, 0.1]),
    "four classes": (4, [0.7, 0.65, 0.8, 0.6, 0.75], [0.7] * 5, [0.4, 0.3, 0.2, 0.1]),
}


# Each gives one class; in the first set the last function is mostly wrong.
ONE_CLASS_SETS = {
    "one class each, one bad": (2, [(0, 0.5, 0.05), (0, 0.4, 0.1), (1, 0.6, 0.1), (1, 0.3, 0.03), (1, 0.35, 0.4)], [0.7, 0.3]),
    "one class each of three": (
        3, [(0, 0.5, 0.05), (0, 0.4, 0.1), (1, 0.6, 0.1), (1, 0.3, 0.03), (2, 0.35, 0.05), (2, 0.5, 0.04)], [0.5, 0.3, 0.2])}


def drawn_sets(seed):
    for name, (classes, accuracies, coverages, priors) in SETS.items():
        rng = np.random.default_rng([seed, len(name)])
        yield name, classes, *votes(rng, 3000, classes, accuracies, coverages, priors)
    for name, (classes, functions, priors) in ONE_CLASS_SETS.items():
        rng = np.random.default_rng([seed, len(name)])
        yield name, classes, *of_one_class(rng, 3000, classes, functions, priors)


def judge_votes(seed, folder, failures):
    for name, classes, truth, said in drawn_sets(seed):
        voted, _ = run_way("vote", said, folder)
        counts = np.stack([(said == place).sum(axis=1) for place in range(classes)], axis=1)
        alone = (counts == counts.max(axis=1, keepdims=True)).sum(axis=1) == 1
        expected = np.where(alone, counts.argmax(axis=1), -1)
        if (voted != expected).any():
            failures.append(f"{name}: vote differs in {(voted != expected).sum()} rows")
        labels, shown = run_way("weigh", said, folder)
        functions = running.of_kind(shown, "table")[0]
        judged = weighed(said, *label_model(said, classes))
        if (labels != judged).any() and (labels != expected).any():
            failures.append(f"{name}: weigh differs in {(labels != judged).sum()} rows from the label model and is no vote")
        own, plain, model = right(labels, truth), right(voted, truth), right(judged, truth)
        # A vote leaves ties out, so those rows are not among its errors: compare on the rows that both label.
        both = (labels >= 0) & (voted >= 0)
        shared, shared_plain = (labels[both] == truth[both]).mean(), (voted[both] == truth[both]).mean()
        other = snorkel(said, classes)
        beside = "" if other is None else f", Snorkel {right(other, truth):.4f}"
        print(f"{name}: weigh {own:.4f}, vote {plain:.4f} (both: {shared:.4f}, {shared_plain:.4f}), NumPy {model:.4f}{beside}")
        if "bad" in name and not shared > shared_plain + 0.01:
            failures.append(f"{name}: weigh does not beat vote")
        if shared < shared_plain - 0.005:
            failures.append(f"{name}: weigh is worse than vote")
        if not functions["rows"]:
            failures.append(f"{name}: no table of functions")


def cleanlab(table, flipped):
    try:
        from cleanlab.filter import find_label_issues
    except ImportError:
        return "cleanlab is NOT installed, so it is NOT beside"
    from sklearn.linear_model import LogisticRegression
    from sklearn.model_selection import cross_val_predict
    from sklearn.pipeline import make_pipeline
    from sklearn.preprocessing import StandardScaler

    pixels = table.drop(columns="digit").to_numpy(float)
    model = make_pipeline(StandardScaler(), LogisticRegression(max_iter=2000))
    chances = cross_val_predict(model, pixels, table.digit, cv=5, method="predict_proba")
    found = find_label_issues(table.digit.to_numpy(), chances, filter_by="low_self_confidence", n_jobs=1)
    return f"cleanlab {(found & flipped).sum() / flipped.sum():.3f} and {(found & flipped).sum() / found.sum():.3f}"


def judge_errors(seed, folder, failures):
    rng = np.random.default_rng(seed)
    table = pd.read_csv(running.DATA / "digits.csv")
    flipped = np.zeros(len(table), bool)
    flipped[rng.choice(len(table), len(table) // 20, replace=False)] = True
    table.loc[flipped, "digit"] = (table.digit[flipped] + rng.integers(1, 10, flipped.sum())) % 10
    table.to_csv(f"{folder}/digits.csv", index=False)
    shown = running.run('load "digits.csv"\nlabel digit, task: classification\nlabel_errors rows: 2000', folder)
    listed = next(table for table in running.of_kind(shown, "table") if table["title"] == "likely label errors")
    found = pd.DataFrame(listed["rows"], columns=[column["name"] for column in listed["columns"]])
    rows = found.row.to_numpy() - 1
    recall, precision = flipped[rows].sum() / flipped.sum(), flipped[rows].mean()
    print(f"flipped digits: found {recall:.3f}, of what is found flipped {precision:.3f}; {cleanlab(table, flipped)}")
    if recall < 0.8 or precision < 0.5:
        failures.append(f"label_errors: recall {recall:.3f}, precision {precision:.3f}")
    if (found.given != table.digit.to_numpy()[rows]).any():
        failures.append("label_errors: a row's given label is not its label")


def main():
    seed = int(sys.argv[1])
    failures = []
    with tempfile.TemporaryDirectory() as folder:
        judge_votes(seed, folder, failures)
        judge_errors(seed, folder, failures)
    if failures:
        sys.exit("\n".join(failures))


main()
