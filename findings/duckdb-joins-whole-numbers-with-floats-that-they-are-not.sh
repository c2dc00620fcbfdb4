#!/usr/bin/env bash
# DuckDB 2.0.1: a join of a BIGINT with a DOUBLE, and UNION ALL BY NAME of the two, lose digits without a word.
#
# Behaviour: the ids 9007199254740993 and 9007199254740992 are two, and 9007199254740992.0 is the second. `a JOIN b ON a.id = b.id`
# casts the whole number to the float, which rounds it, and puts the first id beside the second one's row. `UNION ALL BY NAME` gives
# the first id back as the second. A file whose ids have one missing cell is read as DOUBLE by several tools and written as such,
# so that the two types meet in practice. pandas 3.1.1 joins the two likewise; polars 2.1.0 refuses to.
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
base.execute("CREATE TABLE own AS SELECT 9007199254740993::BIGINT AS id")
base.execute("CREATE TABLE other AS SELECT 9007199254740992::DOUBLE AS id, 'the other' AS name")
joined = base.execute("SELECT own.id, other.id::BIGINT, name FROM own JOIN other ON own.id = other.id").fetchall()
united = base.execute("SELECT id::BIGINT FROM (SELECT id FROM own UNION ALL BY NAME SELECT 0.5::DOUBLE AS id)").fetchall()
print("duckdb", duckdb.__version__)
print("joined:", joined, "united:", united)
assert joined == [(9007199254740993, 9007199254740992, "the other")], "keys are compared without rounding now"
assert (9007199254740992,) in united, "a union keeps the digits now"
PYTHON
