#!/usr/bin/env bash
# river 0.26.1: StandardScaler.learn_many gives a minute of Unix times a variance that is a multiple of 512.
#
# Behaviour: the docstring of learn_many says that its formulas differ from those of learn_one and give exactly the same result.
# It takes the mean of the squares less the square of the mean. For readings stamped in Unix seconds both are near 3.2e18, where
# two doubles are 512 apart, and so is what is left of them: 0, 512, 1024 or a negative number. Sixty seconds of stamps have
# variance 300; learn_one says so, learn_many says 0 for 1,000 rows at once and other multiples for more, and by a variance of 0
# transform_many turns the whole column into zeros without a word. One missing cell does worse: the count and the mean of the
# batch leave it out, the variance does not, is NaN, and stays NaN for all batches that follow.
#
# Fails when a release behaves otherwise.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
python3 -m venv "$work/venv"
"$work/venv/bin/pip" --quiet --disable-pip-version-check install river==0.26.1 pandas==2.3.3 numpy==2.4.6
"$work/venv/bin/python" - <<'PYTHON'
import math

import numpy as np
import pandas as pd
import river
from river import preprocessing


def learned(*batches):
    """The statistics of a scaler that has learned the batches in turn."""
    scaler = preprocessing.StandardScaler()
    for batch in batches:
        scaler.learn_many(pd.DataFrame({"stamp": batch}))
    return float(scaler.means["stamp"]), float(scaler.vars["stamp"])


print("river", river.__version__)
for count in (1000, 5000, 20000):
    stamps = 1.79e9 + np.linspace(0, 60, count)
    single = preprocessing.StandardScaler()
    for stamp in stamps.tolist():
        single.learn_one({"stamp": stamp})
    _, variance = learned(stamps)
    print(f"{count} rows: variance {stamps.var():.2f}, learn_one {single.vars['stamp']:.2f}, learn_many {variance:.2f}")
    assert math.isclose(single.vars["stamp"], stamps.var(), rel_tol=1e-3), "learn_one has changed"
    assert variance % 512 == 0, "the variance of a batch is exact now"
mean, variance = learned([1.0, math.nan, 3.0], [1.0, 2.0, 3.0])
print(f"a batch with a missing cell and one without: mean {mean}, variance {variance}")
assert mean == 2 and math.isnan(variance), "a missing cell is left out now"
PYTHON
