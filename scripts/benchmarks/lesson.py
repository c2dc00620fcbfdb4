"""lesson: the Titanic demo without its service, beside a script of pandas, scikit-learn and skl2onnx that does the same.

usage: lesson.py MLP FLOW.mlp     both sides in turn
       lesson.py peer TITANIC.csv     the peer alone, writing into the working folder
"""
import json
import os
import sys


def peer(path):
    """The same flow as a careful user of these libraries writes it."""
    import pickle
    import warnings

    import numpy as np
    import pandas as pd
    from skl2onnx import to_onnx
    from skl2onnx.common.data_types import FloatTensorType, StringTensorType
    from sklearn import metrics as m
    from sklearn.compose import make_column_transformer
    from sklearn.dummy import DummyClassifier
    from sklearn.ensemble import HistGradientBoostingClassifier
    from sklearn.impute import SimpleImputer
    from sklearn.inspection import permutation_importance
    from sklearn.linear_model import LogisticRegression
    from sklearn.model_selection import train_test_split
    from sklearn.pipeline import make_pipeline
    from sklearn.preprocessing import OneHotEncoder, StandardScaler
    from sklearn.tree import DecisionTreeClassifier

    warnings.filterwarnings("ignore")
    table = pd.read_csv(path)

    in_range = table.age.isna() | table.age.between(0, 120)
    assert in_range.all() and table["class"].isin(["1st", "2nd", "3rd"]).all() and table.survived.isin(["yes", "no"]).all()

    profile = [table.describe(include="all"), table.isna().sum(), table.nunique(), table.median(numeric_only=True)]
    profile += [table[name].value_counts().head(3) for name in table.columns]
    profile += [np.histogram(table.age.dropna(), bins=10)]

    features, label = table[["sex", "age", "class"]], table.survived
    rest, test_rows, rest_label, test_label = train_test_split(
        features, label, test_size=0.2, stratify=label, random_state=7)
    train_rows, valid_rows, train_label, valid_label = train_test_split(
        rest, rest_label, test_size=0.25, stratify=rest_label, random_state=7)

    def pipeline(estimator, scales=False):
        numbers = make_pipeline(SimpleImputer(strategy="median"), *([StandardScaler()] if scales else []))
        columns = make_column_transformer(
            (numbers, ["age"]), (OneHotEncoder(handle_unknown="ignore", sparse_output=False), ["sex", "class"]))
        return make_pipeline(columns, estimator)

    candidates = {
        "dummy": pipeline(DummyClassifier()),
        "logistic": pipeline(LogisticRegression(), scales=True),
        "tree": pipeline(DecisionTreeClassifier(max_depth=4, random_state=7)),
        "boost": pipeline(HistGradientBoostingClassifier(early_stopping=False, random_state=7)),
    }
    board = {}
    for name, model in candidates.items():
        model.fit(train_rows, train_label)
        board[name] = m.log_loss(valid_label, model.predict_proba(valid_rows), labels=model.classes_)
    name = min(board, key=board.get)
    model = candidates[name]

    def figures(rows, truth):
        answer, chances = model.predict(rows), model.predict_proba(rows)
        positive, found = truth == "yes", chances[:, list(model.classes_).index("yes")]
        return {
            "accuracy": m.accuracy_score(truth, answer), "balanced_accuracy": m.balanced_accuracy_score(truth, answer),
            "precision": m.precision_score(truth, answer, pos_label="yes"),
            "recall": m.recall_score(truth, answer, pos_label="yes"), "f1": m.f1_score(truth, answer, pos_label="yes"),
            "matthews_corrcoef": m.matthews_corrcoef(truth, answer), "cohen_kappa": m.cohen_kappa_score(truth, answer),
            "log_loss": m.log_loss(truth, chances, labels=model.classes_), "auc": m.roc_auc_score(positive, found),
            "average_precision": m.average_precision_score(positive, found),
            "brier_score": m.brier_score_loss(positive, found), "confusion": m.confusion_matrix(truth, answer).tolist(),
        }

    evaluation = figures(valid_rows, valid_label)
    slices = {sex: figures(valid_rows[valid_rows.sex == sex], valid_label[valid_rows.sex == sex]) for sex in ("female", "male")}
    assert evaluation["auc"] >= 0.75 and evaluation["log_loss"] <= 0.6
    test = figures(test_rows, test_label)
    assert test["auc"] >= 0.75 and test["log_loss"] <= 0.6
    importance = permutation_importance(
        model, valid_rows, valid_label, scoring="neg_log_loss", n_repeats=5, random_state=7, n_jobs=1)

    inputs = [("sex", StringTensorType([None, 1])), ("age", FloatTensorType([None, 1])), ("class", StringTensorType([None, 1]))]
    with open("peer.onnx", "wb") as file:
        file.write(to_onnx(model, initial_types=inputs).SerializeToString())
    with open("peer.pickle", "wb") as file:
        pickle.dump(model, file)
    with open("peer.html", "w", encoding="utf-8") as file:
        for part in (pd.Series(board), pd.Series(evaluation), pd.DataFrame(slices), pd.Series(test)):
            file.write((part.to_frame() if isinstance(part, pd.Series) else part).to_html())
        file.write(pd.Series(importance.importances_mean, features.columns).to_frame().to_html())
    with open("peer.json", "w", encoding="utf-8") as file:
        json.dump({"algorithm": name, "valid": evaluation, "test": test}, file)


def our_figures(path):
    """The figures of the whole valid and test parts, from the values that `--json` gave."""
    sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), "../../Tests/Judges"))
    import running

    shown = [json.loads(line) for line in open(path, encoding="utf-8")]
    metrics = running.of_kind(shown, "metrics")
    named = [{row["name"]: row["figures"][0] for row in one["metrics"]} for one in metrics]
    test = next(figures for one, figures in zip(metrics, named) if "acceptance" in (one["title"] or ""))
    algorithm = next(
        fact["value"] for part in running.of_kind(shown, "facts") for fact in part["facts"] if fact["name"] == "algorithm")
    return algorithm, named[0], test


def main():
    import tempfile

    import timing

    mlp, flow = sys.argv[1:]
    data = os.path.join(os.environ["MLP_STDLIB"], "data", "titanic.csv")
    with tempfile.TemporaryDirectory() as folder:
        ours = [mlp, "--threads", "2", "run", flow]
        theirs = [sys.executable, os.path.abspath(__file__), "peer", data]
        took, other, ratio = timing.paired(ours, theirs, rounds=7, folder=folder)
        timing.seconds([mlp, "--json", *ours[1:]], folder, output=os.path.join(folder, "ours.json"))
        algorithm, valid, test = our_figures(os.path.join(folder, "ours.json"))
        with open(os.path.join(folder, "peer.json"), encoding="utf-8") as file:
            peer_said = json.load(file)
        rows = [("best of the board", algorithm, peer_said["algorithm"])]
        for part, own in (("valid", valid), ("test", test)):
            for name in ("accuracy", "auc", "log_loss"):
                rows.append((f"{part} {name}", f"{own[name]['value']:.4f}", f"{peer_said[part][name]:.4f}"))
        timing.report("the whole lesson", f"{took * 1000:.0f} ms", f"{other * 1000:.0f} ms", ratio, 0.1, *rows)


if __name__ == "__main__":
    peer(sys.argv[2]) if sys.argv[1] == "peer" else main()
