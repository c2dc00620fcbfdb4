"""Whether rules give the verdicts that Great Expectations gives: its expectations, each beside the rule that says the same, on sets
that ship.

usage: validation_judge.py

Exit status 1 where a verdict differs, or where one side finds only one kind of verdict. A `mostly` of an expectation is the share that
may not fail: `warn: 1 - mostly` of a rule.
"""
import json
import os
import pathlib
import sys
import tempfile
import warnings

os.environ["GX_ANALYTICS_ENABLED"] = "false"
warnings.filterwarnings("ignore")

import great_expectations as gx
import great_expectations.expectations as gxe
import pandas as pd

import running

# What stands before the rules of a set, and the same done to the frame.
TITANIC = pd.read_csv(running.DATA / "titanic.csv")
PENGUINS = pd.read_csv(running.DATA / "penguins.csv")
WEATHER = pd.read_csv(running.DATA / "seattle_weather.csv")
WEATHER["date"] = pd.to_datetime(WEATHER["date"])
IRIS = pd.read_csv(running.DATA / "iris.csv")
FRAMES = {"titanic": TITANIC, "penguins": PENGUINS, "seattle_weather": WEATHER, "iris": IRIS}

IRIS_COLUMNS = [
    ("sepal_length_cm", "number"), ("sepal_width_cm", "number"), ("petal_length_cm", "number"),
    ("petal_width_cm", "number"), ("species", "string")]


def schema(columns):
    return json.dumps({"fields": [{"name": name, "type": kind} for name, kind in columns]})


FILES = {
    "iris.schema.json": schema(IRIS_COLUMNS),
    "short.schema.json": schema(IRIS_COLUMNS[:-1]),
    "texts.schema.json": schema([(name, "string") for name, _ in IRIS_COLUMNS]),
    "sexes.csv": "sex\nmale\nfemale\n",
    "islands.csv": "species,island\nAdelie,Torgersen\nAdelie,Biscoe\nAdelie,Dream\nGentoo,Biscoe\nChinstrap,Dream\n",
}

NAME = r"^[A-Z][^,]*, (Mr|Mrs|Miss|Master)"

