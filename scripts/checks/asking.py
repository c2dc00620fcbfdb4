"""Fails where a verb that only reads or records asks the executor for rows by itself.

Such a stage tells what it did to the rows, and `Sources/Verbs/Reading/Settling.swift` asks for that, so that there is one place that
decides when rows are computed. Verbs that look at rows, write, judge or split them ask for themselves.
"""
import pathlib
import re
import sys

MAY_ASK = {"Look", "Deliver", "Judge", "Guard", "Split"}
PLACE = "Settling.swift"
ASKS = re.compile(r"\bexecutor\s*\.")


def main():
    found = False
    for path in sorted(pathlib.Path("Sources/Verbs").rglob("*.swift")):
        if path.parent.name in MAY_ASK or path.name == PLACE:
            continue
        for place, line in enumerate(path.read_text(encoding="utf-8").splitlines()):
            if ASKS.search(line.split("//")[0]):
                print(f"{path}:{place + 1}: asks for rows; `settled` in {PLACE} does", file=sys.stderr)
                found = True
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
