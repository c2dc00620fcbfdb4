"""Fails on what ends the process in place of giving an error: a script, a file or a request must never do that."""
import pathlib
import re
import sys

TRAPS = re.compile(r"\b(?:fatalError|preconditionFailure|assertionFailure)\s*\(|\btry!|\bas!|\bunsafelyUnwrapped\b")
TEXT = re.compile(r'"(?:\\.|[^"\\])*"')


def main():
    found = False
    for path in sorted(pathlib.Path("Sources").rglob("*.swift")):
        for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
            code = TEXT.sub('""', line).split("//")[0]
            if TRAPS.search(code):
                print(f"{path}:{number}: a trap: {line.strip()}", file=sys.stderr)
                found = True
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
