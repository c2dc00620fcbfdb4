"""Tables of random columns of every type that Arrow has, and whether cells that were read are the ones that were drawn."""
import datetime
import decimal
import math
import re

import numpy as np
import pyarrow as pa

ROWS = [0, 1, 2, 7, 8, 9, 31, 64, 65, 200]
SHARES = [0, 0, 0.1, 0.5, 0.97, 1]
NAMES = ["a", " pad ", "b c", "größe", "x.y", "日本", 'say "hi"', "it's", "semi;colon", "B", "select", "1st", "c_2", "e\u0301", "tab\there"]
TEXTS = [
    "", "tea", "x, y", "größe", "日本語🙂 and more than twelve bytes", 'say "hi"', "it's", "two\nlines", "cr\r\nlf", "back\\slash", "# no",
    "007", "1e5", "true", "null", "NA", "2024-01-31", "=1+1", "-", "\ufeff", "\u2028", "a\tb", "[1, 2]", "{}", "?", "%"]
WORDS = ["red", "dark blue", "", "größe"]
EPOCH = datetime.datetime(1970, 1, 1)
UNITS = {"s": 1, "ms": 10**3, "us": 10**6, "ns": 10**9}


def whole(bits, signed):
    low, high = (-(1 << bits - 1), (1 << bits - 1) - 1) if signed else (0, (1 << bits) - 1)
    return lambda draw: draw.choice([low, high, 0, draw.randint(low, high), draw.randint(max(low, -9), min(high, 9))])


def number(bits):
    kind = {16: np.float16, 32: np.float32, 64: np.float64}[bits]
    odd = [0.0, -0.0, 1.0, 0.1, -2.5, math.inf, -math.inf, math.nan, float(np.finfo(kind).max), float(np.finfo(kind).tiny)]
    return lambda draw: float(kind(draw.choice([*odd, draw.gauss(0, 1), draw.gauss(0, 1000)])))


def fixed(precision, scale):
    def drawn(draw):
        most = 10 ** draw.choice([1, precision, precision, draw.randint(1, precision)]) - 1
        return decimal.Decimal(draw.randint(-most, most)).scaleb(-scale, decimal.Context(precision + 5))
    return drawn


def count(least, most):
    return lambda draw: draw.choice([least, most, 0, draw.randint(least, most), draw.randint(least, most)])


