"""Fails when a target of scripts/fuzz lists a module before one that it imports, or leaves one out: it would no longer build.

Fuzz targets are built apart from the package, and outside CI; only their lists of modules can be held here.
"""
import pathlib
import re
import sys

from imports import IMPORT

LINE = re.compile(r"^(\w+) \| ([^|]+) \|", re.MULTILINE)


def imports(folder):
    """The modules that the sources below a folder import, or include the headers of."""
    for path in folder.rglob("*.swift"):
        for line in path.read_text(encoding="utf-8").splitlines():
            if match := IMPORT.match(line):
                yield match[1]


def complaints(script, sources):
    ours = {path.name for path in sources.iterdir() if path.is_dir()}
    for target, modules in LINE.findall(script):
        known = set()
        for module in modules.split():
            name, _, part = module.partition("=")
            for lacking in sorted(set(imports(sources / (part or name))) & ours - known - {name}):
                yield f"scripts/fuzz: {target}: {name} imports {lacking}, which is not listed before it"
            known.add(name)
        fuzz = pathlib.Path("Tests/Fuzz") / f"{target[0].upper()}{target[1:]}Fuzz.swift"
        if not fuzz.is_file():
            yield f"scripts/fuzz: {target}: there is no {fuzz}"


if __name__ == "__main__":
    found = list(complaints(pathlib.Path("scripts/fuzz").read_text(encoding="utf-8"), pathlib.Path("Sources")))
    for complaint in found:
        print(complaint, file=sys.stderr)
    sys.exit(1 if found else 0)
