#!/usr/bin/env bash
# onnxmltools 1.16.0: a LightGBM forest of ten trees is exported as if it had a hundred.
#
# Behaviour: LightGBM 4.7.0 with boosting_type="rf" answers with the mean of its trees. The converter adds the leaves up and
# divides by 100, whatever the number of trees is: 100 is the default of n_estimators, and only a forest of that size comes
# out right. Ten trees give a tenth of each prediction (30.4 becomes 3.04), 300 trees three times as much (91.3). Nothing warns
# at export, and the file passes the checker. With two classes it is the probability that is divided by 100 once the sum has gone
# through the logistic function: class 1 never gets more than 0.01, and all rows are class 0 where the model itself says 1 for
# half of them.
#
# Fails when a release behaves otherwise.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
python3 -m venv "$work/venv"
"$work/venv/bin/pip" --quiet --disable-pip-version-check install \
    onnxmltools==1.16.0 lightgbm==4.7.0 onnx==1.23.2 onnxruntime==1.32.0 scikit-learn==1.9.1 numpy==2.4.6
"$work/venv/bin/python" - <<'PYTHON'
import lightgbm
import numpy as np
import onnx
import onnxmltools
import onnxruntime
from onnxmltools.convert.common.data_types import FloatTensorType

draw = np.random.default_rng(7)
rows = draw.integers(-20, 21, size=(600, 3)).astype(np.float32)
label = 30 + rows[:, 0] / 2 + draw.normal(size=600)


def exported(model):
    """The outputs of the exported model for all rows."""
    made = onnxmltools.convert_lightgbm(model, initial_types=[("x", FloatTensorType([None, 3]))], zipmap=False)
    onnx.checker.check_model(made)
    session = onnxruntime.InferenceSession(made.SerializeToString(), providers=["CPUExecutionProvider"])
    return session.run(None, {"x": rows})


print("onnxmltools", onnxmltools.__version__, "lightgbm", lightgbm.__version__)
forest = dict(boosting_type="rf", bagging_freq=1, bagging_fraction=0.7, random_state=3, n_jobs=1, verbose=-1)
for trees in (10, 100, 300):
    model = lightgbm.LGBMRegressor(n_estimators=trees, **forest).fit(rows, label)
    own, other = model.predict(rows), exported(model)[0].ravel()
    print(f"{trees} trees: mean prediction {own.mean():.2f}, exported {other.mean():.2f}")
    assert np.allclose(other, own * trees / 100, rtol=1e-4), "the sum is no longer divided by 100"
model = lightgbm.LGBMClassifier(n_estimators=10, **forest).fit(rows, (label > 30).astype(int))
classes, share = exported(model)
print(f"two classes: class 1 for {model.predict(rows).mean():.0%} of the rows, exported {np.mean(classes):.0%}, "
      f"highest probability of it {model.predict_proba(rows)[:, 1].max():.3f}, exported {share[:, 1].max():.3f}")
assert share[:, 1].max() <= 0.01 and not np.any(classes), "the forest of two classes is exported otherwise"
PYTHON
