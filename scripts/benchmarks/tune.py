"""tune: 40 trials of boost × 5 folds on census data (48,842 × 14, missing cells), beside Optuna with LightGBM.

Both draw the same four settings at random from the same space, are judged by the mean log loss of the same folds, and
fit the best anew on all rows. Their bins are made once, and the folds take parts of them.
"""
import sys

import made_data
import rig

TRIALS = 40
SPACE = "learning_rate: log(0.01..0.3), max_leaf_nodes: 8..64, min_samples_leaf: 5..100, l2_regularization: log(0.01..10)"


def optuna(folder, seed):
    import lightgbm as lgb
    import numpy as np
    import optuna
    import pandas as pd

    optuna.logging.set_verbosity(optuna.logging.WARNING)
    table = pd.read_csv(f"{folder}/rows.csv")
    fold, label = table.pop("fold").to_numpy(), (table.pop("rich") == "yes").to_numpy(int)
    texts = [name for name in table if not pd.api.types.is_numeric_dtype(table[name])]
    table = table.astype({name: "category" for name in texts})
    folds = [(np.flatnonzero(fold != one), np.flatnonzero(fold == one)) for one in range(5)]
    fixed = {"objective": "binary", "num_threads": rig.THREADS, "verbosity": -1, "feature_pre_filter": False, "seed": seed}

    def search():
        rows = lgb.Dataset(table, label, params=fixed, free_raw_data=False).construct()

        def trial(draw):
            settings = {
                **fixed, "learning_rate": draw.suggest_float("learning_rate", 0.01, 0.3, log=True),
                "num_leaves": draw.suggest_int("num_leaves", 8, 64),
                "min_data_in_leaf": draw.suggest_int("min_data_in_leaf", 5, 100),
                "lambda_l2": draw.suggest_float("lambda_l2", 0.01, 10, log=True)}
            draw.set_user_attr("settings", settings)
            return lgb.cv(settings, rows, 100, folds=folds)["valid binary_logloss-mean"][-1]

        study = optuna.create_study(sampler=optuna.samplers.RandomSampler(seed=seed))
        study.optimize(trial, n_trials=TRIALS)
        lgb.train(study.best_trial.user_attrs["settings"], rows, 100)
        return study.best_value

    best, use = rig.timed(search)
    return {**use, "best": best}


def best_of(ended):
    import running

    board = next(one for one in running.of_kind(ended.shown, "table") if (one["title"] or "").startswith("board"))
    place = [column["name"] for column in board["columns"]].index("log_loss")
    return board["rows"][0][place]


def measure(bench):
    folder = made_data.folder("census", bench.sized(48_842, least=500))
    def flow(seed):
        return rig.script(
            ("load", f'load "{folder}/rows.csv"\nlabel rich, positive: "yes"'), ("split", "split train: 1, using: fold"),
            ("train", f"train boost, {SPACE}, trials: {TRIALS}, minimize: log_loss, seed: {seed}"))

    ours, theirs = bench.pairs(
        lambda place: bench.ours(flow(place + 1)), lambda place: bench.theirs("optuna", folder=folder, seed=place + 1))
    bench.stage("search / Optuna's RandomSampler + LightGBM", "train", ours, theirs, 0.3)
    mine, other = rig.mean(best_of(one) for one in ours), rig.mean(one["best"] for one in theirs)
    bench.add(
        f"best log loss, mean of {len(ours)} searches", f"{mine:.5f}", f"{other:.5f}", bar="≤ theirs + 0.001",
        met=mine <= other + 0.001)


if __name__ == "__main__":
    sys.exit(rig.main(__file__, measure, peers={"optuna": optuna}))