# Set, expectation, rule.
PAIRS = [
    # --- of a value ---
    ("titanic", gxe.ExpectColumnValuesToNotBeNull(column="name"), "not_missing(name)"),
    ("titanic", gxe.ExpectColumnValuesToNotBeNull(column="age"), "not_missing(age)"),
    ("titanic", gxe.ExpectColumnValuesToNotBeNull(column="age", mostly=0.75), "not_missing(age, warn: 0.25)"),
    ("titanic", gxe.ExpectColumnValuesToNotBeNull(column="age", mostly=0.85), "not_missing(age, warn: 0.15)"),
    ("titanic", gxe.ExpectColumnValuesToBeNull(column="age"), "age == missing"),
    ("titanic", gxe.ExpectColumnValuesToBeNull(column="age", mostly=0.15), "rule(age == missing, warn: 0.85)"),
    ("titanic", gxe.ExpectColumnValuesToBeBetween(column="age", min_value=0, max_value=80), "range(age, 0, 80)"),
    ("titanic", gxe.ExpectColumnValuesToBeBetween(column="age", min_value=0, max_value=60), "range(age, 0, 60)"),
    ("titanic", gxe.ExpectColumnValuesToBeBetween(column="age", min_value=0, max_value=60, mostly=0.95),
     "range(age, 0, 60, warn: 0.05)"),
    ("titanic", gxe.ExpectColumnValuesToBeBetween(column="age", min_value=0, max_value=60, mostly=0.98),
     "range(age, 0, 60, warn: 0.02)"),
    ("titanic", gxe.ExpectColumnValuesToBeBetween(column="age", min_value=0.1667, strict_min=True), "age > 0.1667"),
    ("titanic", gxe.ExpectColumnValuesToBeBetween(column="age", max_value=80), "range(age, missing, 80)"),
    ("seattle_weather", gxe.ExpectColumnValuesToBeBetween(
        column="date", min_value=pd.Timestamp(2012, 1, 1), max_value=pd.Timestamp(2015, 12, 31)),
     "range(date, @2012-01-01, @2015-12-31)"),
    ("titanic", gxe.ExpectColumnValuesToBeInSet(column="sex", value_set=["male", "female"]),
     'in_set(sex, ["male", "female"])'),
    ("titanic", gxe.ExpectColumnValuesToBeInSet(column="class", value_set=["1st", "2nd"]),
     'in_set(class, ["1st", "2nd"])'),
    ("titanic", gxe.ExpectColumnValuesToBeInSet(column="class", value_set=["1st", "3rd"], mostly=0.75),
     'in_set(class, ["1st", "3rd"], warn: 0.25)'),
    ("penguins", gxe.ExpectColumnValuesToNotBeInSet(column="sex", value_set=["other"]), 'not (sex in ["other"])'),
    ("penguins", gxe.ExpectColumnValuesToNotBeInSet(column="year", value_set=[2008, 2020]),
     "not (year in [2008, 2020])"),
    ("titanic", gxe.ExpectColumnValuesToMatchRegex(column="name", regex=r"^[A-Z].*, "), 'matches(name, r"^[A-Z].*, ")'),
    ("titanic", gxe.ExpectColumnValuesToMatchRegex(column="name", regex=NAME), f'matches(name, r"{NAME}")'),
    ("titanic", gxe.ExpectColumnValuesToMatchRegex(column="name", regex=NAME, mostly=0.9),
     f'matches(name, r"{NAME}", warn: 0.1)'),
    ("titanic", gxe.ExpectColumnValuesToNotMatchRegex(column="name", regex=r"\d"), r'not (name ~ r"\d")'),
    ("titanic", gxe.ExpectColumnValuesToNotMatchRegex(column="name", regex="Master"), 'not (name ~ "Master")'),
    ("titanic", gxe.ExpectColumnValuesToMatchRegexList(
        column="class", regex_list=["^1", "^2", "^3"], match_on="any"),
     'class ~ "^1" or class ~ "^2" or class ~ "^3"'),
    ("titanic", gxe.ExpectColumnValuesToNotMatchRegexList(column="class", regex_list=["^1", "x"]),
     'not (class ~ "^1" or class ~ "x")'),
    ("titanic", gxe.ExpectColumnValueLengthsToBeBetween(column="sex", min_value=4, max_value=6),
     "range(length(sex), 4, 6)"),
    ("titanic", gxe.ExpectColumnValueLengthsToBeBetween(column="name", min_value=5, max_value=40),
     "range(length(name), 5, 40)"),
    ("titanic", gxe.ExpectColumnValueLengthsToEqual(column="class", value=3), "length(class) == 3"),
    ("titanic", gxe.ExpectColumnValueLengthsToEqual(column="sex", value=4), "length(sex) == 4"),
    ("penguins", gxe.ExpectColumnValueZScoresToBeLessThan(column="body_mass_g", threshold=3, double_sided=True),
     "abs(body_mass_g - mean(body_mass_g)) / sd(body_mass_g) < 3"),
    ("penguins", gxe.ExpectColumnValueZScoresToBeLessThan(column="body_mass_g", threshold=2, double_sided=True),
     "abs(body_mass_g - mean(body_mass_g)) / sd(body_mass_g) < 2"),
    ("seattle_weather", gxe.ExpectColumnValuesToBeIncreasing(column="date", strictly=True),
     "increasing(date, strict: true)"),
    ("seattle_weather", gxe.ExpectColumnValuesToBeIncreasing(column="wind"), "increasing(wind)"),
    ("seattle_weather", gxe.ExpectColumnValuesToBeDecreasing(column="date"), "decreasing(date)"),
    # --- of rows together ---
    ("titanic", gxe.ExpectColumnValuesToBeUnique(column="age"), "unique(age)"),
    ("seattle_weather", gxe.ExpectColumnValuesToBeUnique(column="date"), "unique(date)"),
    ("titanic", gxe.ExpectCompoundColumnsToBeUnique(column_list=["name", "age"], ignore_row_if="any_value_is_missing"),
     "unique(name, age)"),
    ("titanic", gxe.ExpectCompoundColumnsToBeUnique(column_list=["sex", "class"]), "unique(sex, class)"),
    ("titanic", gxe.ExpectColumnDistinctValuesToBeInSet(column="sex", value_set=["male", "female"]),
     'foreign_key("sexes.csv", sex)'),
    ("penguins", gxe.ExpectColumnPairValuesToBeInSet(
        column_A="species", column_B="island",
        value_pairs_set=[("Adelie", "Torgersen"), ("Adelie", "Biscoe"), ("Adelie", "Dream"), ("Gentoo", "Biscoe"),
                         ("Chinstrap", "Dream")]),
     'foreign_key("islands.csv", species, island)'),
    ("seattle_weather", gxe.ExpectColumnPairValuesAToBeGreaterThanB(
        column_A="temp_max", column_B="temp_min", or_equal=True), "temp_max >= temp_min"),
    ("seattle_weather", gxe.ExpectColumnPairValuesAToBeGreaterThanB(
        column_A="temp_max", column_B="wind"), "temp_max > wind"),
    ("seattle_weather", gxe.ExpectColumnPairValuesToBeEqual(column_A="temp_max", column_B="temp_min"),
     "temp_max == temp_min"),
    ("iris", gxe.ExpectSelectColumnValuesToBeUniqueWithinRecord(
        column_list=["sepal_length_cm", "petal_length_cm"]), "sepal_length_cm != petal_length_cm"),
    ("iris", gxe.ExpectMulticolumnSumToEqual(
        column_list=["sepal_length_cm", "sepal_width_cm"], sum_total=9), "sepal_length_cm + sepal_width_cm == 9"),
    # --- of a column's statistics ---
    ("titanic", gxe.ExpectColumnMeanToBeBetween(column="age", min_value=25, max_value=35), "mean(age) in 25..35"),
    ("titanic", gxe.ExpectColumnMeanToBeBetween(column="age", min_value=35, max_value=45), "mean(age) in 35..45"),
    ("titanic", gxe.ExpectColumnMedianToBeBetween(column="age", min_value=28, max_value=28), "median(age) == 28"),
    ("titanic", gxe.ExpectColumnMinToBeBetween(column="age", min_value=0, max_value=1), "min(age) in 0..1"),
    ("titanic", gxe.ExpectColumnMaxToBeBetween(column="age", min_value=0, max_value=79), "max(age) in 0..79"),
    ("penguins", gxe.ExpectColumnStdevToBeBetween(column="body_mass_g", min_value=800, max_value=810),
     "sd(body_mass_g) in 800..810"),
    ("penguins", gxe.ExpectColumnSumToBeBetween(column="body_mass_g", min_value=1436999, max_value=1437001),
     "sum_close(body_mass_g, 1437000, 1)"),
    ("penguins", gxe.ExpectColumnSumToBeBetween(column="body_mass_g", min_value=1, max_value=1000),
     "sum_close(body_mass_g, 500, 500)"),
    ("penguins", gxe.ExpectColumnQuantileValuesToBeBetween(
        column="bill_depth_mm", quantile_ranges={"quantiles": [0.5], "value_ranges": [[17, 17.5]]}),
     "quantile(bill_depth_mm, 0.5) in 17..17.5"),
    ("penguins", gxe.ExpectColumnUniqueValueCountToBeBetween(column="species", min_value=3, max_value=3),
     "count_distinct(species) == 3"),
    ("penguins", gxe.ExpectColumnUniqueValueCountToBeBetween(column="year", min_value=4), "count_distinct(year) >= 4"),
    ("penguins", gxe.ExpectColumnProportionOfUniqueValuesToBeBetween(column="species", max_value=0.1),
     "count_distinct(species) / count(species) <= 0.1"),
    ("titanic", gxe.ExpectColumnProportionOfNonNullValuesToBeBetween(column="age", min_value=0.9),
     "count(age) / count() >= 0.9"),
    ("penguins", gxe.ExpectColumnMostCommonValueToBeInSet(column="species", value_set=["Adelie"]),
     'mode(species) == "Adelie"'),
    # --- of the table ---
    ("titanic", gxe.ExpectTableRowCountToEqual(value=1309), "row_count(1309)"),
    ("titanic", gxe.ExpectTableRowCountToEqual(value=1308), "row_count(1308)"),
    ("titanic", gxe.ExpectTableRowCountToBeBetween(min_value=1000, max_value=2000), "row_count(1000, 2000)"),
    ("iris", gxe.ExpectTableColumnsToMatchSet(column_set=[name for name, _ in IRIS_COLUMNS]),
     'schema_is("iris.schema.json")'),
    ("iris", gxe.ExpectTableColumnsToMatchSet(column_set=[name for name, _ in IRIS_COLUMNS[:-1]], exact_match=True),
     'schema_is("short.schema.json")'),
    ("iris", gxe.ExpectColumnValuesToBeOfType(column="sepal_length_cm", type_="str"),
     'schema_is("texts.schema.json")'),
]


