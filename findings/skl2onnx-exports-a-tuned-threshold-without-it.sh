#!/usr/bin/env bash
# skl2onnx 1.20.0: TunedThresholdClassifierCV has a converter of its own, and that leaves the tuned threshold out.
#
# Behaviour: the whole point of the class (scikit-learn 1.9.1) is best_threshold_, the cut-off found by cross-validation that
# predict uses in place of 0.5. The converter passes on the wrapped classifier's label and probability: the probabilities agree
# to the last digits, and the labels are those of 0.5. For a rare class tuned for balanced accuracy the model itself finds 360 of
# 2,000 rows positive (its cut-off is 0.087), the exported one 50. No warning, no error, and none of the converter's options is
# for the threshold. FixedThresholdClassifier, its sister, is refused.
#
# Fails when a release behaves otherwise.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
python3 -m venv "$work/venv"
"$work/venv/bin/pip" --quiet --disable-pip-version-check install \
    skl2onnx==1.20.0 scikit-learn==1.9.1 onnx==1.23.2 onnxruntime==1.32.0 numpy==2.4.6
"$work/venv/bin/python" - <<'PYTHON'
import numpy as np
import onnxruntime
import skl2onnx
import sklearn
from sklearn.linear_model import LogisticRegression
from sklearn.model_selection import TunedThresholdClassifierCV

draw = np.random.default_rng(11)
rows = draw.normal(size=(2000, 2)).astype(np.float32)
label = (rows[:, 0] + draw.normal(size=2000) > 2.3).astype(int)
model = TunedThresholdClassifierCV(LogisticRegression(), scoring="balanced_accuracy").fit(rows, label)
made = skl2onnx.to_onnx(model, rows[:1], options={id(model): {"zipmap": False}})
session = onnxruntime.InferenceSession(made.SerializeToString(), providers=["CPUExecutionProvider"])
other, share = session.run(None, {"X": rows})
own = model.predict(rows)
chance = model.predict_proba(rows)[:, 1]
print("skl2onnx", skl2onnx.__version__, "scikit-learn", sklearn.__version__)
print(f"tuned threshold {model.best_threshold_:.3f}, positive rows {own.sum()}, exported {other.sum()}, "
      f"largest difference of a probability {np.abs(share[:, 1] - chance).max():.1e}")
assert np.allclose(share[:, 1], chance, atol=1e-6), "the probabilities differ now"
assert model.best_threshold_ < 0.4 and own.sum() > 2 * other.sum(), "the labels follow the threshold now"
assert np.array_equal(other, (chance >= 0.5).astype(int)), "the labels are not those of 0.5 any more"
PYTHON
