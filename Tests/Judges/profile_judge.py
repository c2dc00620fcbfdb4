"""Whether `profile` counts and measures as Polars does, on every set that ships.

Exit status 1 at the first statistic that differs by more than 1e-9 relative.
"""
import math
import sys

import polars as pl

import running

TOLERANCE = 1e-9


def numbers(column):
    """What our profile says of a column of numbers, by Polars."""
    present = column.drop_nulls()
    quartile = lambda share: present.quantile(share, interpolation="linear")
    return {
        "missing": column.null_count(), "distinct": present.n_unique(), "min": present.min(), "max": present.max(),
        "q1": quartile(0.25), "median": quartile(0.5), "q3": quartile(0.75), "mean": present.mean(),
        "sd": present.std(ddof=1),
    }


def texts(column):
    present = column.drop_nulls()
    return {"missing": column.null_count(), "distinct": present.n_unique(), "min": present.min(), "max": present.max()}


def agrees(given, expected):
    if isinstance(given, str) and given.startswith("~"):
        return abs(int(given[1:]) - expected) <= 0.05 * expected
    if isinstance(given, (int, float)) and isinstance(expected, (int, float)):
        return math.isclose(given, expected, rel_tol=TOLERANCE, abs_tol=1e-12)
    return str(given) == str(expected)


def profiled(name):
    """Statistics of each column as `profile` shows them."""
    shown = running.run(f"load {name}\nprofile", running.ROOT)
    for table in running.of_kind(shown, "table"):
        heads = [column["name"] for column in table["columns"]]
        for row in table["rows"]:
            yield dict(zip(heads, row))


def main():
    complaints, compared = [], 0
    for path in sorted(running.DATA.glob("*.csv*")):
        name = path.name.split(".")[0]
        table = pl.read_csv(path, infer_schema_length=None)
        seen = set()
        for ours in profiled(name):
            column = table[ours["column"]]
            seen.add(ours["column"])
            if ours["type"] in ("date", "datetime"):
                continue
            for statistic, expected in (numbers if column.dtype.is_numeric() else texts)(column).items():
                compared += 1
                if not agrees(ours[statistic], expected):
                    complaints.append(f"{name}.{ours['column']} {statistic}: ours {ours[statistic]}, Polars {expected}")
        for absent in sorted(set(table.columns) - seen):
            complaints.append(f"{name}.{absent} is not profiled")
    print(f"{compared} statistics compared, {len(complaints)} differ", *complaints[:40], sep="\n")
    return 1 if complaints or compared < 500 else 0


if __name__ == "__main__":
    sys.exit(main())
