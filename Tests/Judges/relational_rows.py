"""`sort`, `dedupe`, `filter` and conditions in `derive`, with missing cells everywhere: orders and conditions judged by DuckDB, equal rows
by Polars."""
import datetime

import relational_tables

COLUMNS = {
    "i": "int", "j": "int", "big": "big", "other_big": "big", "x": "float", "z": "wild", "y": "wild", "w": "text",
    "v": "text", "b": "bool", "c": "bool", "d": "date", "e": "date", "t": "datetime", "u": "datetime"}
# Columns whose cells can be compared. ON PURPOSE no ints past 2^53 with floats: DuckDB rounds them, and here they are not.
LIKE = [["i", "j", "x"], ["big", "other_big", "i"], ["x", "z", "y"], ["w", "v"], ["d", "e"], ["t", "u"]]
INTS = "-9223372036854775808 AND 9223372036854775807"
COMPARISONS = {"==": "=", "!=": "!=", "<": "<", "<=": "<=", ">": ">", ">=": ">="}


def literal(cell):
    """A value in both languages."""
    match cell:
        case str():
            ours = cell.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n")
            return f'"{ours}"', "'" + cell.replace("'", "''") + "'"
        case datetime.datetime():
            return f"@{cell.isoformat()}Z", f"TIMESTAMP '{cell.isoformat(sep=' ')}'"
        case datetime.date():
            return f"@{cell.isoformat()}", f"DATE '{cell.isoformat()}'"
        case _:
            # A minus before the least int would be one of a number that is no int.
            return (f"({cell})", f"({cell})") if cell != -(2**63) else ("(-9223372036854775807 - 1)", "(-9223372036854775808)")


class Conditions:
    """Random conditions in our words and in DuckDB's."""

    def __init__(self, draw, table):
        self.draw, self.table = draw, table

    def one(self, values):
        return values[int(self.draw.integers(len(values)))]

    def cell(self, column):
        cells = self.table[column].drop_nulls().to_list()
        usual = {"text": "a", "date": relational_tables.DAY, "datetime": relational_tables.MOMENT}
        return self.one(cells) if cells else usual.get(COLUMNS[column], 1)

    def number(self, depth):
        """Of numbers that are small enough to be computed with."""
        if depth == 0 or self.draw.random() < 0.3:
            name = self.one(["i", "j", "x"])
            return (name, name) if self.draw.random() < 0.7 else literal(int(self.draw.integers(-3, 4)))
        (a, p), (b, q) = self.number(depth - 1), self.number(depth - 1)
        match self.one(["+", "-", "*", "/", "-x"]):
            case "/":
                # ON PURPOSE: a division by zero is missing, and the quotient of ints a float.
                return f"({a} / {b})", f"(({p})::DOUBLE / nullif(({q})::DOUBLE, 0))"
            case "-x":
                return f"(-({a}))", f"(-({p}))"
            case sign:
                return f"({a} {sign} {b})", f"({p} {sign} {q})"

    def condition(self, depth):
        if depth > 0 and self.draw.random() < 0.7:
            (a, p), (b, q) = self.condition(depth - 1), self.condition(depth - 1)
            word = self.one(["and", "or", "not", "if"])
            if word == "not":
                return f"not ({a})", f"NOT ({p})"
            if word == "if":
                c, r = self.condition(0)
                # ON PURPOSE: where it is missing which is meant, so is the answer.
                return f"(if {c} then {a} else {b})", f"(CASE WHEN {r} THEN {p} WHEN NOT ({r}) THEN {q} END)"
            return f"({a} {word} {b})", f"({p} {word.upper()} {q})"
        match self.one(["compare", "compare", "cell", "missing", "in", "range", "number", "big", "bool"]):
            case "bool":
                return (self.one(["b", "c"]),) * 2
            case "missing":
                name, isThere = self.one(list(COLUMNS)), self.draw.integers(2)
                return f"({name} {'!=' if isThere else '=='} missing)", f"({name} IS {'NOT ' if isThere else ''}NULL)"
            case "in":
                name = self.one(["w", "i", "big", "d", "b"])
                cells = list({self.cell(name) if name != "b" else True for _ in range(3)})
                pairs = [literal(cell) if name != "b" else ("true", "true") for cell in cells]
                return f"({name} in [{', '.join(a for a, _ in pairs)}])", f"({name} IN ({', '.join(b for _, b in pairs)}))"
            case "range":
                low, high = sorted(int(value) for value in self.draw.integers(-4, 5, 2))
                return f"(i in {low}..{high})", f"(i BETWEEN {low} AND {high})"
            case "number":
                (a, p), (b, q) = self.number(2), literal(int(self.draw.integers(-3, 4)))
                word = self.one(["<", ">="])
                return f"({a} {word} {b})", f"({p} {word} {q})"
            case "big":
                # ON PURPOSE: what is past the range of ints is missing.
                sign, word = self.one(["+", "-", "*"]), self.one(["<", ">="])
                theirs = f"big::HUGEINT {sign} other_big::HUGEINT"
                return f"(big {sign} other_big {word} 2)", f"(CASE WHEN {theirs} BETWEEN {INTS} THEN {theirs} END {word} 2)"
            case how:
                names = self.one(LIKE)
                word, first = self.one(list(COMPARISONS)), self.one(names)
                second = literal(self.cell(first)) if how == "cell" else (self.one(names),) * 2
                return f"({first} {word} {second[0]})", f"({first} {COMPARISONS[word]} {second[1]})"


