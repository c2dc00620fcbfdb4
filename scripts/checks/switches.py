"""Fails on a `default:` that would take in what is yet to come.

Operators and functions are closed sets, and the compiler finds each place that has to answer for a new one: as long as no
switch over them has a default. Elsewhere in these modules a default is for foreign values (bytes, words, pairs of types),
and a comment on it begins with `any other` and says which.
"""
import pathlib
import re
import sys

MODULES = ("Scoring", "Packaging", "Expressions")
# What a switch over operators or functions is written over: `function`, `call.function`, `node.op`, `op.kind`, …
CLOSED = re.compile(r"(?:^|\.)(?:function|op|kind)$")
SWITCH = re.compile(r"^(\s*)(?:.*\s)?switch (.+) \{$")


def complaint(lines, place):
    """What is wrong with the `default:` in a line; nil when nothing is."""
    indent = len(lines[place]) - len(lines[place].lstrip())
    subject = ""
    for line in reversed(lines[:place]):
        match = SWITCH.match(line)
        if match and len(match[1]) == indent:
            subject = match[2]
            break
    if CLOSED.search(subject):
        return f"a default in a switch over `{subject}`: name every case"
    before = place - 1
    while before >= 0 and lines[before].lstrip().startswith("//"):
        if "any other" in lines[before]:
            return None
        before -= 1
    return "a default without a comment `// any other …` that says for which foreign values it is"


def main():
    found = False
    for module in MODULES:
        for path in sorted(pathlib.Path("Sources", module).rglob("*.swift")):
            lines = path.read_text(encoding="utf-8").splitlines()
            for place, line in enumerate(lines):
                words = complaint(lines, place) if line.lstrip().startswith("default:") else None
                if words:
                    print(f"{path}:{place + 1}: {words}", file=sys.stderr)
                    found = True
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
