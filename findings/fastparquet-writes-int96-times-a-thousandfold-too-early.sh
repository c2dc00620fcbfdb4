#!/usr/bin/env bash
# fastparquet 2026.9.0 with pandas 3.1.1: `times='int96'` takes microseconds for nanoseconds.
#
# Behaviour: pandas 3 makes datetime64[us] columns of most inputs. fastparquet.write(..., times="int96") writes their counts as if they
# were nanoseconds: an instant of May 2024 is one of January 1970 for whoever reads the file (fastparquet itself, pyarrow 26.0.1, DuckDB
# 2.0.1). No warning is raised, and a round trip by fastparquet alone gives the same wrong instants. The same column as datetime64[ns]
# is written right.
#
# Fails when a release behaves otherwise.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
python3 -m venv "$work/venv"
"$work/venv/bin/pip" --quiet --disable-pip-version-check install fastparquet==2026.9.0 pandas==3.1.1 pyarrow==26.0.1 duckdb==2.0.1
cd "$work"
"$work/venv/bin/python" - <<'PYTHON'
import warnings

import duckdb
import fastparquet
import pandas as pd
import pyarrow.parquet as pq

warnings.simplefilter("ignore", DeprecationWarning)
frame = pd.DataFrame({"t": pd.to_datetime(["2024-05-01 12:34:56.789012"])})
print("pandas", pd.__version__, "fastparquet", fastparquet.__version__, "column", frame.t.dtype)
assert str(frame.t.dtype) == "datetime64[us]"
for unit in ("us", "ns"):
    fastparquet.write(f"{unit}.parquet", frame.astype({"t": f"datetime64[{unit}]"}), times="int96")
    read = [
        pd.read_parquet(f"{unit}.parquet", engine="fastparquet").t[0],
        pq.read_table(f"{unit}.parquet").column("t")[0].as_py(),
        duckdb.sql(f"SELECT t FROM '{unit}.parquet'").fetchall()[0][0],
    ]
    print(unit, [str(value) for value in read])
    assert {value.year for value in read} == ({1970} if unit == "us" else {2024}), "INT96 is written right now"
PYTHON
