"""Whether ARFF files are read as liac-arff and scipy do, and ours by both, and LIBSVM's as scikit-learn writes them.

Exit status 1 where a cell differs.
"""
import io
import json
import pathlib
import sys
import tempfile

import arff
import numpy as np
import scipy.io.arff
import scipy.sparse
import sklearn.datasets as datasets

import running

TEXTS = ["a", "", "it's", 'say "hi"', "50%", "a, b", "tab\there", "back\\slash", "日本語", "{brace}", "line\nbreak", None]
NOMINAL = ["red", "dark blue", "it's", "a,b"]
# What liac-arff writes as a missing value, as it writes a missing one.
UNTOLD = {""}


def read(path, folder, options=""):
    """The cells that mlp reads of a file, column by column."""
    running.run(f"load {running.quoted(path)}{options}\nexport \"cells.jsonl\", replace: true", folder)
    rows = [json.loads(line) for line in (folder / "cells.jsonl").read_text().splitlines()]
    return {name: [row[name] for row in rows] for name in rows[0]}


def differences(name, given, expected):
    if list(given) != list(expected):
        yield f"{name}: columns {list(given)} and not {list(expected)}"
        return
    for column, values in expected.items():
        wrong = [(row, pair) for row, pair in enumerate(zip(given[column], values)) if pair[0] != pair[1]]
        if wrong or len(values) != len(given[column]):
            yield f"{name}: {column}: {wrong[:3]}, {len(given[column])} rows and not {len(values)}"


def columns(attributes, rows):
    return {name: [row[place] for row in rows] for place, (name, _) in enumerate(attributes)}


def made(random, rows):
    attributes = [
        ("a number", "NUMERIC"), ("real", "REAL"), ("whole", "INTEGER"), ("text", "STRING"), ("colour", NOMINAL)]
    numbers = random.normal(size=rows) * 10.0 ** random.integers(-20, 20, rows)
    table = [
        [float(numbers[row]), None if row % 7 == 0 else row / 8, int(random.integers(-10**9, 10**9)),
         TEXTS[row % len(TEXTS)], None if row % 5 == 0 else NOMINAL[row % 4]]
        for row in range(rows)]
    return attributes, table


def of_liac(folder, random):
    """Files of liac-arff, dense and sparse."""
    attributes, rows = made(random, 400)
    path = folder / "liac.arff"
    path.write_text(arff.dumps({"relation": "r", "attributes": attributes, "data": rows}), encoding="utf-8")
    expected = columns(attributes, [[None if cell in UNTOLD else cell for cell in row] for row in rows])
    yield from differences("liac.arff", read(path, folder), expected)
    attributes = [(f"x{place}", "REAL") for place in range(6)] + [("colour", NOMINAL)]
    sparse = [{int(place): float(row + 1) for place in random.permutation(6)[:2]} | {6: NOMINAL[row % 4]} for row in range(50)]
    sparse = [dict(sorted(row.items())) for row in sparse]
    text = arff.dumps({"relation": "r", "attributes": attributes, "data": sparse})
    (folder / "sparse.arff").write_text(text, encoding="utf-8")
    dense = arff.loads(text, return_type=arff.DENSE)["data"]
    yield from differences("sparse.arff", read(folder / "sparse.arff", folder), columns(attributes, dense))


def of_mlp(folder, random):
    """Files that mlp writes, read by liac-arff and, as far as it knows their types, by scipy."""
    rows = [
        {"f": float(random.normal()), "i": row, "b": row % 2 == 0, "t": TEXTS[row % len(TEXTS)], "m": None if row % 3 else 0.5}
        for row in range(300)]
    (folder / "rows.jsonl").write_text("".join(json.dumps(row) + "\n" for row in rows))
    running.run("load \"rows.jsonl\"\nexport \"ours.arff\"\ndrop t\nexport \"numbers.arff\"", folder)
    found = arff.load(io.StringIO((folder / "ours.arff").read_text(encoding="utf-8")))
    expected = {name: [row[name] for row in rows] for name in rows[0]}
    told = {"true": True, "false": False}
    given = columns(found["attributes"], [[told.get(cell, cell) if place == 2 else cell for place, cell in enumerate(row)] for row in found["data"]])
    yield from differences("ours.arff by liac-arff", given, expected)
    data, _ = scipy.io.arff.loadarff(folder / "numbers.arff")
    for name in ("f", "i", "m"):
        theirs = [None if np.isnan(value) else value for value in data[name]]
        if theirs != expected[name]:
            yield f"numbers.arff by scipy: {name}"
    if [cell == b"true" for cell in data["b"]] != expected["b"]:
        yield "numbers.arff by scipy: b"


