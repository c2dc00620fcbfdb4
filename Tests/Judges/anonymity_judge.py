"""Whether `anonymity` measures the k, l and t of pyCANON, and whether what `anonymise` gives is as anonymous by pyCANON as was asked for.

usage: anonymity_judge.py SEED

Exit status 1 where a figure differs, or where rows were changed otherwise than by generalising whole columns. A missing cell is a value
of its own here, which pyCANON has not: it is given a word for one.
"""
import sys
import tempfile
import warnings

import numpy as np
import pandas as pd
from pycanon import anonymity

import running

warnings.filterwarnings("ignore")
TOLERANCE = 1e-9


def made(rng, rows=150):
    """Invented persons."""
    return pd.DataFrame({
        "age": np.where(rng.random(rows) < 0.05, np.nan, rng.integers(18, 90, rows)),
        "zip": [f"{a}{b}{c:02}" for a, b, c in zip(rng.integers(1, 4, rows), rng.integers(0, 9, rows), rng.integers(0, 40, rows))],
        "sex": rng.choice(["f", "m", None], rows, p=[0.5, 0.45, 0.05]),
        "town": rng.choice(["Oslo", "Bergen", "Moss", "Skien", "Bodo"], rows, p=[0.5, 0.3, 0.1, 0.06, 0.04]),
        "born": pd.Timestamp("1940-01-01") + pd.to_timedelta(rng.integers(0, 25000, rows), "D"),
        "visits": rng.poisson(3, rows),
        "ill": rng.choice(["flu", "gout", "none", "cold"], rows, p=[0.5, 0.2, 0.2, 0.1]),
    })


def shipped(name, columns):
    return pd.read_csv(next(running.DATA.glob(name + ".csv*")))[columns].dropna()


# A set, what is known of a person, what is not to be told.
def sets(rng):
    yield "titanic", shipped("titanic", ["age", "sex", "class", "survived"]), ["age", "sex", "class"], ["survived"]
    yield ("penguins", shipped("penguins", ["island", "sex", "year", "species", "body_mass_g"]), ["island", "sex", "year"],
           ["species", "body_mass_g"])
    yield "diamonds", shipped("diamonds", ["cut", "color", "clarity"]).iloc[::40], ["color", "clarity"], ["cut"]
    yield "invented persons", made(rng), ["age", "zip", "sex", "town", "born"], ["ill", "visits"]


def filled(table, columns):
    """With a word where a cell is missing: classes alone are told by these columns."""
    table = table.copy().reset_index(drop=True)
    for name in columns:
        table[name] = table[name].astype(object).where(table[name].notna(), "missing").astype(str)
    return table


def theirs(table, quasi, sensitive):
    table = filled(table, quasi)
    found = {"k": anonymity.k_anonymity(table, quasi)}
    for name in sensitive:
        found["l", name] = anonymity.l_diversity(table, quasi, [name])
        found["t", name] = anonymity.t_closeness(table, quasi, [name])
    return found


def ours(shown):
    """The figures of the last look at anonymity."""
    for part in reversed(running.of_kind(shown, "table")):
        if part["columns"][0]["name"] != "figure":
            continue
        rows = [row[:3] for row in part["rows"]]
        return {(name if not column else (name, column)): value for name, column, value in rows}
    sys.exit("no look at anonymity was shown")


def compare(what, ours, theirs, failures):
    for figure, value in theirs.items():
        if abs(ours[figure] - value) > TOLERANCE:
            failures.append(f"{what}: {figure} is {ours[figure]}, and pyCANON's {value}")


def judge_figures(name, table, quasi, sensitive, folder, failures):
    shown = running.run(
        f'load "rows.csv", types: {types(table)}\nanonymity {", ".join(quasi)}, sensitive: [{", ".join(sensitive)}]', folder)
    found = theirs(table, quasi, sensitive)
    compare(name, ours(shown), found, failures)
    return found


def types(table):
    words = {"i": "int", "f": "float", "M": "date"}
    return "{" + ", ".join(f"{name}: {words.get(column.dtype.kind, 'text')}" for name, column in table.items()) + "}"


def judge_anonymising(name, table, quasi, sensitive, demand, folder, failures):
    told = f"{name}, {demand}"
    options = ", ".join(f"{word}: {value}" for word, value in demand.items())
    shown = running.run(
        f'load "rows.csv", types: {types(table)}\nderive row_number = row\n'
        f'anonymise {", ".join(quasi)}, sensitive: [{", ".join(sensitive)}], {options}\n'
        f'anonymity {", ".join(quasi)}, sensitive: [{", ".join(sensitive)}]\nexport "after.csv", replace: true', folder)
    after = pd.read_csv(f"{folder}/after.csv", dtype={name: str for name in quasi})
    found = theirs(after, quasi, sensitive)
    compare(told, ours(shown), found, failures)
    if found["k"] < demand["k"]:
        failures.append(f"{told}: k is {found['k']}")
    for column in sensitive:
        if found["l", column] < demand.get("l", 1) or found["t", column] > demand.get("t", 1) + TOLERANCE:
            failures.append(f"{told}: of {column} l is {found['l', column]} and t {found['t', column]}")
    left = len(table) - len(after)
    if left > demand["suppress"] * len(table):
        failures.append(f"{told}: {left} rows are left out")
    before = filled(table, quasi).loc[after.row_number.to_numpy()].reset_index(drop=True)
    rows = filled(after, quasi)
    for column in quasi:
        if pd.DataFrame({"from": before[column], "to": rows[column]}).groupby("from")["to"].nunique().max() > 1:
            failures.append(f"{told}: a value of {column} became several")
    return found, left


def main():
    rng = np.random.default_rng(int(sys.argv[1]))
    failures = []
    for name, table, quasi, sensitive in sets(rng):
        table = table.reset_index(drop=True)
        with tempfile.TemporaryDirectory() as folder:
            table.to_csv(f"{folder}/rows.csv", index=False)
            found = judge_figures(name, table, quasi, sensitive, folder, failures)
            print(f"{name}: " + ", ".join(f"{' '.join([figure] if isinstance(figure, str) else figure)} {value:.4g}" for figure, value in found.items()))
            numbered = table.assign(row=np.arange(len(table)))
            numbered.to_csv(f"{folder}/rows.csv", index=False)
            for demand in ({"k": 5, "suppress": 0.05}, {"k": 10, "l": 2, "suppress": 0.1}, {"k": 5, "l": 2, "t": 0.35, "suppress": 0.2}):
                found, left = judge_anonymising(name, numbered, quasi, sensitive, demand, folder, failures)
                print(f"  anonymise {demand}: k {found['k']}, {left} of {len(table)} rows left out")
    for failure in failures:
        print("DIFFERS", failure)
    sys.exit(1 if failures else 0)


main()