# name | type | what draws a value, counts for all that is of a calendar or a clock
KINDS = {
    **{f"int{bits}": (getattr(pa, f"int{bits}")(), whole(bits, True)) for bits in (8, 16, 32, 64)},
    **{f"uint{bits}": (getattr(pa, f"uint{bits}")(), whole(bits, False)) for bits in (8, 16, 32, 64)},
    **{f"float{bits}": (getattr(pa, f"float{bits}")(), number(bits)) for bits in (16, 32, 64)},
    "finite": (pa.float64(), lambda draw: draw.choice([0.0, 0.1, -2.5, 1e300, 5e-324, draw.gauss(0, 1), draw.gauss(0, 1e9)])),
    "bool": (pa.bool_(), lambda draw: draw.random() < 0.5),
    **{f"decimal_{digits}_{scale}": (pa.decimal128(digits, scale), fixed(digits, scale))
       for digits, scale in ((1, 0), (1, 1), (9, 2), (9, 0), (15, 4), (18, 0), (18, 9), (19, 0), (38, 0), (38, 37))},
    "decimal32_5_2": (pa.decimal32(5, 2), fixed(5, 2)), "decimal64_18_3": (pa.decimal64(18, 3), fixed(18, 3)),
    "decimal256_60_7": (pa.decimal256(60, 7), fixed(60, 7)), "decimal256_40_0": (pa.decimal256(40, 0), fixed(40, 0)),
    "date32": (pa.date32(), count(-719_162, 2_932_896)),
    "date64": (pa.date64(), lambda draw: 86_400_000 * draw.randint(-719_162, 2_932_896)),
    **{f"moment_{unit}_{zone}": (pa.timestamp(unit, zone), count(max(-62_135_596_800 * size, -(2**63) + 1), min(253_402_300_799 * size, 2**63 - 1)))
       for unit, size in UNITS.items() for zone in (None, "UTC", "Europe/Oslo", "+05:30")},
    **{f"time_{unit}": (pa.time32(unit) if size < 10**6 else pa.time64(unit), count(0, 86_400 * size - 1)) for unit, size in UNITS.items()},
    **{f"span_{unit}": (pa.duration(unit), count(-(10**15), 10**15)) for unit in UNITS},
    "text": (pa.string(), lambda draw: draw.choice(TEXTS) + draw.choice(["", "", draw.choice(TEXTS)])),
    "large_text": (pa.large_string(), lambda draw: draw.choice(TEXTS)), "view": (pa.string_view(), lambda draw: draw.choice(TEXTS)),
    "word": (pa.dictionary(pa.int8(), pa.string()), lambda draw: draw.choice(WORDS)),
    "word_u32": (pa.dictionary(pa.uint32(), pa.large_string()), lambda draw: draw.choice(WORDS)),
    "ordered": (pa.dictionary(pa.int16(), pa.string(), ordered=True), lambda draw: draw.choice(WORDS)),
    "nothing": (pa.null(), lambda draw: None),
    "binary": (pa.binary(), lambda draw: bytes([255, draw.randrange(256)])),
    "fixed_binary": (pa.binary(3), lambda draw: bytes([255, 0, draw.randrange(256)])),
    "list": (pa.list_(pa.int64()), lambda draw: [draw.randrange(9)] * draw.randrange(3)),
    "map": (pa.map_(pa.string(), pa.int32()), lambda draw: [("a", draw.randrange(9))]),
    "group": (pa.struct([("p", pa.int32()), ("q", pa.struct([("r", pa.string())])), ("s", pa.list_(pa.int8()))]),
              lambda draw: {"p": draw.randrange(9), "q": {"r": draw.choice(TEXTS)}, "s": [1]}),
}
# What no cell holds: passed over by name.
FOREIGN = {"binary", "fixed_binary", "list", "map"}