class Rows:
    """One table: sorted, without equal rows, and by conditions."""

    def __init__(self, draw, place, folder):
        table = relational_tables.frame(draw, COLUMNS, int(draw.choice([0, 1, 5, 30, 120])), 3 if draw.random() < 0.3 else None)
        load = relational_tables.written(draw, table, folder / f"rows{place}")
        self.table = relational_tables.held(table)
        names = [str(name) for name in draw.permutation(list(COLUMNS))]
        self.keys = [(name, bool(draw.integers(2))) for name in names[: 1 + draw.integers(4)]]
        self.equal = names[: 1 + draw.integers(3)]
        conditions = Conditions(draw, self.table)
        self.conditions = [conditions.condition(int(draw.integers(4))) for _ in range(6)]
        sort = ", ".join(f"{name} = down" if isDown else name for name, isDown in self.keys)
        derived = ", ".join(f"f{n} = {ours}" for n, (ours, _) in enumerate(self.conditions))
        stages = {
            "sort": f"sort {sort}", "dedupe": f"dedupe {', '.join(self.equal)}", "whole": "drop row\ndedupe",
            "derive": f"derive {derived}", "filter": f"filter {self.conditions[0][0]}, {self.conditions[1][0]}"}
        self.files = {name: folder / f"rows{place}{name}.parquet" for name in stages}
        self.script = "\n".join(f'{load}\n{stage}\nexport "{self.files[name].name}"' for name, stage in stages.items())

    def judged(self):
        order = ", ".join(f"{name} {'DESC' if isDown else 'ASC'} NULLS LAST" for name, isDown in self.keys)
        kept = self.table.unique(self.equal, keep="first", maintain_order=True)
        derived = ", ".join(f"{theirs} AS f{n}" for n, (_, theirs) in enumerate(self.conditions))
        (_, first), (_, second) = self.conditions[:2]
        ours = {name: relational_tables.read(path) for name, path in self.files.items()}
        yield f"sort {order}", ours["sort"], relational_tables.asked(f"SELECT * FROM t ORDER BY {order}, row", t=self.table)
        yield f"dedupe {self.equal}", ours["dedupe"], kept.to_dicts()
        yield "dedupe", ours["whole"], self.table.drop("row").unique(keep="first", maintain_order=True).to_dicts()
        yield f"derive {self.conditions}", ours["derive"], relational_tables.asked(f"SELECT row, {derived} FROM t ORDER BY row", t=self.table)
        yield "filter", ours["filter"], relational_tables.asked(f"SELECT * FROM t WHERE ({first}) AND ({second}) ORDER BY row", t=self.table)
