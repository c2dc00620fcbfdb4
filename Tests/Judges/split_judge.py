"""Whether `split` draws parts and folds as scikit-learn does where the two mean the same, and as well where each draws its own.

By time with a gap the rounds are those of TimeSeriesSplit(gap): the figures of a model over them are equal, whatever rows it got. Strata of
folds are those of StratifiedKFold to a row a class. Whole groups with even shares are drawn by chance in both: sizes and shares may be off
no more than StratifiedGroupKFold's are, and a tenth of a fold. By what a row holds: a row that is added moves no other one.

Exit status 1 where that does not hold.
"""
import sys
import tempfile

import numpy as np
import pandas as pd
from sklearn.linear_model import LinearRegression
from sklearn.model_selection import StratifiedGroupKFold, TimeSeriesSplit

import running

FOLDS = 5


def fold_rows(shown):
    """Of each fold its rows and the shares of the classes."""
    table = running.of_kind(shown, "table")[-1]
    rows = [row for row in table["rows"] if str(row[0]).startswith("fold ")]
    return np.array([row[1] for row in rows]), np.array([row[3:] for row in rows], float)


def judge_time(rng, folder, failures):
    rows = FOLDS * int(rng.integers(20, 60))
    gap = int(rng.integers(0, 12))
    table = pd.DataFrame({"t": np.arange(rows), "x": rng.normal(size=rows)})
    table["y"] = np.cumsum(rng.normal(size=rows)) + table.x
    table.sample(frac=1, random_state=1).to_csv(f"{folder}/time.csv", index=False)
    # A gap of 1 is that of neighbours: so many rows lie between the parts as it is more.
    option = f", gap: {gap + 1}" if gap else ""
    shown = running.run(
        f'load "time.csv", types: {{y: float, x: float}}\nlabel y\nsplit train: 1, test: 0, time: t, folds: {FOLDS}{option}\n'
        "train linear, alpha: 0\neval", folder)
    errors = []
    for train, test in TimeSeriesSplit(n_splits=FOLDS - 1, gap=gap).split(table):
        model = LinearRegression().fit(table[["x"]].iloc[train], table.y.iloc[train])
        errors.append(table.y.iloc[test] - model.predict(table[["x"]].iloc[test]))
    theirs = np.sqrt(np.mean(np.concatenate(errors) ** 2))
    ours = running.figures(shown)["rmse"]
    if abs(ours - theirs) > 1e-9 * theirs:
        failures.append(f"time, {rows} rows, gap {gap}: rmse {ours}, scikit-learn's {theirs}")


def judge_gap_between_parts(rng, folder, failures):
    rows, gap = int(rng.integers(60, 300)), int(rng.integers(1, 9))
    days = np.sort(rng.choice(1000, rows, replace=False))
    table = pd.DataFrame({"d": pd.Timestamp("2020-01-01") + pd.to_timedelta(days, "D"), "y": rng.normal(size=rows)})
    table.to_csv(f"{folder}/days.csv", index=False)
    running.run(
        f'load "days.csv"\nlabel y\nsplit train: 0.7, valid: 0.3, test: 0, time: d, gap: days({gap})\nexport "train.csv", replace: true',
        folder)
    train = pd.to_datetime(pd.read_csv(f"{folder}/train.csv").d)
    held = table.d[round(rows * 0.7):]
    expected = table.d[(held.min() - table.d) >= pd.Timedelta(days=gap)]
    if list(train) != list(expected):
        failures.append(f"a gap of {gap} days leaves {len(train)} rows to learn from, not {len(expected)}")


def classes_of(rng, rows):
    return rng.choice(["a", "b", "c"], rows, p=[0.6, 0.3, 0.1])


def judge_strata(rng, folder, failures):
    rows = int(rng.integers(60, 700))
    table = pd.DataFrame({"x": rng.normal(size=rows), "y": classes_of(rng, rows)})
    table.to_csv(f"{folder}/strata.csv", index=False)
    sizes, shares = fold_rows(running.run(
        f'load "strata.csv"\nlabel y\nsplit train: 1, test: 0, folds: {FOLDS}, seed: 3', folder))
    counts = shares * sizes[:, None]
    wanted = table.y.value_counts().sort_index().to_numpy()
    if len(sizes) != FOLDS or sizes.max() - sizes.min() > 1 or np.abs(counts - wanted / FOLDS).max() > 1 + 1e-6:
        failures.append(f"strata of {rows} rows: sizes {sizes}, classes {counts.round(2).tolist()}")