def theirs():
    """Their verdicts, in order."""
    context = gx.get_context(mode="ephemeral")
    context.variables.progress_bars = {"globally": False}
    source = context.data_sources.add_pandas("sets")
    batches = {}
    for name, frame in FRAMES.items():
        whole = source.add_dataframe_asset(name).add_batch_definition_whole_dataframe("whole")
        batches[name] = whole.get_batch({"dataframe": frame})
    verdicts = []
    for name, expectation, rule in PAIRS:
        result = batches[name].validate(expectation)
        if result.exception_info.get("raised_exception"):
            sys.exit(f"{type(expectation).__name__}: {result.exception_info}")
        verdicts.append(bool(result.success))
    return verdicts


def ours(folder):
    """Our verdicts, in order: one run takes all sets, with a stage for the rules of each."""
    lines = ["mlp 1"]
    for name in FRAMES:
        rules = [rule for owner, _, rule in PAIRS if owner == name]
        lines.append(f"load {name}\nvalidate " + ",\n  ".join(rules) + ",\n  on_fail: warn, show: 0")
    tables = running.of_kind(running.run("\n".join(lines), folder), "table")
    found = {}
    for name, table in zip(FRAMES, tables, strict=True):
        names = [column["name"] for column in table["columns"]]
        verdicts = [row[names.index("verdict")] for row in table["rows"]]
        found[name] = iter([verdict == "passed" for verdict in verdicts])
    return [next(found[name]) for name, _, _ in PAIRS]


def main():
    expected = theirs()
    with tempfile.TemporaryDirectory() as folder:
        for name, text in FILES.items():
            (pathlib.Path(folder) / name).write_text(text)
        got = ours(folder)
    wrong = [
        f"{name}: {rule}: {'passed' if mine else 'failed'}, and {type(expectation).__name__} "
        f"{'passed' if yours else 'failed'}"
        for (name, expectation, rule), yours, mine in zip(PAIRS, expected, got, strict=True) if yours != mine]
    kinds = {type(expectation).__name__ for _, expectation, _ in PAIRS}
    print(f"{len(PAIRS)} rules beside {len(kinds)} kinds of expectation, {sum(expected)} of which passed")
    if wrong or len(PAIRS) < 50 or len(set(expected)) < 2:
        sys.exit("\n".join(wrong) or "too few verdicts to tell anything")


if __name__ == "__main__":
    main()
