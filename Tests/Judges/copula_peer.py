"""A Gaussian copula as the Synthetic Data Vault fits it, with SciPy alone: beta distributions of numbers, evenly spread places of categories
by how frequent they are, Pearson's correlations of their normal numbers. The vault itself is used where it is installed.
"""
import sys
import types

import numpy as np
import pandas as pd
from scipy import stats


def vault(table, rows, seed):
    """Rows of SDV's GaussianCopulaSynthesizer; None where it is not installed."""
    for name, members in (("ctgan", ("CTGAN", "TVAE")), ("deepecho", ("PARModel",))):
        if name not in sys.modules:
            # Its other synthesizers need these, and they need torch.
            module = types.ModuleType(name)
            for member in members:
                setattr(module, member, type(member, (), {}))
            sys.modules[name] = module
    try:
        from sdv.metadata import Metadata
        from sdv.single_table import GaussianCopulaSynthesizer
    except ImportError:
        return None
    np.random.seed(seed)
    kinds = {name: {"sdtype": "numerical" if pd.api.types.is_numeric_dtype(table[name]) else "categorical"}
             for name in table.columns}
    metadata = Metadata.load_from_dict({"tables": {"t": {"columns": kinds}}, "relationships": []})
    synthesizer = GaussianCopulaSynthesizer(metadata)
    synthesizer.fit({"t": table})
    made = synthesizer.sample(rows)
    return made["t"] if isinstance(made, dict) else made


class Number:
    def __init__(self, values, rng):
        known = values.dropna().astype(float)
        self.whole = bool((known == known.round()).all())
        self.low, self.high = known.min(), known.max()
        self.missing = values.isna().mean()
        span = max(self.high - self.low, 1e-9)
        a, b, low, length = stats.beta.fit(known, floc=self.low - 1e-3 * span, fscale=span * 1.002)
        self.law = stats.beta(a, b, low, length)
        filled = values.fillna(known.mean()).astype(float)
        self.places = self.law.cdf(filled)

    def values(self, places, rng):
        made = np.clip(self.law.ppf(places), self.low, self.high)
        made = np.round(made) if self.whole else made
        return np.where(rng.random(len(made)) < self.missing, np.nan, made)


class Category:
    def __init__(self, values, rng):
        counts = values.astype(object).where(values.notna(), None).value_counts(normalize=True, dropna=False)
        self.names, self.bounds = list(counts.index), np.concatenate([[0], counts.cumsum().to_numpy()])
        self.bounds[-1] = 1
        ranks = {name: place for place, name in enumerate(self.names)}
        where = values.astype(object).where(values.notna(), None).map(ranks).to_numpy(int)
        low, high = self.bounds[where], self.bounds[where + 1]
        self.places = low + (high - low) * rng.random(len(where))

    def values(self, places, rng):
        where = np.clip(np.searchsorted(self.bounds, places, side="right") - 1, 0, len(self.names) - 1)
        return np.array(self.names, dtype=object)[where]


def copula(table, rows, seed):
    rng = np.random.default_rng(seed)
    columns = {name: (Number if pd.api.types.is_numeric_dtype(table[name]) else Category)(table[name], rng)
               for name in table.columns}
    normal = np.column_stack([stats.norm.ppf(np.clip(column.places, 1e-6, 1 - 1e-6)) for column in columns.values()])
    correlation = np.nan_to_num(np.corrcoef(normal, rowvar=False)) + 1e-6 * np.eye(len(columns))
    drawn = rng.multivariate_normal(np.zeros(len(columns)), correlation, rows, method="eigh")
    places = stats.norm.cdf(drawn)
    return pd.DataFrame({name: column.values(places[:, place], rng) for place, (name, column) in enumerate(columns.items())})