def worst(sizes, shares, truth, rows):
    """How far at most a fold's size and a class's share are from even ones."""
    return np.abs(sizes / rows - 1 / FOLDS).max(), np.abs(shares - truth).max()


def judge_groups(rng, folder, failures):
    rows, groups = int(rng.integers(300, 1500)), int(rng.integers(30, 120))
    group = rng.choice(groups, rows, p=rng.dirichlet(np.full(groups, 1.5)))
    # Groups lean to classes of their own.
    lean = rng.dirichlet([6, 3, 1], groups)
    label = np.array([rng.choice(["a", "b", "c"], p=lean[place]) for place in group])
    table = pd.DataFrame({"g": [f"g{place}" for place in group], "x": rng.normal(size=rows), "y": label})
    table.to_csv(f"{folder}/groups.csv", index=False)
    sizes, shares = fold_rows(running.run(
        f'load "groups.csv"\nlabel y\nsplit train: 1, test: 0, group: g, stratify: y, folds: {FOLDS}, seed: 3', folder))
    truth = table.y.value_counts(normalize=True).sort_index().to_numpy()
    their_sizes, their_shares = [], []
    for _, held in StratifiedGroupKFold(FOLDS, shuffle=True, random_state=3).split(table, table.y, table.g):
        own = table.y.iloc[held]
        their_sizes.append(len(own))
        their_shares.append(own.value_counts(normalize=True).reindex(["a", "b", "c"]).fillna(0).to_numpy())
    ours = worst(sizes, shares, truth, rows)
    theirs = worst(np.array(their_sizes), np.array(their_shares), truth, rows)
    if sizes.sum() != rows:
        failures.append(f"groups: folds have {sizes.sum()} of {rows} rows")
    if ours[0] > theirs[0] + 0.02 or ours[1] > theirs[1] + 0.02:
        failures.append(f"groups of {rows} rows: off by {ours} (sizes, shares), scikit-learn by {theirs}")
    whole = running.run(
        'load "groups.csv"\nlabel y\nsplit train: 0.7, valid: 0.3, test: 0, group: g, stratify: y, seed: 3\nexport "train.csv", replace: true',
        folder)
    train = set(pd.read_csv(f"{folder}/train.csv").g)
    left = table[~table.g.isin(train)]
    held = next(row[1] for row in running.of_kind(whole, "table")[-1]["rows"] if row[0] == "valid")
    if len(left) != held:
        failures.append(f"a group is in two parts: {held} rows are held out, {len(left)} of groups that are not learned from")
    return ours, theirs


def judge_hash(rng, folder, failures):
    rows = int(rng.integers(200, 800))
    table = pd.DataFrame({"id": [f"r{place}" for place in range(rows)], "x": rng.normal(size=rows), "y": classes_of(rng, rows)})
    parts = []
    for size in (rows * 2 // 3, rows):
        table.iloc[:size].sample(frac=1, random_state=2).to_csv(f"{folder}/rows.csv", index=False)
        running.run('load "rows.csv"\nlabel y\nsplit test: 0.3, by: hash, group: id\nexport "train.csv", replace: true', folder)
        parts.append(set(pd.read_csv(f"{folder}/train.csv").id))
    old = set(table.id[:rows * 2 // 3])
    if parts[1] & old != parts[0]:
        failures.append(f"by hash {len((parts[1] & old) ^ parts[0])} of {len(old)} rows changed their part when others came")
    if abs(len(parts[1]) / rows - 0.7) > 4 * np.sqrt(0.21 / rows):
        failures.append(f"by hash {len(parts[1]) / rows:.3f} of the rows are to learn from, not about 0.7")


def main():
    count, seed = int(sys.argv[1]), int(sys.argv[2])
    failures, pairs = [], []
    with tempfile.TemporaryDirectory() as folder:
        for place in range(count):
            rng = np.random.default_rng([seed, place])
            judge_time(rng, folder, failures)
            judge_gap_between_parts(rng, folder, failures)
            judge_strata(rng, folder, failures)
            pairs.append(judge_groups(rng, folder, failures))
            judge_hash(rng, folder, failures)
    ours, theirs = (np.mean([pair[side] for pair in pairs], axis=0) for side in (0, 1))
    print(f"split: {count} tables of each kind; whole groups are off by {ours.round(4)} (sizes, shares), scikit-learn's by {theirs.round(4)}")
    if failures:
        sys.exit("\n".join(failures))


main()
