"""Whether a profile in full, the associations of columns, missing patterns and the distance of two tables are those of SciPy, pandas
and NumPy, on sets that ship and on made ones with gaps, ties, skew and words.

Exit status 1 where a figure differs by more than 1e-9 relative. Skewness and kurtosis are those of a sample (bias=False in SciPy).
"""
import itertools
import math
import pathlib
import sys
import tempfile

import numpy as np
import pandas as pd
from scipy import stats

import profile_sets
import running

TOLERANCE = 1e-9
NAMES = ["titanic", "penguins", "iris", "wine", "diabetes", "seattle_weather"]


def close(given, expected, least=1e-9):
    if given is None or expected is None or not math.isfinite(expected):
        return given is None and (expected is None or not math.isfinite(expected))
    return math.isclose(given, expected, rel_tol=TOLERANCE, abs_tol=least)


def details(path):
    """The facts of each column of a profile in full."""
    shown = running.run(f"load {running.quoted(path)}\nprofile detail: full", running.ROOT)
    for group in running.of_kind(shown, "group"):
        parts = group["parts"]
        if parts and parts[0]["kind"] == "heading":
            yield parts[0]["text"], {fact["name"]: fact["value"] for fact in parts[1]["facts"]}


def expected_facts(column):
    """Figures of a column of numbers."""
    values = column.dropna().to_numpy(dtype=float)
    varies = len(np.unique(values)) > 1
    median = np.median(values)
    with np.errstate(all="ignore"):
        found = {
            "mean": values.mean(), "sd": values.std(ddof=1) if len(values) > 1 else None,
            "skewness": stats.skew(values, bias=False) if varies and len(values) > 2 else None,
            "kurtosis": stats.kurtosis(values, bias=False) if varies and len(values) > 3 else None,
            "distance from median": stats.median_abs_deviation(values),
            "between quartiles": stats.iqr(values),
        }
    shares = {"1 %": 0.01, "5 %": 0.05, "q1": 0.25, "median": 0.5, "q3": 0.75, "95 %": 0.95, "99 %": 0.99}
    found |= {name: np.quantile(values, share) for name, share in shares.items()}
    steps = np.diff(values)
    order = {"zeros": int((values == 0).sum()), "negative": int((values < 0).sum())}
    return found, order, (int((steps > 0).sum()), int((steps < 0).sum())), abs(median) + values.std()


def compare_facts(path, table):
    compared, complaints = 0, []
    for name, facts in details(path):
        column = table[name]
        if not pd.api.types.is_numeric_dtype(column) or pd.api.types.is_bool_dtype(column) or column.count() == 0:
            continue
        if facts["type"] not in ("int", "float"):
            continue
        found, counts, (rises, falls), scale = expected_facts(column)
        extreme = scale > 1e60 or scale < 1e-60
        for word, value in found.items():
            # Powers past the range of numbers are left out.
            if extreme and word in ("skewness", "kurtosis"):
                continue
            compared += 1
            least = 1e-9 if word in ("skewness", "kurtosis") else 1e-12 * scale
            if not close(facts.get(word), None if value is None else float(value), least):
                complaints.append(f"{path.name} {name} {word}: ours {facts.get(word)}, theirs {value}")
        for word, value in counts.items():
            compared += 1
            if facts[word] != value:
                complaints.append(f"{path.name} {name} {word}: ours {facts[word]}, theirs {value}")
        if rises and falls:
            compared += 1
            words = facts["order"]
            wanted = f"{rises} rise{'s' if rises > 1 else ''}, {falls} fall{'s' if falls > 1 else ''}"
            if words.replace(",", "").replace(" ", "") != wanted.replace(",", "").replace(" ", ""):
                complaints.append(f"{path.name} {name} order: ours {words}, theirs {wanted}")
    return compared, complaints


def matrix(path, measure):
    """Our figures of a measure for every two columns."""
    shown = running.run(f"load {running.quoted(path)}\nplot correlation, measure: {measure}", running.ROOT)
    for plot in running.of_kind(shown, "plot"):
        data = plot["data"]
        return {(one, two): value for one, two, value in zip(data["down"], data["across"], data[plot["colour"]])}
    return {}


