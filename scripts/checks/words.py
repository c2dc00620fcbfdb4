"""Fails where the engine decides by the words of something: what a step or a message says is for people, ids are for programs.

A line that parses a user's text ends in the comment `// parses text`.
"""
import pathlib
import re
import sys

MODULES = ["Plan", "Learners", "Training", "Metrics", "Explanation", "Scoring", "Tables", "Kernels", "Engine"]
DECIDES = re.compile(r"\.has(?:Prefix|Suffix)\(|\.contains\(\"|\.(?:words|reason|message|step)\s*[!=]=\s*\"")
ALLOWED = "// parses text"


def main():
    found = False
    for module in MODULES:
        for path in sorted(pathlib.Path("Sources", module).rglob("*.swift")):
            for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
                code = line.split("//")[0]
                if DECIDES.search(code) and not line.rstrip().endswith(ALLOWED):
                    print(f"{path}:{number}: decides by words: {line.strip()}", file=sys.stderr)
                    found = True
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