class Drawn:
    """A column: its name, its kind, the values drawn, and them as Arrow has them."""

    def __init__(self, draw, name, kind, rows, share):
        self.name, self.kind = name, kind
        self.type, make = KINDS[kind]
        self.values = [None if draw.random() < share else make(draw) for _ in range(rows)]
        self.arrow = self.made()

    def made(self):
        values = self.values
        if pa.types.is_float16(self.type):
            values = [None if value is None else np.float16(value) for value in values]
        if pa.types.is_timestamp(self.type):
            return pa.array(values, pa.int64()).cast(pa.timestamp(self.type.unit)).cast(self.type) if self.type.tz is None else \
                pa.array(values, pa.int64()).view(self.type)
        if pa.types.is_date64(self.type) or pa.types.is_duration(self.type):
            return pa.array(values, pa.int64()).view(self.type)
        return pa.array(values, self.type)

    def columns(self):
        """The columns that are read of it, each with the cells that they must have."""
        if self.kind in FOREIGN:
            return {}
        if self.kind == "group":
            return {f"{self.name}.p": [value and value["p"] for value in self.values],
                    f"{self.name}.q.r": [value and value["q"]["r"] for value in self.values]}
        return {self.name: [None if value is None else self.cell(value) for value in self.values]}

    def cell(self, value):
        """A value as JSON has it; decimals stay, as they may be of several types."""
        kind = self.type
        if pa.types.is_floating(kind):
            return value if math.isfinite(value) else None
        if pa.types.is_timestamp(kind):
            return moment(value * 10**6 // UNITS[kind.unit])
        if pa.types.is_date(kind):
            return moment((value // 86_400_000 if pa.types.is_date64(kind) else value) * 86_400_000_000)[:10]
        if pa.types.is_time(kind):
            return clock(value, UNITS[kind.unit])
        return value


def moment(microseconds):
    at = EPOCH + datetime.timedelta(microseconds=microseconds)
    return at.strftime(f"{at.year:04}-%m-%dT%H:%M:%S") + (f".{at.microsecond:06}" if at.microsecond else "") + "Z"


def clock(value, unit):
    seconds, rest = divmod(value, unit)
    fraction = f".{rest:0{len(str(unit)) - 1}}".rstrip("0") if rest else ""
    return f"{seconds // 3600:02}:{seconds // 60 % 60:02}:{seconds % 60:02}{fraction}"


def drawn(draw, kinds):
    """A table of up to eight columns of some kinds."""
    rows = draw.choice(ROWS)
    names = draw.sample(NAMES, draw.randint(1, min(8, len(kinds))))
    return [Drawn(draw, name, draw.choice(kinds), rows, draw.choice(SHARES)) for name in names]


# What whole numbers and decimals may be too large for: text keeps every digit.
WIDE = re.compile("uint64|decimal(?!_1_|_9_|_15_|32)")
TYPES = {"bool": "bool", "float64": "float", "finite": "float", "text": "text", "word": "text", "date32": "date", "moment_us_None": "datetime"}


def stated(table, ending):
    """The options of `load` that a file needs which does not say all of its types, or says them only further down."""
    if ending == ".parquet" or not table[0].values:
        return ""
    is_text = ending not in (".arrow", ".arrows")
    types = {column.name: TYPES.get(column.kind, "int") if is_text else "text" for column in table if is_text or WIDE.match(column.kind)}
    listed = ", ".join(f"`{name.strip() if ending == '.csv' else name}`: {kind}" for name, kind in types.items())
    return (f", types: {{{listed}}}" if types else "") + (', header: true' if ending == ".csv" else "")


def arrow(table):
    return pa.table({column.name: column.arrow for column in table})


def expected(table):
    return {name: cells for column in table for name, cells in column.columns().items()}


def same(given, wanted):
    """Whether a cell of JSON is a value. A decimal is a number of all its digits, or a text of them; so is a number beyond 64 bits."""
    if given is None or wanted is None:
        return given is wanted
    if isinstance(wanted, decimal.Decimal):
        if isinstance(given, float):
            return given == float(wanted) and len(wanted.as_tuple().digits) <= 15
        return decimal.Decimal(given) == wanted and (not isinstance(given, str) or given == f"{wanted:f}")
    if isinstance(wanted, int) and not isinstance(wanted, bool) and isinstance(given, str):
        return given == str(wanted)
    if isinstance(given, bool) or isinstance(wanted, bool):
        return given is wanted
    return given == wanted and isinstance(given, str) == isinstance(wanted, str)


def bare(cells):
    """What a delimited file keeps of cells by column: no blanks around names, and no empty texts beside missing ones."""
    return {name.strip(): [None if cell == "" else cell for cell in values] for name, values in cells.items()}


def differences(rows, wanted):
    """What differs between rows that were read and cells by column."""
    count = len(next(iter(wanted.values()))) if wanted else 0
    if len(rows) != count:
        yield f"{len(rows)} rows and not {count}"
        return
    if rows and list(rows[0]) != list(wanted):
        yield f"columns {list(rows[0])} and not {list(wanted)}"
        return
    for name, cells in wanted.items():
        wrong = [place for place, cell in enumerate(cells) if not same(rows[place][name], cell)]
        if wrong:
            yield f"{name!r} row {wrong[0] + 1}: read {rows[wrong[0]][name]!r}, written {cells[wrong[0]]!r} ({len(wrong)} of {count})"
        elif len({isinstance(row[name], str) for row in rows if row[name] is not None}) > 1:
            yield f"{name!r}: texts and numbers in one column"
