"""Whether made rows teach what real rows teach, beside the Synthetic Data Vault's Gaussian copula, and keep their distance.

Of four sets a part is made anew, by `synth like:` and by a saved profile alone; classifiers that learn from made rows are tested on the real
rows that were held out. The area under the curve may be at most 0.03 below that of the vault's copula (of one written here with SciPy where
the vault is not installed). No made row may be a copy of a row that stands alone, nor nearer to a row than rows are to each other at the 1st
percentile; values stay in their range, gaps come as often.

Exit status 1 where that does not hold.
"""
import sys
import tempfile
import warnings

import numpy as np
import pandas as pd
from sklearn.compose import make_column_selector, make_column_transformer
from sklearn.ensemble import RandomForestClassifier
from sklearn.impute import SimpleImputer
from sklearn.linear_model import LogisticRegression
from sklearn.metrics import roc_auc_score
from sklearn.model_selection import train_test_split
from sklearn.pipeline import make_pipeline
from sklearn.preprocessing import OneHotEncoder, StandardScaler

import copula_peer
import running

warnings.simplefilter("ignore")

SETS = {
    "breast_cancer": ("diagnosis", []), "titanic": ("survived", ["name"]), "penguins": ("sex", []),
    "wine": ("cultivar", []),
}
MOST_BELOW = 0.03


def classifiers():
    def prepared(model):
        numbers = make_pipeline(SimpleImputer(strategy="median", keep_empty_features=True), StandardScaler())
        words = make_pipeline(
            SimpleImputer(strategy="constant", fill_value="none"), OneHotEncoder(handle_unknown="ignore"))
        return make_pipeline(make_column_transformer(
            (numbers, make_column_selector(dtype_include=np.number)),
            (words, make_column_selector(dtype_exclude=np.number))), model)
    return [prepared(LogisticRegression(max_iter=3000)), prepared(RandomForestClassifier(200, random_state=1))]


def score(made, held, label):
    """The mean area under the curve of classifiers that learn from made rows."""
    made = made.dropna(subset=[label])
    scores = []
    for model in classifiers():
        model.fit(made.drop(columns=label), made[label].astype(str))
        chances = model.predict_proba(held.drop(columns=label))
        truth, classes = held[label].astype(str), list(model.classes_)
        if len(classes) == 2:
            scores.append(roc_auc_score(truth == classes[1], chances[:, 1]))
        else:
            scores.append(roc_auc_score(truth, chances, multi_class="ovr", labels=classes))
    return np.mean(scores)


def distances(rows, others, scale):
    """Each row's mean difference over the columns from each other."""
    sums = np.zeros((len(rows), len(others)))
    for name in scale.columns:
        a, b = rows[name], others[name]
        if pd.api.types.is_numeric_dtype(scale[name]):
            span = max(scale[name].max() - scale[name].min(), 1e-300)
            part = np.abs(a.to_numpy(float)[:, None] - b.to_numpy(float)[None, :]) / span
        else:
            x, y = a.astype(object).to_numpy(), b.astype(object).to_numpy()
            part = (x[:, None] != y[None, :]).astype(float)
        gone, lost = a.isna().to_numpy()[:, None], b.isna().to_numpy()[None, :]
        part = np.where(gone & lost, 0, np.where(gone | lost, 1, part))
        sums += part
    return sums / len(scale.columns)


def judge_privacy(name, made, real, names, failures):
    real, made = real.drop(columns=names), made.drop(columns=names)
    own = distances(real, real, real)
    np.fill_diagonal(own, np.inf)
    alone, least = own.min(axis=1) > 1e-9, np.percentile(own.min(axis=1), 1)
    near = distances(made, real, real)
    copies = (near[:, alone] < 1e-9).any(axis=1).mean() if alone.any() else 0
    if near.min() < least - 1e-6:
        failures.append(f"{name}: a made row is {near.min():.4f} from a real one, real ones {least:.4f} at the 1st percentile")
    if copies > 0:
        failures.append(f"{name}: {copies:.4f} of the made rows are copies of a row that stands alone")
    return np.percentile(near.min(axis=1), 1), least


def judge_columns(name, made, real, failures):
    for column in real.columns:
        if pd.api.types.is_numeric_dtype(real[column]):
            if made[column].min() < real[column].min() - 1e-9 or made[column].max() > real[column].max() + 1e-9:
                failures.append(f"{name}: '{column}' leaves its range")
            if (real[column].dropna() % 1 == 0).all() and not (made[column].dropna() % 1 == 0).all():
                failures.append(f"{name}: '{column}' was whole")
        spread = 4 * np.sqrt(0.25 / len(made)) + 0.02
        if abs(made[column].isna().mean() - real[column].isna().mean()) > spread:
            failures.append(f"{name}: gaps of '{column}' come in {made[column].isna().mean():.3f} of the rows")


def judge(name, seed, folder, failures):
    label, names = SETS[name]
    table = pd.read_csv(running.DATA / f"{name}.csv").dropna(subset=[label])
    real, held = train_test_split(table, test_size=0.3, random_state=seed, stratify=table[label])
    real.to_csv(f"{folder}/real.csv", index=False)
    running.run(
        f'load "real.csv"\nlabel {label}\nas real\nsynth {len(real)}, like: real, seed: {seed}\n'
        f'export "made.csv", replace: true\nreal |> profile save: "real.profile.json", replace: true', folder)
    # The profile alone: its rows are not at hand.
    running.run(
        f'synth {len(real)}, like: "real.profile.json", seed: {seed}\nexport "alone.csv", replace: true', folder)
    made, alone = pd.read_csv(f"{folder}/made.csv"), pd.read_csv(f"{folder}/alone.csv")
    if len(made) != len(real) or list(made.columns) != list(real.columns):
        failures.append(f"{name}: other rows or columns were made")
    judge_columns(name, made.drop(columns=names), real.drop(columns=names), failures)
    first, least = judge_privacy(name, made, real, names, failures)
    useful, kept = real.drop(columns=names), held.drop(columns=names)
    peer = copula_peer.vault(useful, len(real), seed)
    peer = copula_peer.copula(useful, len(real), seed) if peer is None else peer
    scores = [score(rows, kept, label) for rows in (useful, made.drop(columns=names), alone.drop(columns=names), peer)]
    return scores + [first, least]


def main():
    rounds = int(sys.argv[1])
    failures = []
    other = "SDV" if copula_peer.vault(pd.DataFrame({"a": [1.0, 2, 3] * 9, "b": list("xyz") * 9}), 3, 1) is not None else "SciPy"
    with tempfile.TemporaryDirectory() as folder:
        for name in SETS:
            found = np.mean([judge(name, seed, folder, failures) for seed in range(rounds)], axis=0)
            real, made, alone, peer, first, least = found
            print(f"{name}: real {real:.4f}, made {made:.4f}, of the profile {alone:.4f}, {other} {peer:.4f}; "
                  f"nearest at the 1st percentile {first:.4f}, real rows {least:.4f}")
            for way, area in (("like the table", made), ("of the profile", alone)):
                if area < peer - MOST_BELOW:
                    failures.append(f"{name}: {area:.4f} {way}, {other} {peer:.4f}")
    if failures:
        sys.exit("\n".join(failures))


main()
