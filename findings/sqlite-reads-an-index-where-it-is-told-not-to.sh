#!/usr/bin/env bash
# SQLite 3.50.4 (apsw 3.50.4.0): NOT INDEXED is passed over for tables WITHOUT ROWID, and rows come in the order of an index.
#
# Behaviour: "from t not indexed" keeps a table with row ids from being read by an index, as documented. A table WITHOUT ROWID is read
# by a covering index all the same where only the columns of that index are asked for, so that the rows of one column come in another
# order than those of all columns. Who reads such a table column by column, each without ORDER BY but with NOT INDEXED, puts cells of
# different rows side by side.
#
# Fails when a release behaves otherwise.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
python3 -m venv "$work/venv"
"$work/venv/bin/pip" --quiet --disable-pip-version-check install apsw==3.50.4.0
"$work/venv/bin/python" - <<'PYTHON'
import apsw

found = {}
for options in ("", "without rowid"):
    base = apsw.Connection(":memory:")
    base.execute(f"create table t(a text primary key, b int, c int) {options}; create index i on t(b)")
    base.execute("insert into t values ('x', 3, 0), ('y', 1, 0), ('z', 2, 0)")
    both = list(base.execute("select a, b, c from t not indexed"))
    alone = [b for b, in base.execute("select b from t not indexed")]
    plan = [step[-1] for step in base.execute("explain query plan select b from t not indexed")]
    found[options] = [b for _, b, _ in both], alone, plan
    print("SQLite", apsw.sqlite_lib_version(), options or "with row ids", *found[options])
assert found[""][0] == found[""][1] == [3, 1, 2], found
assert found["without rowid"][0] == [3, 1, 2] and found["without rowid"][1] == [1, 2, 3], "NOT INDEXED is obeyed now"
PYTHON
