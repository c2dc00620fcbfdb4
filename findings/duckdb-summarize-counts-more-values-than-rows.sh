#!/usr/bin/env bash
# DuckDB 2.0.1: SUMMARIZE tells of more different values than there are rows.
#
# Behaviour: `approx_unique` is an estimate, as its name says, and it is not held against the count that stands three columns
# to the right in the same row: for 3,000,000 different doubles it is 3,008,548. It is an estimate for few values too, where
# an exact count would be cheap: 962 for 977 different integers. Whoever tells keys from other columns by `approx_unique =
# count`, or takes it for an upper bound, is wrong both ways.
#
# Fails when a release behaves otherwise.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
python3 -m venv "$work/venv"
"$work/venv/bin/pip" --quiet --disable-pip-version-check install duckdb==2.0.1
"$work/venv/bin/python" - <<'PYTHON'
import duckdb

base = duckdb.connect()
base.execute("CREATE TABLE made AS SELECT range::DOUBLE / 7 AS share, range % 977 AS remainder FROM range(3000000)")
exact = base.execute("SELECT count(DISTINCT share), count(DISTINCT remainder) FROM made").fetchone()
summary = base.execute("SELECT column_name, approx_unique, count FROM (SUMMARIZE made)").fetchall()
print("duckdb", duckdb.__version__)
for (name, estimate, count), true in zip(summary, exact):
    print(f"{name}: approx_unique {estimate}, count {count}, different values {true}")
(_, share, rows), (_, remainder, _) = summary
assert exact == (3000000, 977), exact
assert share > rows, "the estimate is no longer beyond the count"
assert remainder != 977, "few values are counted exactly now"
PYTHON
