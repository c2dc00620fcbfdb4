#!/usr/bin/env python3
"""Scores rows with onnxruntime and compares the answers with those expected.

usage: onnx_judge.py MODEL.onnx ROWS.csv EXPECTED.csv [MODEL ROWS EXPECTED …] TOLERANCE

ROWS.csv holds the raw columns under the names of the model's inputs, EXPECTED.csv a column `prediction` and, for classes,
a column `probability_CLASS` for each, in any order. An empty cell is missing. Prints the largest difference of each
model, relative to the expected value where that is above 0.001. Exit status: 0 all within TOLERANCE, 1 not, 2 usage.
Needs onnxruntime and numpy; where onnx is installed too, its checker has to pass the model, every part of which must be read.
"""
import csv
import json
import sys

import numpy as np
import onnxruntime

FLOOR = 1e-3


def read(path):
    with open(path, newline="", encoding="utf-8") as file:
        return list(csv.DictReader(file))


def number(text, kind):
    """A cell of a raw column as the double that the model takes."""
    if text == "":
        return float("nan")
    if kind == "bool":
        return {"true": 1.0, "false": 0.0}[text]
    if kind == "date":
        return float(np.datetime64(text, "D").astype(np.int64))
    if kind == "datetime":
        return float(np.datetime64(text.removesuffix("Z"), "us").astype(np.int64))
    return float(text)


def feed(session, rows):
    kinds = json.loads(session.get_modelmeta().custom_metadata_map["input_types"])
    tensors = {}
    for port in session.get_inputs():
        cells = [row[port.name] for row in rows]
        if kinds[port.name] == "text":
            tensors[port.name] = np.array(cells, dtype=object).reshape(-1, 1)
        else:
            numbers = [number(cell, kinds[port.name]) for cell in cells]
            tensors[port.name] = np.array(numbers, dtype=np.float64).reshape(-1, 1)
    return tensors


def difference(given, expected):
    """0 for equal, infinity for what cannot be compared."""
    if isinstance(given, str):
        return 0.0 if given == expected else float("inf")
    if isinstance(given, (bool, np.bool_)):
        return 0.0 if ("true" if given else "false") == expected else float("inf")
    if isinstance(given, (int, np.integer)):
        return 0.0 if str(int(given)) == expected else float("inf")
    kinds = {"true": "1", "false": "0"}
    wanted = float(kinds.get(expected, expected)) if expected != "" else float("nan")
    if np.isnan(given) or np.isnan(wanted):
        return 0.0 if np.isnan(given) and np.isnan(wanted) else float("inf")
    if given == wanted:
        return 0.0
    return abs(given - wanted) / max(FLOOR, abs(wanted))


def as_written(text, kind):
    """An expected prediction of a date is written as one and given as a number."""
    dated = kind in ("date", "datetime") and text != ""
    return repr(number(text, kind)) if dated else text


def check(path):
    try:
        import onnx
    except ImportError:
        return
    onnx.checker.check_model(path, full_check=True)
    graph = onnx.load(path).graph
    read = {name for node in graph.node for name in node.input} | {port.name for port in graph.output}
    idle = [part.name for part in graph.initializer if part.name not in read]
    idle += [node.name for node in graph.node if not read & set(node.output)]
    assert not idle, f"nothing reads {idle}"
    assert all(port.doc_string for port in [*graph.input, *graph.output]), "an input or output says nothing of itself"


def judge(model, rows_path, expected_path):
    check(model)
    options = onnxruntime.SessionOptions()
    options.log_severity_level = 4
    session = onnxruntime.InferenceSession(model, options, providers=["CPUExecutionProvider"])
    rows, expected = read(rows_path), read(expected_path)
    metadata = session.get_modelmeta().custom_metadata_map
    answers = dict(zip([port.name for port in session.get_outputs()], session.run(None, feed(session, rows))))
    predictions = answers["prediction"].tolist()
    assert len(predictions) == len(expected), f"{len(predictions)} answers for {len(expected)} rows"
    kind = metadata.get("prediction_type", "")
    worst, place = 0.0, None
    for row, (given, wanted) in enumerate(zip(predictions, expected)):
        found = difference(given, as_written(wanted["prediction"], kind))
        if found > worst:
            worst, place = found, f"row {row}: prediction is {given!r}, expected {wanted['prediction']!r}"
    classes = json.loads(metadata["classes"])
    names = [cell if isinstance(cell, str) else json.dumps(cell) for cell in classes]
    for at, name in enumerate(names if "probabilities" in answers else []):
        for row, wanted in enumerate(expected):
            given = answers["probabilities"][row, at]
            found = difference(given, wanted[f"probability_{name}"])
            if found > worst:
                worst, place = found, f"row {row}: probability of {name} is {given!r}, expected {wanted[f'probability_{name}']!r}"
    return worst, place


def main(arguments):
    if len(arguments) < 4 or len(arguments) % 3 != 1:
        print(__doc__, file=sys.stderr)
        return 2
    tolerance = float(arguments[-1])
    status = 0
    for start in range(0, len(arguments) - 1, 3):
        try:
            worst, place = judge(*arguments[start : start + 3])
            note = f" ({place})" if place and worst > tolerance else ""
        except Exception as error:  # one model that cannot be judged must not hide the others
            worst, note = float("inf"), f" ({' '.join(str(error).split())[:400]})"
        status = max(status, 0 if worst <= tolerance else 1)
        print(f"{arguments[start]}: {worst:.3g}{note}")
    return status


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
