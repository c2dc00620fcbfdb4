"""Fails when a target of scripts/fuzz does not list the modules that it is built of: those that it imports and that they import, each after
those it imports itself, and no others. Fails too when a reader of outside data is in no target.

Fuzz targets are built apart from the package, and outside CI; only their lists of modules can be held here.
"""
import pathlib
import re
import sys

from imports import IMPORT

LINE = re.compile(r"^(\w+) \| ([^|]+) \|([^|]*)\| (.+)$", re.MULTILINE)
READER = re.compile(r"^\s*public (?:enum|struct) (\w+): (?:\w+, )*(?:TableReading|AddressReading)\b", re.MULTILINE)
TESTS = pathlib.Path("Tests/Fuzz")


def imports(path):
    """The modules that the sources in a file or below a folder import, or include the headers of."""
    for file in [path] if path.is_file() else path.rglob("*.swift"):
        for line in file.read_text(encoding="utf-8").splitlines():
            if match := IMPORT.match(line):
                yield match[1]


def linked(folder):
    """What the linker needs for a module of a system's library."""
    for file in folder.glob("module.modulemap"):
        yield from (f"-l{name}" for name in re.findall(r'^\s*link "(\w+)"', file.read_text(encoding="utf-8"), re.MULTILINE))


def of_target(target, modules, links, sources):
    """What is amiss with the list of one target."""
    ours = {path.name for path in sources.iterdir() if path.is_dir()}
    file, known, needed = TESTS / f"{target[0].upper()}{target[1:]}Fuzz.swift", set(), set()
    if not file.is_file():
        yield f"there is no {file}"
        return
    needed |= set(imports(file)) & ours
    for module in modules.split():
        name, _, part = module.partition("=")
        own = set(imports(sources / (part or name))) & ours - {name}
        for lacking in sorted(own - known):
            yield f"{name} imports {lacking}, which is not listed before it"
        known.add(name)
        needed |= own
        for flag in linked(sources / name):
            if flag not in links.split():
                yield f"{name} needs {flag}"
    for lacking in sorted(needed - known):
        yield f"{lacking} is imported and not listed"
    for idle in sorted(known - needed):
        yield f"{idle} is listed and nobody imports it"


def complaints(script, sources):
    targets = LINE.findall(script)
    for target, modules, links, _ in targets:
        for words in of_target(target, modules, links, sources):
            yield f"scripts/fuzz: {target}: {words}"
    built = {f"{target[0].upper()}{target[1:]}Fuzz.swift" for target, *_ in targets}
    files = sorted(TESTS.glob("*.swift"))
    for file in files:
        if file.name not in built:
            yield f"{file}: scripts/fuzz has no such target"
    fed = "\n".join(file.read_text(encoding="utf-8") for file in files if file.name in built)
    for file in sorted(sources.rglob("*.swift")):
        for reader in READER.findall(file.read_text(encoding="utf-8")):
            if not re.search(rf"\b{reader}\b", fed):
                yield f"{file}: '{reader}' reads outside data, and no fuzz target feeds it"


if __name__ == "__main__":
    found = list(complaints(pathlib.Path("scripts/fuzz").read_text(encoding="utf-8"), pathlib.Path("Sources")))
    for complaint in found:
        print(complaint, file=sys.stderr)
    sys.exit(1 if found else 0)
