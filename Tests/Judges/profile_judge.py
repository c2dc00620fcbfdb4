"""Whether `profile` counts and measures as Polars and DuckDB do, on every set that ships and on six made ones.

Exit status 1 where a statistic differs by more than 1e-9 relative. Quartiles interpolate between the neighbours (Hyndman and Fan's
type 7) in all three, and the standard deviation divides by n - 1.
"""
import math
import pathlib
import sys
import tempfile

import duckdb
import polars as pl

import profile_sets
import running

TOLERANCE = 1e-9
QUARTILES = {"q1": 0.25, "median": 0.5, "q3": 0.75}


def by_polars(table, name):
    column = table[name]
    present = column.drop_nulls()
    found = {"count": len(present), "missing": column.null_count(), "distinct": present.n_unique()}
    if column.dtype.is_temporal() or column.dtype == pl.Boolean:
        return found
    found |= {"min": present.min(), "max": present.max()}
    if column.dtype.is_numeric():
        found |= {word: present.quantile(share, interpolation="linear") for word, share in QUARTILES.items()}
        found |= {"mean": present.mean(), "sd": present.std(ddof=1)}
    return found


def by_duckdb(base, table, name):
    column = '"' + name.replace('"', '""') + '"'
    asked = {
        "count": f"count({column})", "missing": f"count(*) - count({column})", "distinct": f"count(DISTINCT {column})"}
    kind = table[name].dtype
    if not (kind.is_temporal() or kind == pl.Boolean):
        asked |= {"min": f"min({column})", "max": f"max({column})"}
        if kind.is_numeric():
            asked |= {word: f"quantile_cont({column}::DOUBLE, {share})" for word, share in QUARTILES.items()}
            asked |= {"mean": f"avg({column})", "sd": f"stddev_samp({column}::DOUBLE)"}
    row = base.execute(f"SELECT {', '.join(asked.values())} FROM cells").fetchone()
    return dict(zip(asked, row))


def agrees(given, expected):
    if isinstance(given, str) and given.startswith("~"):
        return abs(int(given[1:]) - expected) <= 0.05 * expected
    if isinstance(given, int) and isinstance(expected, int):
        return given == expected
    if isinstance(given, (int, float)) and isinstance(expected, (int, float)):
        return math.isclose(given, expected, rel_tol=TOLERANCE, abs_tol=0 if abs(expected) < 1e-100 else 1e-12)
    return str(given) == str(expected)


def profiled(path):
    """Statistics of each column as `profile` shows them."""
    shown = running.run(f"load {running.quoted(path)}\nprofile", running.ROOT)
    facts = {fact["name"]: fact["value"] for part in running.of_kind(shown, "facts") for fact in part["facts"]}
    for table in running.of_kind(shown, "table"):
        heads = [column["name"] for column in table["columns"]]
        if "distinct" not in heads:
            continue
        for row in table["rows"]:
            found = dict(zip(heads, row))
            yield found | {"count": facts["rows"] - found["missing"]}


def compare(path):
    """How many figures of a file were compared, and what differs."""
    table = pl.read_csv(path, infer_schema_length=None, try_parse_dates=True)
    base = duckdb.connect()
    types = "['BIGINT', 'DOUBLE', 'DATE', 'TIMESTAMP', 'VARCHAR']"
    reading = f"read_csv('{path}', header = true, sample_size = -1, auto_type_candidates = {types})"
    base.execute(f"CREATE TABLE cells AS SELECT * FROM {reading}")
    compared, complaints, seen = 0, [], set()
    for ours in profiled(path):
        name = ours["column"]
        seen.add(name)
        for judge, theirs in (("Polars", by_polars(table, name)), ("DuckDB", by_duckdb(base, table, name))):
            compared += len(theirs)
            complaints += [
                f"{path.name} {name} {word}: ours {ours[word]}, {judge} {expected}"
                for word, expected in theirs.items() if not agrees(ours[word], expected)]
    complaints += [f"{path.name} {absent} is not profiled" for absent in sorted(set(table.columns) - seen)]
    return compared, complaints


def main():
    with tempfile.TemporaryDirectory() as folder:
        paths = sorted(running.DATA.glob("*.csv*")) + list(profile_sets.written(pathlib.Path(folder)))
        found = [compare(path) for path in paths]
    compared, complaints = sum(count for count, _ in found), [line for _, lines in found for line in lines]
    print(f"{len(paths)} sets, {compared} statistics compared, {len(complaints)} differ", *complaints[:40], sep="\n")
    return 1 if complaints or compared < 1000 or len(paths) < 12 else 0


if __name__ == "__main__":
    sys.exit(main())
