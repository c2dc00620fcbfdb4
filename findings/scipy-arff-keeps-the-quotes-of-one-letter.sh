#!/usr/bin/env bash
# SciPy 1.17.1, scipy.io.arff.loadarff: a quoted name of one letter keeps its quotes, longer ones lose them.
#
# Behaviour: the ARFF format lets any name stand in quotes. loadarff gives back `'x'` with its quotes, and `ab` and `a b` without, so
# that in a file by a writer that quotes every name (x, y and z, say) data["x"] raises. liac-arff 2.5.0 takes the quotes off all.
#
# Fails when a release behaves otherwise.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
python3 -m venv "$work/venv"
"$work/venv/bin/pip" --quiet --disable-pip-version-check install scipy==1.17.1 liac-arff==2.5.0
"$work/venv/bin/python" - <<'PYTHON'
import io

import arff as liac
import scipy
from scipy.io import arff

text = "@relation r\n@attribute 'x' numeric\n@attribute 'ab' numeric\n@attribute 'a b' numeric\n@data\n1,2,3\n"
names = arff.loadarff(io.StringIO(text))[1].names()
others = [name for name, _ in liac.loads(text)["attributes"]]
print("scipy", scipy.__version__, names, "liac-arff", others)
assert names == ["'x'", "ab", "a b"], "the names are read alike now"
assert others == ["x", "ab", "a b"]
PYTHON
