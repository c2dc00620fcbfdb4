#!/usr/bin/env bash
# Polars 2.1.0 and pandas 3.1.1: an asof join to the nearest key takes different rows where two are as near.
#
# Behaviour: with keys 8 and 12 and a row at 10, join_asof(strategy="nearest") of Polars takes the row at 12 and
# merge_asof(direction="nearest") of pandas the row at 8. Polars documents the last of the nearest, pandas says nothing of two. On a
# regular grid of times with rows half way between, which is what resampled data looks like, each such row gets another value, and
# a flow that is carried over from one to the other changes without a word.
#
# Fails when a release behaves otherwise.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
python3 -m venv "$work/venv"
"$work/venv/bin/pip" --quiet --disable-pip-version-check install polars==2.1.0 pandas==3.1.1
"$work/venv/bin/python" - <<'PYTHON'
import pandas as pd
import polars as pl

own = {"t": [10, 20, 30]}
other = {"t": [5, 15, 25, 35], "at": [5, 15, 25, 35]}
by_polars = pl.DataFrame(own).join_asof(pl.DataFrame(other), on="t", strategy="nearest")["at"].to_list()
by_pandas = pd.merge_asof(pd.DataFrame(own), pd.DataFrame(other), on="t", direction="nearest")["at"].tolist()
print("polars", pl.__version__, by_polars, "pandas", pd.__version__, by_pandas)
assert by_polars == [15, 25, 35] and by_pandas == [5, 15, 25], "ties are settled alike now"
PYTHON
