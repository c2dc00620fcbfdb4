"""Fails when a source file imports what its target does not depend on itself, or a layer depends on one it must not know.

SwiftPM lets an import pass whenever the module happens to be built, so the directions that Package.swift states are
compared here with every `import` below them.
"""
import json
import pathlib
import re
import subprocess
import sys

# What both halves write with: it knows of neither.
FLOOR = {"Notation"}
ENGINE = {
    "Kernels", "Descriptions", "Tables", "Storage", "Display", "Formats", "Parquet", "Arrow", "Spreadsheets", "Databases", "Web", "Expressions", "Scoring", "Plan", "Engine", "Relational", "Validation", "Learners", "Metrics",
    "Training", "Explanation",
    "Packaging", "Registry", "Caching", "Monitoring", "Privacy", "Serving", "Synthesis",
}
LANGUAGE = {"Diagnostics", "Language", "Interpreter", "Terminal", "LanguageServer", "Notebook", "Verbs", "mlp"}
# These take part in no engine at all: a script is read and its errors are drawn without one.
PURE = {"Diagnostics", "Language"}
SYSTEM = {"Glibc", "Dispatch", "Synchronization"}
# Foundation costs 6 of the 15 ms of a start, so it stays where a process lives long or only tests run.
MAY_USE_FOUNDATION = {"Serving", "mlp"}

IMPORT = re.compile(
    r"^\s*(?:@\w+(?:\([^)]*\))?\s+)*(?:(?:public|package|internal|fileprivate|private)\s+)?import\s+"
    r"(?:(?:struct|class|enum|protocol|func|var|let|typealias)\s+)?([A-Za-z_]\w*)")


def dependencies(target):
    """The names of the modules that a target may import: its own dependencies, not theirs."""
    return {entry[kind][0] for entry in target["dependencies"] for kind in ("byName", "target", "product") if kind in entry}


def folder(target):
    return pathlib.Path(target.get("path") or ("Tests" if target["type"] == "test" else "Sources") + "/" + target["name"])


def allowed_system(target):
    if target["type"] == "test" or folder(target).parts[0] == "Tests":
        return SYSTEM | {"Foundation", "Testing"}
    return SYSTEM | ({"Foundation"} if target["name"] in MAY_USE_FOUNDATION else set())


def import_complaints(targets):
    for target in targets:
        allowed = dependencies(target) | allowed_system(target)
        for path in sorted(folder(target).rglob("*.swift")):
            for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
                match = IMPORT.match(line)
                if match and match[1] not in allowed:
                    yield f"{path}:{number}: {target['name']} imports {match[1]}, which is not among its dependencies"


def layer_complaints(targets):
    for target in targets:
        name = target["name"]
        if folder(target).parts[0] == "Tests" or name.startswith("C"):
            continue
        if name not in FLOOR | ENGINE | LANGUAGE:
            yield f"Package.swift: {name} has no place in the layers of scripts/checks/imports.py"
        beyond = LANGUAGE if name in ENGINE else ENGINE if name in PURE else ENGINE | LANGUAGE if name in FLOOR else set()
        for other in sorted(dependencies(target) & beyond):
            yield f"Package.swift: {name} depends on {other}: the engine and the language know nothing of each other"


def main():
    dump = subprocess.run(["swift", "package", "dump-package"], check=True, capture_output=True, text=True).stdout
    targets = json.loads(dump)["targets"]
    complaints = [*import_complaints(targets), *layer_complaints(targets)]
    for complaint in complaints:
        print(complaint, file=sys.stderr)
    return 1 if complaints else 0


if __name__ == "__main__":
    sys.exit(main())
