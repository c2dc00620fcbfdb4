#!/usr/bin/env bash
# fastparquet 2026.9.0: a "not in" filter throws away rows that none of the listed values is in.
#
# Behaviour: filters are held against the least and the greatest value of each row group to skip groups that cannot match. For
# "not in" a group is skipped as soon as one of these two is listed, though all the values between them match. In a file of two
# groups with n = 0..2 and 3..5, ("n", "not in", [0]) gives 3, 4, 5: 1 and 2 are lost; [0, 5] gives no row at all. [1], which
# is no bound, and ("n", "!=", 0) give what they should. row_filter=True, which promises exact rows, loses the same ones, and so
# does pandas.read_parquet(engine="fastparquet"); the engine pyarrow gives all of them.
#
# Fails when a release behaves otherwise.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
python3 -m venv "$work/venv"
"$work/venv/bin/pip" --quiet --disable-pip-version-check install \
    fastparquet==2026.9.0 pyarrow==26.0.1 pandas==2.3.3 numpy==2.4.6
cd "$work"
"$work/venv/bin/python" - <<'PYTHON'
import fastparquet
import pandas as pd

fastparquet.write("made.parquet", pd.DataFrame({"n": range(6)}), row_group_offsets=[0, 3], stats=True)
file = fastparquet.ParquetFile("made.parquet")
print("fastparquet", fastparquet.__version__)
found = {}
for condition in [("n", "not in", [0]), ("n", "not in", [0, 5]), ("n", "not in", [1]), ("n", "!=", 0)]:
    exact = file.to_pandas(filters=[condition], row_filter=True).n.tolist()
    pandas = pd.read_parquet("made.parquet", engine="fastparquet", filters=[condition]).n.tolist()
    other = pd.read_parquet("made.parquet", engine="pyarrow", filters=[condition]).n.tolist()
    print(f"{condition}: exact rows {exact}, through pandas {pandas}, pyarrow {other}")
    found[str(condition)] = exact, pandas, other
lost, all_lost, kept, unequal = found.values()
assert lost == ([3, 4, 5], [3, 4, 5], [1, 2, 3, 4, 5]), "rows beside a listed bound are kept now"
assert all_lost == ([], [], [1, 2, 3, 4]), "rows between two listed bounds are kept now"
assert kept[0] == kept[2] == [0, 2, 3, 4, 5] and unequal[0] == unequal[2] == [1, 2, 3, 4, 5], "other filters differ now"
PYTHON
