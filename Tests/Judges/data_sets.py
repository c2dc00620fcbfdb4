"""The data sets that ship, as a judge's table, and what is learned from each."""
import dataclasses

import pandas as pd

from running import DATA


@dataclasses.dataclass(frozen=True)
class DataSet:
    name: str
    label: str
    is_classes: bool
    drops: tuple = ()

    def table(self):
        path = next(DATA.glob(self.name + ".csv*"))
        return pd.read_csv(path).drop(columns=list(self.drops))


ALL = [
    DataSet("iris", "species", True),
    DataSet("wine", "cultivar", True),
    DataSet("breast_cancer", "diagnosis", True),
    DataSet("digits", "digit", True),
    DataSet("diabetes", "progression", False),
    DataSet("penguins", "species", True),
    DataSet("diamonds", "price", False),
    DataSet("titanic", "survived", True, drops=("name",)),
]


def named(name):
    return next(data for data in ALL if data.name == name)


def text_columns(table):
    return [name for name in table.columns if not pd.api.types.is_numeric_dtype(table[name])]
