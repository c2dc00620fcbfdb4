"""Fails on what is public and nobody calls: a name that stands nowhere in Sources but where it is declared.

Tests alone do not count as callers. A name is looked for as a word, so that a declaration which shares its name with
another that is used passes: what is told is always true, what is not told may be missed.
"""
import collections
import pathlib
import re
import sys

TEXT = re.compile(r'"""(?:.|\n)*?"""|#"(?:[^"]|"(?!#))*"#|"(?:\\.|[^"\\\n])*"')
COMMENT = re.compile(r"//[^\n]*|/\*(?:.|\n)*?\*/")
WORD = re.compile(r"[A-Za-z_]\w*")
DECLARED = re.compile(
    r"^\s*(?:@\w+(?:\([^)]*\))?\s+)*public\s+(?:(?:static|final|mutating|nonmutating|indirect|override|"
    r"lazy|weak|nonisolated|borrowing|consuming)\s+|(?:private|internal|fileprivate)\(set\)\s+)*"
    r"(?:func|var|let|struct|enum|class|actor|protocol|typealias|case)\s+`?([A-Za-z_]\w*)`?")
# What the language or a protocol outside calls by itself.
CALLED_FROM_OUTSIDE = {
    "description", "hash", "encode", "main", "body", "next", "makeIterator", "rawValue", "allCases", "hashValue", "id",
    "debugDescription", "customMirror", "errorDescription", "stringLiteral", "Artefact",
}

# What has no caller yet and why it stays.
AWAITED = {
    "fragment": "a notebook's cells",
}


def code(text):
    """The text without comments, its strings reduced to what is interpolated in them."""
    interpolated = lambda match: " ".join(re.findall(r"\\\(([^\n]*)", match[0]))
    return TEXT.sub(interpolated, COMMENT.sub(" ", text))


def main():
    words = collections.Counter()
    declared = []
    for path in sorted(pathlib.Path("Sources").rglob("*.swift")):
        text = path.read_text(encoding="utf-8")
        words.update(WORD.findall(code(text)))
        for number, line in enumerate(text.splitlines(), 1):
            match = DECLARED.match(line)
            if match and match[1] not in CALLED_FROM_OUTSIDE:
                declared.append((path, number, match[1]))
    uses = collections.Counter(name for _, _, name in declared)
    complaints = [f"{path}:{number}: nobody calls '{name}'" for path, number, name in declared 
                  if words[name] <= uses[name] and name not in AWAITED]
    complaints += [f"scripts/checks/callers.py: '{name}' is called now, or gone" for name in AWAITED
                   if not uses[name] or words[name] > uses[name]]
    for complaint in complaints:
        print(complaint, file=sys.stderr)
    return 1 if complaints else 0


if __name__ == "__main__":
    sys.exit(main())
