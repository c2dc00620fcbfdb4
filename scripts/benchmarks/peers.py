"""What the peers do, as a careful user of each library writes it; each gives seconds, cores busy and how well it did."""
from rig import THREADS, timed


def matrices(folder):
    """Training and valid rows: x, y, x, y."""
    import numpy as np

    x, y, valid = (np.load(f"{folder}/{name}.npy") for name in ("x", "y", "valid"))
    held_out = x[valid], y[valid]
    x = x[~valid]
    return x, y[~valid], *held_out


def quality(truth, chances):
    from sklearn.metrics import accuracy_score, log_loss, roc_auc_score

    return {
        "accuracy": accuracy_score(truth, chances > 0.5), "auc": roc_auc_score(truth, chances),
        "log_loss": log_loss(truth, chances)}


def lightgbm(folder, seed=1, trees=100, leaves=31, bins=255):
    """Bins and trees; the sample that bins are made from is drawn by the seed."""
    import lightgbm as lgb

    x, y, x_valid, y_valid = matrices(folder)
    settings = {
        "objective": "binary", "num_leaves": leaves, "learning_rate": 0.1, "max_bin": bins, "num_threads": THREADS,
        "data_random_seed": seed, "seed": seed, "verbosity": -1}
    model, use = timed(lambda: lgb.train(settings, lgb.Dataset(x, y), num_boost_round=trees))
    return {**use, **quality(y_valid, model.predict(x_valid))}


def logistic(folder):
    """Scaled columns and the default solver."""
    from sklearn.linear_model import LogisticRegression
    from sklearn.pipeline import make_pipeline
    from sklearn.preprocessing import StandardScaler

    x, y, x_valid, y_valid = matrices(folder)
    model, use = timed(lambda: make_pipeline(StandardScaler(), LogisticRegression()).fit(x, y))
    return {**use, **quality(y_valid, model.predict_proba(x_valid)[:, 1])}


def converged(folder, models):
    """Weights of standardised columns from a fit to the last digit, and how far those of each model file are from it.

    A model file is asked at the mean of all columns and one standard deviation along each: the differences of its log
    odds are its weights, however it keeps them.
    """
    import numpy as np
    from sklearn.linear_model import LogisticRegression
    from sklearn.preprocessing import StandardScaler

    x, y, *_ = matrices(folder)
    scaler = StandardScaler().fit(x)
    exact = LogisticRegression(solver="newton-cholesky", tol=1e-12, max_iter=1000).fit(scaler.transform(x), y)
    weights = np.append(exact.coef_[0], exact.intercept_[0])
    steps = np.vstack([np.diag(scaler.scale_), np.zeros(len(scaler.scale_))]) + scaler.mean_
    far = []
    for path in models:
        found = log_odds(path, steps)
        found[:-1] -= found[-1]
        far.append(float(np.abs(found - weights).max() / np.abs(weights).max()))
    return {"far": far}


def session(path):
    import onnxruntime

    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = THREADS
    options.log_severity_level = 3
    return onnxruntime.InferenceSession(path, options, providers=["CPUExecutionProvider"])


def fed(model, x):
    """Inputs of one of our model files, which has one tensor for each raw column, named as the columns of rows.csv."""
    places = {f"f{place:0{2 if x.shape[1] < 100 else 4}}": place for place in range(x.shape[1])}
    kinds = {"tensor(double)": float, "tensor(int64)": "int64"}
    return {
        one.name: x[:, places[one.name]].reshape(-1, *[1] * (len(one.shape) - 1)).astype(kinds[one.type])
        for one in model.get_inputs()}


def log_odds(path, x):
    import numpy as np

    model = session(path)
    chances = np.asarray(model.run(["probabilities"], fed(model, x))[0])
    return np.log(chances[:, 1] / chances[:, 0])


