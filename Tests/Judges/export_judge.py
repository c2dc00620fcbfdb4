"""Whether onnxruntime answers from raw columns as `predict` does, for the models that we export of sets that ship.

Each test row is scored, with missing cells strewn into it and a category that the training rows do not have. The answers
are compared by onnx_judge.py. Exit status 1 when one differs by more than 1e-9.
"""
import sys
import tempfile

import numpy as np

import data_sets
import onnx_judge
import running

TOLERANCE = "1e-9"

# set | stages that are recorded with the model | algorithms
FLOWS = [
    (
        "titanic",
        'derive child = age < 16, deck = class + "/" + sex, decade = age // 10\nimpute age = median, child = false\n'
        "scale age = standard",
        ["logistic", "tree", "boost", "boost, learning_rate: 0.3, trees: 20"],
    ),
    (
        "penguins",
        "derive bill = bill_length_mm / bill_depth_mm, heavy = if body_mass_g > 4000 then 1 else 0\n"
        "impute numeric() = mean, sex = mode",
        ["logistic", "tree", "boost"],
    ),
    (
        "diamonds",
        'derive volume = x * y * z, fair = cut == "Fair"\nencode cut = ordinal\nscale carat = robust',
        ["linear", "tree", "boost"],
    ),
]


def strewn(rows, texts, draw):
    """The rows with a tenth of the cells missing, and a text that nobody has seen in some."""
    # An int column stays one where cells are missing.
    rows = rows.convert_dtypes().astype({name: object for name in texts})
    for name in rows.columns:
        rows.loc[draw.random(len(rows)) < 0.1, name] = None
    for name in texts:
        rows.loc[draw.random(len(rows)) < 0.05, name] = "never seen ✓"
    return rows


def files(data, folder):
    """A table to train from, and test rows without the label: their paths."""
    table = data.table()
    draw = np.random.default_rng(7)
    is_test = draw.random(len(table)) < 0.25
    rows = table[is_test].drop(columns=[data.label])
    rows = strewn(rows, data_sets.text_columns(rows), draw)
    paths = f"{folder}/{data.name}.csv", f"{folder}/{data.name}_rows.csv"
    table[~is_test].to_csv(paths[0], index=False)
    rows.to_csv(paths[1], index=False)
    return paths


def main():
    judged = []
    with tempfile.TemporaryDirectory() as folder:
        for name, recorded, algorithms in FLOWS:
            data = data_sets.named(name)
            table, rows = files(data, folder)
            for place, algorithm in enumerate(algorithms):
                model, expected = f"{folder}/{name}_{place}.onnx", f"{folder}/{name}_{place}.csv"
                running.run(
                    f"load {running.quoted(table)}\n{recorded}\nlabel {data.label}\nsplit valid: 0.2, test: 0, seed: 7\n"
                    f"train {algorithm}\nexport {running.quoted(model)}\npredict {running.quoted(rows)}\n"
                    f"export {running.quoted(expected)}", folder)
                judged += [model, rows, expected]
        return onnx_judge.main([*judged, TOLERANCE])


if __name__ == "__main__":
    sys.exit(main())
