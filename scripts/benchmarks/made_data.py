"""Data for the benchmarks, made once for each size from a fixed seed and kept in .build/benchmarks/data.

usage: made_data.py KIND ROWS     prints the folder

Each folder has rows.csv for us and, where a peer takes matrices, x.npy, y.npy and valid.npy (which rows are not for
training) of the same rows. Numbers have six decimals at most, so that the text and the matrix are the same doubles.
"""
import itertools
import os
import pathlib
import shutil
import subprocess
import sys

HOME = pathlib.Path(__file__).resolve().parents[2] / ".build" / "benchmarks" / "data"
SEED = 20261128
BLOCK = 96_000
FEATURES = 28


def folder(kind, rows):
    """The folder with data of a kind, made by a program of its own if it is not there."""
    place = HOME / f"{kind}-{rows}"
    if not place.is_dir():
        subprocess.run([sys.executable, __file__, kind, str(rows)], check=True, stdout=subprocess.DEVNULL)
    return place


def each_16th(rows):
    import numpy as np

    return np.arange(rows) % 16 == 7


def parts(valid):
    import numpy as np

    return np.where(valid, "valid", "train").tolist()


def measurements(place, rows):
    """28 measurements and a class that follows from some of them, alone and together; the AUC to be had is about 0.9."""
    import numpy as np
    import polars as pl

    x = np.lib.format.open_memmap(place / "x.npy", "w+", np.float64, (rows, FEATURES))
    y, valid = np.zeros(rows, np.int8), each_16th(rows)
    with open(place / "rows.csv", "wb") as file:
        for start in range(0, rows, BLOCK):
            block = slice(start, min(start + BLOCK, rows))
            x[block], y[block] = measured(np, np.random.default_rng([SEED, start // BLOCK]), block.stop - start)
            table = pl.DataFrame(x[block], schema=[f"f{feature:02}" for feature in range(FEATURES)]).with_columns(
                y=pl.Series(y[block]), part=pl.Series(parts(valid[block])))
            table.write_csv(file, include_header=start == 0)
    x.flush()
    np.save(place / "y.npy", y)
    np.save(place / "valid.npy", valid)


def measured(np, draw, rows):
    """A block is drawn in full and cut, so that a smaller size is the beginning of a larger."""
    normal = draw.normal(size=(BLOCK, 14))
    skewed = draw.exponential(size=(BLOCK, 8))
    even = draw.uniform(-1, 1, size=(BLOCK, 4))
    few = draw.integers(0, 6, size=(BLOCK, 2)).astype(float)
    normal[:, 7] = 0.8 * normal[:, 0] + 0.6 * normal[:, 7]
    x = np.round(np.hstack([normal, skewed, even, few]), 6)
    score = (
        0.9 * x[:, 0] - 0.6 * x[:, 1] + 0.5 * x[:, 14] + 0.9 * x[:, 2] * x[:, 3] - 0.7 * np.abs(x[:, 4])
        + 0.8 * np.sin(3 * x[:, 22]) + 0.5 * (x[:, 26] > 3) * x[:, 5] + 0.4 * np.minimum(x[:, 15], 1) * x[:, 6]
        - 0.5 * (x[:, 16] > 1.5) + 0.3 * x[:, 8] + 0.2 * x[:, 23])
    y = draw.random(BLOCK) < 1 / (1 + np.exp(-1.35 * score))
    return x[:rows], y[:rows]


def wide(place, rows):
    """2,000 columns (as many as rows at full size), 30 of which matter; two thirds of the rows are for training."""
    import numpy as np
    import polars as pl

    columns = max(20, rows * 2000 // 2400)
    draw = np.random.default_rng(SEED)
    x = np.round(draw.normal(size=(rows, columns)), 6)
    weights = np.zeros(columns)
    weights[: min(30, columns)] = draw.normal(size=min(30, columns))
    y, valid = (x @ weights + draw.normal(size=rows) * 2 > 0).astype(np.int8), np.arange(rows) % 3 == 2
    table = pl.DataFrame(x, schema=[f"f{feature:04}" for feature in range(columns)]).with_columns(
        y=pl.Series(y), part=pl.Series(parts(valid)))
    table.write_csv(place / "rows.csv")
    for name, values in {"x": x, "y": y, "valid": valid}.items():
        np.save(place / f"{name}.npy", values)


def census(place, rows):
    """Like the Adult set: 6 numbers, 8 texts, missing cells in both, a quarter of the label positive, five folds."""
    import numpy as np
    import pandas as pd

    draw = np.random.default_rng(SEED)

    def text(name, count, decay):
        shares = np.arange(1, count + 1) ** -decay
        return np.array([f"{name} {number}" for number in range(count)]), draw.choice(count, rows, p=shares / shares.sum())

    kinds = {
        "workclass": (8, 1.5), "education": (16, 1.0), "marital": (7, 1.2), "occupation": (14, 0.4),
        "relationship": (6, 0.8), "race": (5, 2.0), "sex": (2, 0.6), "country": (41, 2.5)}
    table, score = {}, np.zeros(rows)
    for name, (count, decay) in kinds.items():
        words, codes = text(name, count, decay)
        table[name] = words[codes].astype(object)
        score += draw.normal(size=count)[codes] * (0.5 if count > 2 else 0.2)
    table["age"] = np.round(17 + 60 * draw.beta(1.6, 3, rows)).astype(int)
    table["weight"] = np.round(draw.lognormal(12, 0.5, rows)).astype(int)
    table["years"] = np.clip(np.round(10 + 2.6 * draw.normal(size=rows)), 1, 16)
    table["gain"] = np.where(draw.random(rows) < 0.08, np.round(draw.lognormal(8.5, 1, rows)), 0).astype(int)
    table["loss"] = np.where(draw.random(rows) < 0.05, np.round(draw.normal(1870, 300, rows)), 0).astype(int)
    table["hours"] = np.clip(np.round(40 + 12 * draw.normal(size=rows)), 1, 99).astype(int)
    age = table["age"]
    score += 0.3 * (table["years"] - 10) + 0.06 * age - 0.0012 * (age - 45) ** 2 + 0.02 * table["hours"]
    score += 1.5 * (table["gain"] > 5000) + 0.4 * (table["loss"] > 1800)
    level = np.quantile(score + draw.logistic(size=rows), 0.76)
    label = np.where(score + draw.logistic(size=rows) > level, "yes", "no")
    table = pd.DataFrame(table)
    for name, share in {"workclass": 0.06, "occupation": 0.06, "country": 0.02, "years": 0.03}.items():
        table.loc[draw.random(rows) < share, name] = None
    table["rich"] = label
    table["fold"] = draw.permutation(rows) % 5
    table.to_csv(place / "rows.csv", index=False)


def many_categories(place, rows):
    """A text column of 30,000 categories (in proportion at other sizes), two numbers, a class `y` and a number `z`."""
    import numpy as np
    import polars as pl

    count = max(30, rows * 30_000 // 200_000)
    draw = np.random.default_rng(SEED)
    codes = np.concatenate([np.arange(count), draw.integers(0, count, rows - count)])
    draw.shuffle(codes)
    effect = draw.normal(size=count) * 1.5
    a, b = np.round(draw.normal(size=(2, rows)), 6)
    score = effect[codes] + 0.8 * a - 0.5 * b
    pl.DataFrame({
        "g": pl.Series([f"g{code:05}" for code in codes]), "a": a, "b": b,
        "y": pl.Series(np.where(score + draw.logistic(size=rows) > 0, "yes", "no").tolist()),
        "z": np.round(score + draw.normal(size=rows), 6),
        "part": pl.Series(parts(each_16th(rows))),
    }).write_csv(place / "rows.csv")


def mixed(place, rows):
    with open(place / "rows.csv", "wb") as file:
        for start, frame in mixed_frames(rows):
            frame.write_csv(file, include_header=start == 0)


def mixed_json(place, rows):
    """The rows of `mixed` as JSON: one object a line, and the same lines as one list."""
    with open(place / "rows.jsonl", "wb") as lines, open(place / "rows.json", "wb") as whole:
        for start, frame in mixed_frames(rows):
            text = frame.write_ndjson().encode()
            lines.write(text)
            whole.write((b"," if start else b"[") + text.rstrip(b"\n").replace(b"\n", b"\n,") + b"\n")
        whole.write(b"]\n")


def mixed_frames(rows, part=0):
    """14 columns of every type that a file has: ids and times in order, amounts, measurements, codes, words, flags; some cells missing."""
    import numpy as np
    import polars as pl

    cities = np.array([f"city of {name}" for name in "Aachen Bergen Cork Delft Essen Faro Graz Hull Ivrea Jena Kiel Lund".split()])
    for start in range(0, rows, BLOCK):
        draw, count = np.random.default_rng([SEED + part, start // BLOCK]), min(BLOCK, rows - start)
        number = np.arange(start, start + BLOCK)
        gone = draw.random((3, BLOCK)) < 0.03
        text = lambda kind, codes: pl.Series([f"{kind}-{code:06}" for code in codes.tolist()])
        yield start, pl.DataFrame({
            "id": 1_000_000 + number,
            "at": (pl.Series(1_700_000_000_000_000 + number * 1_500_000 + draw.integers(0, 1_500_000, BLOCK))
                   .cast(pl.Datetime("us")).dt.strftime("%Y-%m-%dT%H:%M:%S%.6fZ")),
            "day": pl.Series(15_000 + draw.integers(0, 3650, BLOCK)).cast(pl.Int32).cast(pl.Date),
            "amount": pl.Series(np.round(draw.lognormal(4, 1.2, BLOCK), 2)).set(pl.Series(gone[0]), None),
            "measured": np.round(draw.normal(size=BLOCK), 6), "share": np.round(draw.random(BLOCK), 6),
            "rate": np.round(draw.exponential(size=BLOCK), 9),
            "pieces": pl.Series(draw.poisson(3, BLOCK)).set(pl.Series(gone[1]), None),
            "customer": draw.integers(0, 200_000, BLOCK), "serial": draw.integers(0, 1 << 40, BLOCK),
            "kind": pl.Series(draw.choice(["basic", "extra", "large", "premium", "trial"], BLOCK).tolist()),
            "city": pl.Series(cities[draw.integers(0, 12, BLOCK)].tolist()).set(pl.Series(gone[2]), None),
            "article": text("article", draw.integers(0, 50_000, BLOCK)),
            "paid": pl.Series(draw.random(BLOCK) < 0.8),
        })[:count]


def broad(place, rows):
    """70 columns: five of each of the 14 of `mixed`, drawn anew; some of the amounts go together."""
    import polars as pl

    with open(place / "rows.csv", "wb") as file:
        drawn = zip(*(mixed_frames(rows, part) for part in range(5)))
        for frames in drawn:
            start = frames[0][0]
            columns = [frame.rename({name: f"{name}_{part}" for name in frame.columns}) for part, (_, frame) in enumerate(frames)]
            table = pl.concat(columns, how="horizontal").with_columns(
                amount_1=(pl.col("amount_0") * 0.7 + pl.col("amount_1") * 0.3).round(2),
                measured_1=(pl.col("measured_0") * 0.9 + pl.col("measured_1") * 0.4).round(6))
            table.write_csv(file, include_header=start == 0)


def customers(place, rows):
    """A row for half of the customers of `mixed` in any order, where there are 100,000, and as many different labels as that has articles."""
    import numpy as np
    import polars as pl

    draw = np.random.default_rng(SEED)
    pl.DataFrame({
        "customer": draw.permutation(2 * rows)[:rows],
        "label": pl.Series([f"article-{number:06}" for number in draw.permutation(rows)]),
        "name": pl.Series([f"name of customer {number}" for number in range(rows)]),
        "segment": pl.Series(draw.choice(["private", "public", "trade", "abroad"], rows).tolist()),
        "balance": np.round(draw.normal(size=rows) * 1000, 2),
    }).write_csv(place / "rows.csv")


def keyed(place, rows):
    """10 columns beside a key of 100,000 values: ids, codes, words, days, moments, amounts and measurements."""
    import numpy as np
    import polars as pl

    with open(place / "rows.csv", "wb") as file:
        for start in range(0, rows, BLOCK):
            draw, count = np.random.default_rng([SEED, start // BLOCK]), min(BLOCK, rows - start)
            number = np.arange(start, start + BLOCK)
            pl.DataFrame({
                "id": number, "key": draw.integers(0, 100_000, BLOCK), "region": draw.integers(0, 50, BLOCK),
                "kind": pl.Series(draw.choice(["basic", "extra", "large", "premium", "trial"], BLOCK).tolist()),
                "day": pl.Series(15_000 + draw.integers(0, 3650, BLOCK)).cast(pl.Int32).cast(pl.Date),
                "at": (pl.Series(1_700_000_000_000_000 + number * 1_500_000).cast(pl.Datetime("us")).dt.strftime("%Y-%m-%dT%H:%M:%SZ")),
                "amount": np.round(draw.lognormal(4, 1.2, BLOCK), 2), "measured": np.round(draw.normal(size=BLOCK), 6),
                "share": np.round(draw.random(BLOCK), 6), "serial": draw.integers(0, 1 << 40, BLOCK),
            })[:count].write_csv(file, include_header=start == 0)


def keys(place, rows):
    """A row for each key of `keyed`, where there are 100,000."""
    import numpy as np
    import polars as pl

    draw = np.random.default_rng(SEED)
    pl.DataFrame({
        "key": draw.permutation(rows), "name": pl.Series([f"name of key {number}" for number in range(rows)]),
        "segment": pl.Series(draw.choice(["private", "public", "trade", "abroad"], rows).tolist()),
        "balance": np.round(draw.normal(size=rows) * 1000, 2),
    }).write_csv(place / "rows.csv")


def narrow(place, rows):
    """The first 14 columns of `measurements`."""
    with open(folder("measurements", rows) / "rows.csv", "rb") as file, open(place / "rows.csv", "wb") as target:
        target.writelines(b",".join(line.split(b",", 14)[:14]) + b"\n" for line in file)


def eight_parts(place, rows):
    """The rows of `mixed` in eight files."""
    with open(folder("mixed", rows) / "rows.csv", "rb") as file:
        header = file.readline()
        for part in range(8):
            count = rows * (part + 1) // 8 - rows * part // 8
            with open(place / f"part{part}.csv", "wb") as target:
                target.write(header)
                target.writelines(itertools.islice(file, count))


def mixed_parquet(place, rows):
    """The rows of `mixed` as pyarrow writes them, by Snappy and by zstd."""
    import polars as pl
    import pyarrow as pa
    import pyarrow.parquet as pq

    types = {"at": pl.Datetime("us", "UTC"), "day": pl.Date, "kind": pl.String}
    table = pl.read_csv(folder("mixed", rows) / "rows.csv", schema_overrides=types).to_arrow(compat_level=pl.CompatLevel.oldest())
    plain = pa.schema([field.with_type(pa.string()) if pa.types.is_large_string(field.type) else field for field in table.schema])
    for codec in ("snappy", "zstd"):
        pq.write_table(table.cast(plain), place / f"{codec}.parquet", compression=codec)


KINDS = {
    "measurements": measurements, "wide": wide, "census": census, "many_categories": many_categories, "mixed": mixed, "broad": broad, "mixed_json": mixed_json,
    "mixed_parquet": mixed_parquet, "customers": customers, "keyed": keyed, "keys": keys, "narrow": narrow, "eight_parts": eight_parts}


def make(kind, rows):
    place = HOME / f"{kind}-{rows}"
    beside = HOME / f"{kind}-{rows}.{os.getpid()}"
    beside.mkdir(parents=True)
    try:
        KINDS[kind](beside, rows)
        beside.rename(place)
    finally:
        shutil.rmtree(beside, ignore_errors=True)
    return place


if __name__ == "__main__":
    print(make(sys.argv[1], int(sys.argv[2])))
