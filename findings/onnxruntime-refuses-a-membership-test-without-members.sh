#!/usr/bin/env bash
# onnxruntime 1.32.0 and onnx 1.23.2: a tree that parts missing values from all categories is valid, and does not load.
#
# Behaviour: in TreeEnsemble (ai.onnx.ml 5) a BRANCH_MEMBER node lists the values that take its true branch, and missing values
# take the branch that nodes_missing_value_tracks_true names. A node whose list is empty sends missing cells alone to one side,
# which is what gradient boosting finds where the label follows from which cells are missing. The checker of onnx passes such
# a model and its reference evaluator answers; onnxruntime raises "must have at least one membership value" when it loads the
# file. A membership test without members has to be written as a threshold that no value is below.
#
# Fails when a release behaves otherwise.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
python3 -m venv "$work/venv"
"$work/venv/bin/pip" --quiet --disable-pip-version-check install onnx==1.23.2 onnxruntime==1.32.0 numpy==2.4.6
"$work/venv/bin/python" - <<'PYTHON'
import numpy as np
import onnx
import onnxruntime
from onnx import TensorProto, helper
from onnx.reference import ReferenceEvaluator


def model(members):
    """Two membership tests: missing and the first list's values give 10, the second's 20, all others 30."""
    def doubles(name, values):
        return helper.make_tensor(name, TensorProto.DOUBLE, [len(values)], values)

    tree = helper.make_node(
        "TreeEnsemble", ["x"], ["y"], domain="ai.onnx.ml", n_targets=1, aggregate_function=1, post_transform=0,
        tree_roots=[0], nodes_featureids=[0, 0], nodes_missing_value_tracks_true=[1, 0],
        nodes_splits=doubles("splits", [0, 0]), nodes_modes=helper.make_tensor("modes", TensorProto.UINT8, [2], [6, 6]),
        nodes_truenodeids=[0, 1], nodes_falsenodeids=[1, 2], nodes_trueleafs=[1, 1], nodes_falseleafs=[0, 1],
        leaf_targetids=[0, 0, 0], leaf_weights=doubles("weights", [10, 20, 30]),
        membership_values=doubles("members", members))
    ports = [helper.make_tensor_value_info(name, TensorProto.DOUBLE, ["N", 1]) for name in "xy"]
    made = helper.make_model(
        helper.make_graph([tree], "tree", ports[:1], ports[1:]), ir_version=10,
        opset_imports=[helper.make_opsetid("", 21), helper.make_opsetid("ai.onnx.ml", 5)])
    onnx.checker.check_model(made, full_check=True)
    return made


rows = {"x": np.array([[np.nan], [1.0], [2.0]])}
end = float("nan")
print("onnx", onnx.__version__, "onnxruntime", onnxruntime.__version__)
for words, made in [("a member", model([3, end, 1, end])), ("no member", model([end, 1, end]))]:
    reference = ReferenceEvaluator(made).run(None, rows)[0].ravel().tolist()
    try:
        runtime = onnxruntime.InferenceSession(made.SerializeToString()).run(None, rows)[0].ravel().tolist()
    except onnxruntime.capi.onnxruntime_pybind11_state.Fail as error:
        runtime = str(error).split(" was false. ")[-1].strip()
    print(f"{words}: reference {reference}, onnxruntime {runtime}")
    assert reference == [10, 20, 30], reference
    assert (runtime == reference) == (words == "a member"), "a membership test without members loads now"
PYTHON
