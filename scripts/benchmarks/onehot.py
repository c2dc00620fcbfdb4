"""onehot: 200,000 rows with a text of 30,000 categories: every learner, every use of the text, in 4 GB of address space.

An answer is good and so is an error that says what to do; a program that the system ends, or that takes more than two
minutes, is not. Logistic with one-hot is held beside scikit-learn on a sparse matrix, at the same score.
"""
import sys

import made_data
import rig

MEMORY = 4 << 30
LONGEST = 120
LEARNERS = {"dummy": "yz", "linear": "z", "logistic": "y", "tree, depth: 10": "yz", "boost": "yz"}
USES = {"one-hot": "encode g = onehot", "ordinal": "encode g = ordinal", "left as it is": ""}


def sparse(folder):
    import pandas as pd
    from sklearn.compose import make_column_transformer
    from sklearn.linear_model import LogisticRegression
    from sklearn.metrics import accuracy_score, log_loss
    from sklearn.pipeline import make_pipeline
    from sklearn.preprocessing import OneHotEncoder, StandardScaler

    table = pd.read_csv(f"{folder}/rows.csv")
    train, valid = table[table.part == "train"], table[table.part == "valid"]
    columns = make_column_transformer((OneHotEncoder(handle_unknown="ignore"), ["g"]), (StandardScaler(), ["a", "b"]))
    # The same objective as ours: numbers are standardised, codes stay 0 and 1 under the penalty.
    model = make_pipeline(columns, LogisticRegression(max_iter=1000))
    model, use = rig.timed(lambda: model.fit(train[["g", "a", "b"]], train.y))
    chances = model.predict_proba(valid[["g", "a", "b"]])
    return {
        **use, "log_loss": log_loss(valid.y, chances, labels=model.classes_),
        "accuracy": accuracy_score(valid.y, model.predict(valid[["g", "a", "b"]]))}


def flow(folder, label, encode, learner):
    others = [name for name in "yz" if name != label]
    lines = f'load "{folder}/rows.csv"\ndrop {", ".join(others)}\nlabel {label}\n{encode}'
    return rig.script(("split", f"{lines}\nsplit using: part"), ("train", f"train {learner}"), ("eval", "eval"))


def outcome(ended):
    """Words for how a run ended, and whether that is good."""
    if ended.late:
        return f"no answer in {LONGEST} s", False
    if ended.status == 0:
        return f"answers, {rig.shown_seconds(ended.seconds)}, {rig.shown_bytes(ended.peak)}", True
    codes = [one["code"] for one in ended.shown if one.get("severity") == "error"]
    if ended.status in (1, 3) and codes:
        return f"error {codes[0]}, {rig.shown_seconds(ended.seconds)}", True
    return f"DIED with {ended.status}", False


def measure(bench):
    folder = made_data.folder("many_categories", bench.sized(200_000, least=960, step=16))
    cases = [
        (f"{learner}, text {use}", flow(folder, label, encode, learner))
        for learner, labels in LEARNERS.items() for label in labels[:1] for use, encode in USES.items()]
    cases += [
        (f"{learner}, text as label", flow(folder, "g", "", learner)) for learner, labels in LEARNERS.items() if "y" in labels]
    for words, text in cases:
        ended = bench.ours(text, may_fail=True, memory=MEMORY, seconds=LONGEST)
        said, is_good = outcome(ended)
        rig.say(f"{words}: {said}")
        bench.add(words, said, bar="answer or error in 4 GB", met=is_good)
    beside_scikit_learn(bench, folder)


def beside_scikit_learn(bench, folder):
    text = flow(folder, "y", USES["one-hot"], "logistic")
    first = bench.ours(text, may_fail=True, memory=MEMORY, seconds=LONGEST)
    if first.status != 0:
        bench.add("logistic, one-hot / scikit-learn, sparse", outcome(first)[0], bar="the same score", met=False)
        return
    ours, theirs = bench.pairs(lambda _: bench.ours(text), lambda _: bench.theirs("sparse", folder=folder))
    bench.stage("logistic, one-hot / scikit-learn, sparse", "train", ours, theirs, 0.5)
    mine, other = rig.figures(ours[-1]), theirs[-1]
    for name, sign in (("log_loss", 1), ("accuracy", -1)):
        worse = sign * (mine[name] - other[name])
        bench.add(name, f"{mine[name]:.4f}", f"{other[name]:.4f}", bar="within 0.005", met=worse <= 0.005)


if __name__ == "__main__":
    sys.exit(rig.main(__file__, measure, peers={"sparse": sparse}))
