"""Data sets drawn from a seed: what real tables do to a learner, all at once and in any mixture.

Numbers of any scale, texts of 1 to 300 categories, constant columns, missing cells anywhere (the label too), classes
down to 1 in 3,000, 3 to 30 classes, duplicated rows, groups that must stay together, time that only goes forward.
"""
import dataclasses

import numpy as np
import pandas as pd
from sklearn.model_selection import GroupKFold, KFold, StratifiedKFold, TimeSeriesSplit

LABEL = "target"
FEWEST, MOST = 30, 300_000


@dataclasses.dataclass
class GeneratedSet:
    name: str
    table: pd.DataFrame
    is_classes: bool
    features: list
    # (places of training rows, places of held-out rows), among rows that have a label
    folds: list
    traits: list

    @property
    def texts(self):
        return [name for name in self.features if not pd.api.types.is_numeric_dtype(self.table[name])]

    def parts(self):
        """A column for each fold that says train or valid; blank where a row takes no part in it."""
        columns = {}
        for number, (train, valid) in enumerate(self.folds):
            words = np.full(len(self.table), None, object)
            words[train], words[valid] = "train", "valid"
            columns[f"part{number}"] = words
        return pd.DataFrame(columns)


def generated(seed, index, most=MOST):
    """The set of a number in the series that a seed begins. Sizes are spread over it, small ones being more frequent."""
    draw = np.random.default_rng([seed, index])
    rows = int(FEWEST * (most / FEWEST) ** (halved(index + 1) ** 1.8))
    traits = [f"{rows} rows"]
    table = pd.DataFrame()
    effects = [*numbers(draw, table, rows), *texts(draw, table, rows)]
    add_constants(draw, table, traits)
    features = list(table.columns)
    groups, of_groups = drawn_groups(draw, rows, traits)
    effects = np.array([*effects, *of_groups, np.zeros(rows)])
    strength = 0 if draw.random() < 0.08 else draw.uniform(1, 5)
    if strength == 0:
        traits.append("no signal")
    is_classes = add_label(draw, table, strength, effects, traits)
    lose_cells(draw, table, features, effects[0] > 0, traits)
    table, groups = duplicate_rows(draw, table, groups, traits)
    folds = drawn_folds(draw, table, groups, is_classes, traits)
    return GeneratedSet(f"{seed}.{index}", table, is_classes, features, folds, traits)


def halved(number):
    """Its binary digits mirrored at the point (van der Corput 1935): any beginning of the series is spread evenly."""
    result, place = 0.0, 0.5
    while number:
        result += place * (number & 1)
        number, place = number >> 1, place / 2
    return result


def significant(values, digits=6):
    return np.array([float(f"{value:.{digits}g}") for value in values])


def numbers(draw, table, rows):
    """Number columns, and what each might do to a label: alone, or along with the column before."""
    effects = []
    for place in range(draw.integers(2, 12)):
        kind = draw.choice(["normal", "skewed", "even", "whole", "few", "yes or no"], p=[0.35, 0.2, 0.15, 0.15, 0.1, 0.05])
        base = draw.normal(size=rows)
        scale = 10.0 ** draw.integers(-4, 5)
        values = {
            "normal": lambda: significant((base + draw.normal()) * scale),
            "skewed": lambda: significant(np.exp(base) * scale), "even": lambda: significant(draw.random(rows)),
            "whole": lambda: np.round(base * 100).astype(int),
            "few": lambda: draw.integers(0, 5, rows), "yes or no": lambda: base > 0}[kind]()
        table[f"n{place}"] = values
        usual = (values - np.mean(values)) / max(np.std(values), 1e-300)
        shape = draw.choice(["straight", "curved", "steps", "none"], p=[0.4, 0.2, 0.1, 0.3])
        effect = {"straight": usual, "curved": np.sin(2 * usual), "steps": np.sign(usual - 0.3), "none": 0 * usual}[shape]
        if place and draw.random() < 0.25:
            before = table[f"n{place - 1}"].to_numpy(float)
            effect = effect * np.sign(before - before.mean())
        effects.append(effect)
    return effects


