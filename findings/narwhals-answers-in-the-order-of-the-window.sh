#!/usr/bin/env bash
# narwhals 2.29.0: over a pyarrow table, first().over(..., order_by=...) puts the groups' values on other groups' rows.
#
# Behaviour: the same expression is to give the same column whatever library the frame is of. For first and last of each group by
# another column, pandas and polars give each row its own group's value. With pyarrow 26.0.1 the values are right and stand in
# the order of order_by rather than that of the table: with_columns sets them beside rows of other groups. A table that happens
# to be sorted by that column, or whose groups lie alike both ways, hides it. No error, and the length and type are right.
#
# Fails when a release behaves otherwise.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
python3 -m venv "$work/venv"
"$work/venv/bin/pip" --quiet --disable-pip-version-check install \
    narwhals==2.29.0 pyarrow==26.0.1 polars==2.1.0 pandas==2.3.3 numpy==2.4.6
"$work/venv/bin/python" - <<'PYTHON'
import narwhals
import polars
import pyarrow

table = pyarrow.table({
    "shop": ["north", "north", "south", "south", "south"], "day": [4, 5, 1, 3, 2], "sold": [40, 50, 10, 30, 20],
})
own = {"first": [40, 40, 10, 10, 10], "last": [50, 50, 30, 30, 30]}
print("narwhals", narwhals.__version__, "pyarrow", pyarrow.__version__)
for name, expected in own.items():
    expression = getattr(narwhals.col("sold"), name)().over("shop", order_by="day")
    columns = {
        kind: narwhals.from_native(frame).with_columns(found=expression)["found"].to_list()
        for kind, frame in [("pandas", table.to_pandas()), ("polars", polars.from_arrow(table)), ("pyarrow", table)]
    }
    print(f"{name} of each shop by day:", columns)
    assert columns["pandas"] == columns["polars"] == expected, "another library has changed"
    by_day = [expected[row] for row in (2, 4, 3, 0, 1)]
    assert columns["pyarrow"] == by_day != expected, "pyarrow's column is in the order of the table now"
PYTHON
