"""Fails on a `try?` in the engine that does not say why nothing is lost: a failure must not turn into missing cells.

The comment stands above or on the line: `// try? is safe: what does not compile is not folded.`
"""
import pathlib
import re
import sys

from imports import ENGINE

SWALLOWED = re.compile(r"\btry\?")
TEXT = re.compile(r'"(?:\\.|[^"\\])*"')


def is_explained(lines, place):
    """Whether the statement of a line, or a comment right above it, says why it is safe."""
    if "try? is safe:" in lines[place]:
        return True
    # A statement of several lines carries its comment above the first.
    for line in reversed(lines[max(0, place - 4):place]):
        if "try? is safe:" in line:
            return True
        if "try?" in line:
            return False
    return False


def main():
    found = False
    for module in sorted(ENGINE):
        for path in sorted(pathlib.Path("Sources", module).rglob("*.swift")):
            lines = path.read_text(encoding="utf-8").splitlines()
            for place, line in enumerate(lines):
                if SWALLOWED.search(TEXT.sub('""', line).split("//")[0]) and not is_explained(lines, place):
                    print(f"{path}:{place + 1}: a try? that does not say why it is safe", file=sys.stderr)
                    found = True
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