def of_mlp_as_libsvm(folder, random):
    """Files that mlp writes, read by scikit-learn: labels, queries, numbers with all their digits, and zeros."""
    for first, ending in ((0, "libsvm"), (1, "svm.gz")):
        features = random.normal(size=(300, 9)) * 10.0 ** random.integers(-20, 20, (300, 9))
        features[random.random((300, 9)) < 0.6] = 0
        features[:, 4] = random.integers(-2**53, 2**53, 300)
        features[random.random((300, 9)) < 0.05] = np.nan
        labels, queries = random.choice([-1, 1, 2.5], 300), np.repeat(np.arange(30), 10)
        rows = [
            {f"f{place + first}": None if np.isnan(cell) else cell for place, cell in enumerate(row)} | {"label": label, "qid": int(query)}
            for row, label, query in zip(features, labels, queries)]
        (folder / "rows.jsonl").write_text("".join(json.dumps(row) + "\n" for row in rows))
        path = folder / f"ours_{first}.{ending}"
        running.run(f"load \"rows.jsonl\"\nexport {running.quoted(path)}", folder)
        found, their_labels, their_queries = datasets.load_svmlight_file(str(path), zero_based=first == 0, query_id=True)
        if not np.array_equal(found.toarray(), features, equal_nan=True):
            yield f"{path.name}: features"
        if list(their_labels) != list(labels) or list(their_queries) != list(queries):
            yield f"{path.name}: labels or queries"


def of_scikit_learn(folder, random):
    """Files of scikit-learn, its features counted from zero and from one, with queries, and with several labels."""
    features = scipy.sparse.random(500, 40, density=0.1, random_state=7, format="csr")
    # A number of 16 digits, which is what scikit-learn writes of it.
    features.data = np.array([float(f"{value:.16g}") for value in features.data])
    labels = random.integers(0, 3, 500)
    for zero in (True, False):
        for queries in (None, np.repeat(np.arange(50), 10)):
            path = folder / f"rows_{zero}_{queries is None}.svm"
            datasets.dump_svmlight_file(features, labels, str(path), zero_based=zero, query_id=queries, comment="made")
            loaded = datasets.load_svmlight_file(str(path), zero_based=zero, query_id=True)
            first = 0 if zero else 1
            expected = {"label": [int(label) for label in loaded[1]]}
            if queries is not None:
                expected["qid"] = [int(query) for query in loaded[2]]
            dense = loaded[0].toarray()
            expected |= {f"f{place + first}": list(dense[:, place]) for place in range(dense.shape[1])}
            yield from differences(path.name, read(path, folder), expected)
    path = folder / "several.svmlight"
    pairs = [sorted({int(label), int(label + shift) % 3}) for label, shift in zip(labels, random.integers(0, 3, 500))]
    flags = np.array([[int(label in pair) for label in range(3)] for pair in pairs])
    datasets.dump_svmlight_file(features, flags, str(path), zero_based=False, multilabel=True)
    if read(path, folder, ", features: 40")["label"] != [",".join(map(str, pair)) for pair in pairs]:
        yield "several.svmlight: labels"


def main():
    random = np.random.default_rng(3)
    with tempfile.TemporaryDirectory() as name:
        folder = pathlib.Path(name)
        complaints = [*of_liac(folder, random), *of_mlp(folder, random), *of_mlp_as_libsvm(folder, random), *of_scikit_learn(folder, random)]
    print(f"{len(complaints)} columns differ", *complaints[:40], sep="\n")
    return 1 if complaints else 0


if __name__ == "__main__":
    sys.exit(main())
