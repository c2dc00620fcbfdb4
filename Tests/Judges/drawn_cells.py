"""Tables of random cells that other programs write, and what differs between them and what was read."""
import datetime
import json
import random

ROWS = 90
PLAIN = ["tea", "x, y", "a;b", "p|q", "tab\there", "it's", 'say "hi"', "two\nlines", "cr\r\nlf", "back\\slash", "# no", " pad "]
WIDE = ["Süd", "naïve", "é"]
WIDEST = ["日本", "🙂"]


def drawn(pieces, seed, has_missing=True):
    """Columns of cells: text, whole numbers, numbers, days, moments, truth values."""
    rng = random.Random(seed)

    def column(draw, share):
        return [None if rng.random() < share else draw() for _ in range(ROWS)]

    return {
        "word": column(lambda: " ".join(rng.choice(pieces) for _ in range(rng.randrange(1, 4))), 0.2 * has_missing),
        "whole": column(lambda: rng.randrange(-(10**15), 10**15), 0.1),
        "number": column(lambda: rng.choice([rng.gauss(0, 1), rng.gauss(0, 1e9), 0.1 + 0.2, rng.random() * 1e-9]), 0.1),
        "day": column(lambda: datetime.date(1990, 1, 1) + datetime.timedelta(rng.randrange(15_000)), 0.1),
        "moment": column(lambda: datetime.datetime(2000, 1, 1) + datetime.timedelta(minutes=rng.randrange(10**7)), 0.1),
        "is": column(lambda: rng.random() < 0.5, 0.1),
    }


def expected(value):
    if isinstance(value, datetime.datetime):
        return value.isoformat() + "Z"
    return value.isoformat() if isinstance(value, datetime.date) else value


def rows_of(table):
    return list(zip(*table.values()))


def agrees(given, wanted):
    return given == wanted and isinstance(given, bool) == isinstance(wanted, bool)


def complaints(number, table, folder, expected=expected):
    """What differs between the cells that were written and those that were read and exported as JSON Lines."""
    lines = (folder / f"{number}.jsonl").read_text(encoding="utf-8").split("\n")
    read = [json.loads(line) for line in lines if line]
    if len(read) != ROWS or (read and list(read[0]) != list(table)):
        yield f"case {number}: {len(read)} rows of {list(read[0]) if read else 'nothing'}"
        return
    for place, (given, wanted) in enumerate(zip(read, rows_of(table))):
        for name, value in zip(table, wanted):
            if not agrees(given[name], expected(value)):
                yield f"case {number} row {place + 1} {name}: read {given[name]!r}, written {value!r}"
