"""Whether cells are those of a judge."""
import datetime
import decimal
import fractions
import math

TOLERANCE = 1e-9
INTS = range(-(2**63), 2**63)


class Exactly:
    """What an exact computation over floats gives, and how far the roundings of a compensated sum may lead from it."""

    def __init__(self, values, divisor=1):
        parts = [fractions.Fraction(value) for value in values]
        self.value, self.bound = sum(parts) / divisor, 4 * len(parts) * sum(map(abs, parts)) / 2**104 / divisor

    def agrees(self, ours):
        near = self.bound + abs(self.value) / 10**9 + fractions.Fraction(1, 2**1074)
        return ours is not None and abs(fractions.Fraction(ours) - self.value) <= near

    def __repr__(self):
        return f"{float(self.value)} within {float(self.bound)}"


class Near:
    """A float, and how far away one may be."""

    def __init__(self, value, bound):
        self.value, self.bound = None if value is None or math.isnan(value) else value, bound

    def agrees(self, ours):
        if ours is None or self.value is None:
            return ours is self.value
        return abs(ours - self.value) <= max(self.bound, abs(self.value) * TOLERANCE)

    def __repr__(self):
        return f"{self.value} within {self.bound}"


def agrees(ours, theirs, size):
    """`size` is that of the numbers that a float may be a small difference of."""
    if isinstance(theirs, (Exactly, Near)):
        return theirs.agrees(ours)
    if isinstance(theirs, decimal.Decimal):
        theirs = int(theirs)
    if isinstance(theirs, int) and theirs not in INTS:
        theirs = None  # ON PURPOSE: what is past the range of ints is missing and counted, of no wider type.
    if isinstance(theirs, float) and not math.isfinite(theirs):
        theirs = None  # ON PURPOSE: a result that is no number is missing.
    if ours is None or theirs is None or isinstance(theirs, (bool, str, datetime.date)):
        return ours == theirs and isinstance(ours, bool) == isinstance(theirs, bool)
    if isinstance(theirs, int) and isinstance(ours, int):
        return ours == theirs
    return math.isclose(ours, theirs, rel_tol=TOLERANCE, abs_tol=max(1e-300, size * 1e-14))


def differences(what, ours, theirs, size=0.0):
    """One line for each cell that is another, and how many cells were compared."""
    if len(ours) != len(theirs):
        return [f"{what}: {len(ours)} rows, not {len(theirs)}"], 0
    complaints = [
        f"{what} row {place}: {name} is {mine.get(name)!r}, not {value!r}"
        for place, (mine, other) in enumerate(zip(ours, theirs)) for name, value in other.items()
        if name not in mine or not agrees(mine[name], value, size)]
    return complaints, sum(len(row) for row in theirs)