def texts(draw, table, rows):
    """Text columns of 1 to 300 categories, and what they might do to a label."""
    most = min(300 if rows < 20_000 else 60, max(2, rows // 8))
    effects = []
    for place in range(draw.integers(0, 4)):
        count = max(1, int(most ** draw.random()))
        shares = np.arange(1, count + 1) ** -draw.uniform(0, 1.5)
        codes = draw.choice(count, rows, p=shares / shares.sum())
        table[f"t{place}"] = np.array([f"word {code:03}" for code in range(count)], object)[codes]
        effects.append(draw.normal(size=count)[codes] * (draw.random() < 0.7))
    return effects


def add_constants(draw, table, traits):
    if draw.random() < 0.3:
        table["constant"] = 0.1 if draw.random() < 0.5 else "always"
        traits.append("a constant column")


def drawn_groups(draw, rows, traits):
    if draw.random() >= 0.2 or rows < 60:
        return None, []
    groups = draw.integers(0, max(12, rows // draw.integers(3, 30)), rows)
    traits.append("groups")
    return groups, [0.5 * draw.normal(size=groups.max() + 1)[groups]]


def mixed(draw, strength, effects):
    """A score of the rows that has the strength as its standard deviation."""
    score = draw.normal(size=len(effects)) @ effects
    return strength * score / max(score.std(), 1e-9)


def add_label(draw, table, strength, effects, traits):
    rows = effects.shape[1]
    task = draw.choice(["two classes", "classes", "a number"], p=[0.45, 0.3, 0.25])
    if task == "a number":
        scale = 10.0 ** draw.integers(-2, 4)
        table[LABEL] = significant((mixed(draw, strength, effects) + draw.normal(size=rows)) * scale, 8)
        traits.append(task)
        return False
    if task == "two classes":
        share = max(np.exp(draw.uniform(np.log(1 / 3000), np.log(0.5))), 10 / rows)
        score = mixed(draw, strength, effects) + draw.logistic(size=rows)
        codes = (score > np.quantile(score, 1 - min(share, 0.5))).astype(int)
        names = np.array(["no", "yes"], object)
        traits.append(f"1 of {rows / max(codes.sum(), 1):.0f}")
    else:
        codes = drawn_classes(draw, strength, effects)
        names = np.array([f"class {code}" for code in range(codes.max() + 1)], object)
        traits.append(f"{len(np.unique(codes))} classes")
    table[LABEL] = names[codes]
    return True


def drawn_classes(draw, strength, effects):
    """3 to 30 classes, each with a score of its own; those of fewer than 6 rows are given to the most frequent.

    Where that leaves one class, which nothing could learn, there are two: the rows above the middle of a score, and the rest.
    """
    rows = effects.shape[1]
    count = int(np.clip(draw.integers(3, 31), 3, max(3, rows // 12)))
    shares = draw.dirichlet(np.full(count, 1.5))
    scores = [mixed(draw, strength, effects) + np.log(share + 1e-4) + draw.gumbel(size=rows) for share in shares]
    codes = np.argmax(scores, axis=0)
    sizes = np.bincount(codes, minlength=count)
    codes = np.where(sizes[codes] < 6, sizes.argmax(), codes)
    return codes if len(np.unique(codes)) > 1 else (scores[0] > np.median(scores[0])).astype(int)


def lose_cells(draw, table, features, chosen, traits):
    if draw.random() < 0.35:
        return
    for name in features:
        if draw.random() < 0.5:
            continue
        lost = draw.random(len(table)) < draw.choice([0.01, 0.1, 0.4])
        if draw.random() < 0.3:
            lost = lost & chosen
        if table[name].dtype == bool:
            table[name] = table[name].map({True: "true", False: "false"}).astype(object)
        table[name] = table[name].where(~lost, None if table[name].dtype == object else np.nan)
    if draw.random() < 0.2:
        table[LABEL] = table[LABEL].where(draw.random(len(table)) > 0.02, None if table[LABEL].dtype == object else np.nan)
        traits.append("labels missing")
    traits.append("missing cells")


def duplicate_rows(draw, table, groups, traits):
    if draw.random() >= 0.15:
        return table, groups
    again = draw.integers(0, len(table), max(1, int(len(table) * draw.uniform(0.05, 0.5))))
    traits.append("duplicated rows")
    places = np.concatenate([np.arange(len(table)), again])
    return table.iloc[places].reset_index(drop=True), None if groups is None else groups[places]


def drawn_folds(draw, table, groups, is_classes, traits):
    """Five folds, three of large sets: by group, forward in time, by class or at random."""
    places = np.flatnonzero(table[LABEL].notna())
    count = 5 if len(places) < 50_000 else 3
    label = table[LABEL].to_numpy()[places]
    seed = int(draw.integers(1 << 31))
    if groups is not None:
        split = GroupKFold(count).split(places, label, groups[places])
    elif draw.random() < 0.12 and len(places) >= 200:
        traits.append("forward in time")
        split = TimeSeriesSplit(count).split(places)
    elif is_classes:
        split = StratifiedKFold(count, shuffle=True, random_state=seed).split(places, label)
    else:
        split = KFold(count, shuffle=True, random_state=seed).split(places)
    folds = [(places[train], places[valid]) for train, valid in split]
    # Going forward, or by group, the rows to learn from may hold one class alone: nothing to tell apart.
    told_apart = [fold for fold in folds if len(np.unique(table[LABEL].to_numpy()[fold[0]])) > 1]
    if told_apart or not is_classes:
        return told_apart
    split = StratifiedKFold(count, shuffle=True, random_state=seed).split(places, label)
    return [(places[train], places[valid]) for train, valid in split]
