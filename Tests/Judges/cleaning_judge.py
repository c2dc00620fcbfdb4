"""Whether the verbs that clean do what NumPy, SciPy and pandas do: fences and what lies outside, parts of dates, replaced values.

Exit status 1 where a cell differs. The fences of `z` are of the sample's standard deviation (n - 1), and those of `mad` of the median
distance scaled as that of normal numbers.
"""
import sys
import tempfile

import numpy as np
import pandas as pd
from scipy import stats

import running


def fences(method, k, present):
    """The ends inside which no value is an outlier; None where there are none."""
    if len(present) == 0:
        return None
    if method == "iqr":
        low, high = np.percentile(present, [25, 75])
        spread = high - low
    elif method == "z":
        if len(present) < 2 or (len(present) - 1) / np.sqrt(len(present)) <= k:
            return None
        low = high = present.mean()
        spread = present.std(ddof=1)
    else:
        low = high = np.median(present)
        spread = stats.median_abs_deviation(present, scale="normal")
    return None if spread == 0 else (low - k * spread, high + k * spread)


def columns(rng):
    rows = int(rng.integers(3, 400))
    made = {
        "normal": rng.normal(5, 2, rows), "long": rng.lognormal(0, 2, rows), "counts": rng.poisson(0.3, rows).astype(float),
        "same": np.full(rows, 3.0), "few": rng.normal(0, 1, rows),
    }
    made["few"][rng.random(rows) < 0.95] = np.nan
    made["normal"][rng.random(rows) < 0.1] = np.nan
    return made


def judge_outliers(rng, folder):
    table = pd.DataFrame(columns(rng))
    table.to_csv(f"{folder}/numbers.csv", index=False)
    method = str(rng.choice(["iqr", "z", "mad"]))
    k = float(rng.choice([0.5, 1, 1.5, 3]))
    types = ", ".join(f"{name}: float" for name in table)
    acts = {}
    for act in ["clip", "missing", "flag"]:
        running.run(
            f'load "numbers.csv", types: {{{types}}}\noutliers all(), method: {method}, k: {k}, do: {act}\n'
            f'export "{act}.csv", replace: true', folder)
        acts[act] = pd.read_csv(f"{folder}/{act}.csv")
    for name in table:
        column = table[name]
        ends = fences(method, k, column.dropna().to_numpy())
        outside = pd.Series(False, index=column.index) if ends is None else (column < ends[0]) | (column > ends[1])
        # What lies on a fence to the last bit may fall on either side of it.
        sure = pd.Series(True, index=column.index)
        if ends is not None:
            sure = ~(np.isclose(column, ends[0], rtol=1e-12) | np.isclose(column, ends[1], rtol=1e-12))
        clipped = column if ends is None else column.clip(*ends)
        emptied = acts["missing"][name].isna() == (outside | column.isna())
        flagged = acts["flag"][f"{name}_outlier"].astype(str).str.lower().eq("true") == outside
        near = np.isclose(acts["clip"][name].astype(float), clipped, rtol=1e-9, atol=1e-12, equal_nan=True)
        for what, held in [("clip", near), ("missing", emptied), ("flag", flagged)]:
            if not (held | ~sure).all():
                sys.exit(f"{what} of {name} by {method}, k {k}: rows {list(np.flatnonzero(~(held | ~sure)))[:5]} of\n{column}")
    return len(table) * len(acts) * len(table.columns)


PARTS = {
    "year": lambda d: d.dt.year, "quarter": lambda d: d.dt.quarter, "month": lambda d: d.dt.month,
    "week": lambda d: d.dt.isocalendar().week, "day": lambda d: d.dt.day, "weekday": lambda d: d.dt.weekday + 1,
    "day_of_year": lambda d: d.dt.dayofyear, "is_weekend": lambda d: d.dt.weekday >= 5, "hour": lambda d: d.dt.hour,
    "minute": lambda d: d.dt.minute,
}
ROUNDS = {"month": (1, 12), "weekday": (1, 7), "quarter": (1, 4), "day_of_year": (1, 365.25), "hour": (0, 24), "minute": (0, 60)}


def judge_dates(rng, folder):
    moments = pd.to_datetime(rng.integers(-2_000_000_000, 4_000_000_000, 500), unit="s", utc=True)
    pd.DataFrame({"at": moments.strftime("%Y-%m-%dT%H:%M:%SZ")}).to_csv(f"{folder}/dates.csv", index=False)
    running.run(
        f'load "dates.csv", types: {{at: datetime}}\n'
        f'dates at, parts: [{", ".join(PARTS)}], cyclic: true, since: @2000-01-01\nexport "parts.csv", replace: true', folder)
    given, made = pd.Series(moments), pd.read_csv(f"{folder}/parts.csv")
    for part, expected in PARTS.items():
        held = made[f"at_{part}"].astype(str).str.lower() == expected(given).astype(str).str.lower()
        if not held.all():
            sys.exit(f"{part}: {made[~held].head()} is not {expected(given)[~held].head()}")
    for part, (first, length) in ROUNDS.items():
        angle = 2 * np.pi / length * (PARTS[part](given).astype(float) - first)
        for name, wave in [("sin", np.sin(angle)), ("cos", np.cos(angle))]:
            if not np.allclose(made[f"at_{part}_{name}"], wave, atol=1e-12):
                sys.exit(f"{part}_{name} differs")
    days = (given - pd.Timestamp("2000-01-01", tz="UTC")) / pd.Timedelta(days=1)
    if not np.allclose(made["at_days"], days, rtol=1e-12):
        sys.exit("days differ")
    return len(given) * len(made.columns)


def judge_replaced(rng, folder):
    words = ["a", "b", "é", "n/a", "x y"]
    table = pd.DataFrame({
        "word": rng.choice(words, 300), "number": rng.integers(-5, 6, 300),
    })
    table.to_csv(f"{folder}/values.csv", index=False)
    texts = {"a": "A", "n/a": None, "é": "e", "never": "x"}
    numbers = {-5: None, 0: 100, 5: -5}
    written = [
        "{" + ", ".join(f"{running.quoted(key) if isinstance(key, str) else key}: "
                        + ("missing" if value is None else running.quoted(value) if isinstance(value, str) else str(value))
                        for key, value in pairs.items()) + "}"
        for pairs in (texts, numbers)
    ]
    running.run(
        f'load "values.csv", types: {{word: text, number: int}}\n'
        f'replace word = {written[0]}, number = {written[1]}\nexport "replaced.csv", replace: true', folder)
    made = pd.read_csv(f"{folder}/replaced.csv", keep_default_na=False, dtype=str)
    for name, pairs in [("word", texts), ("number", numbers)]:
        expected = table[name].map(lambda cell: pairs.get(cell, cell)).map(
            lambda cell: "" if cell is None or cell != cell else str(int(cell)) if name == "number" else cell)
        if not (made[name] == expected).all():
            sys.exit(f"{name}: {made[name][made[name] != expected].head()}")
    return len(table) * 2


def main():
    cells = 0
    with tempfile.TemporaryDirectory() as folder:
        for seed in range(12):
            cells += judge_outliers(np.random.default_rng(seed), folder)
        for seed in range(3):
            rng = np.random.default_rng(seed)
            cells += judge_dates(rng, folder) + judge_replaced(rng, folder)
    print(f"{cells} cells as NumPy, SciPy and pandas have them")


if __name__ == "__main__":
    main()