def correlation_ratio(numbers, groups):
    both = pd.DataFrame({"n": numbers.astype(float), "g": groups}).dropna()
    total = ((both.n - both.n.mean()) ** 2).sum()
    between = sum(len(part) * (part.n.mean() - both.n.mean()) ** 2 for _, part in both.groupby("g"))
    return math.sqrt(between / total) if total > 0 and both.g.nunique() > 1 else None


def cramers_v(one, two):
    both = pd.DataFrame({"a": one, "b": two}).dropna()
    crossed = pd.crosstab(both.a, both.b)
    return stats.contingency.association(crossed.to_numpy(), method="cramer") if min(crossed.shape) > 1 else None


def theirs(table, measure, one, two):
    with np.errstate(all="ignore"):
        if measure in ("pearson", "spearman"):
            both = table[[one, two]].dropna().astype(float)
            if len(both) < 2 or both.nunique().min() < 2:
                return None
            # Over the least and greatest exponents NumPy's own sums leave the range of numbers.
            both = both / both.abs().max()
            judge = stats.pearsonr if measure == "pearson" else stats.spearmanr
            return float(judge(both.iloc[:, 0], both.iloc[:, 1])[0])
        return cramers_v(table[one], table[two]) if measure == "cramers_v" else correlation_ratio(table[one], table[two])


def compare_associations(path, table):
    compared, complaints = 0, []
    for measure in ("pearson", "spearman", "cramers_v", "correlation_ratio"):
        for (one, two), value in matrix(path, measure).items():
            if one == two:
                continue
            expected = theirs(table, measure, one, two)
            compared += 1
            if not close(value, expected, 1e-7 if measure == "cramers_v" else 1e-9):
                complaints.append(f"{path.name} {measure} {one} {two}: ours {value}, theirs {expected}")
    return compared, complaints


def compare_patterns(path, table):
    gaps = [name for name in table.columns if table[name].isna().any()]
    if len(gaps) < 2:
        return 0, []
    shown = running.run(f"load {running.quoted(path)}\nplot missing", running.ROOT)
    ours = [row[0] for part in running.of_kind(shown, "table") for row in part["rows"]]
    expected = sorted(table[gaps].isna().value_counts().tolist(), reverse=True)[:20]
    return len(expected), [] if ours == expected else [f"{path.name} patterns: ours {ours}, theirs {expected}"]


def compare_halves(path, table):
    """The distance of the first half of a table from the second."""
    half = len(table) // 2
    folder = path.parent
    table[:half].to_csv(folder / "first_half.csv", index=False)
    table[half:].to_csv(folder / "second_half.csv", index=False)
    script = 'load "second_half.csv"\nas behind\nload "first_half.csv"\nprofile against: behind'
    shown = running.run(script, folder)
    compared, complaints = 0, []
    for part in running.of_kind(shown, "table"):
        heads = [column["name"] for column in part["columns"]]
        for row in part["rows"]:
            found = dict(zip(heads, row))
            one, two = (table[found["column"]][rows].dropna() for rows in (slice(0, half), slice(half, None)))
            if found["by"] == "Kolmogorov–Smirnov" and found["type"] in ("int", "float"):
                expected = stats.ks_2samp(one, two).statistic
            elif found["by"] == "total variation" and found["type"] == "text":
                shares = [half.value_counts(normalize=True) for half in (one, two)]
                expected = shares[0].subtract(shares[1], fill_value=0).abs().sum() / 2
            else:
                continue
            compared += 1
            if not close(found["distance"], float(expected)):
                complaints.append(f"{path.name} {found['column']} distance: ours {found['distance']}, theirs {expected}")
    return compared, complaints


def main():
    compared, complaints, sets = 0, [], 0
    with tempfile.TemporaryDirectory() as name:
        folder = pathlib.Path(name)
        shipped = [path for wanted in NAMES for path in running.DATA.glob(f"{wanted}.csv*")]
        for path in itertools.chain(shipped, profile_sets.written(folder)):
            table = pd.read_csv(path, keep_default_na=False, na_values=[""])
            copy = folder / path.name
            if path.parent != folder:
                copy.write_bytes(path.read_bytes())
            checks = [compare_facts, compare_associations, compare_patterns, compare_halves]
            for check in checks:
                count, found = check(copy, table)
                compared += count
                complaints += found
            sets += 1
    print(f"{sets} sets, {compared} figures compared, {len(complaints)} differ", *complaints[:40], sep="\n")
    return 1 if complaints or compared < 500 or sets < 10 else 0


if __name__ == "__main__":
    sys.exit(main())
