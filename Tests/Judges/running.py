"""Runs mlp for the judges: scripts in, what they showed out."""
import json
import os
import pathlib
import subprocess
import sys

ROOT = pathlib.Path(__file__).resolve().parents[2]
DATA = ROOT / "stdlib" / "data"
MLP = os.environ.get("MLP_BINARY") or str(ROOT / ".build" / "release" / "mlp")


def run(script, folder, *flags):
    """Runs a script in a folder and gives the values it showed, in order; ends the judge where the run fails."""
    # By standard input: a script may be longer than an argument can be.
    ended = subprocess.run([MLP, "--json", "--seed", "7", *flags], cwd=folder, capture_output=True, text=True, input=script)
    if ended.returncode != 0:
        sys.exit(f"mlp ended with {ended.returncode} for:\n{script[:50_000]}\n{ended.stdout[-50_000:]}\n{ended.stderr}")
    return [json.loads(line) for line in ended.stdout.splitlines() if line.strip()]


def parts(value):
    """A shown value and all that it holds."""
    if isinstance(value, dict):
        yield value
        value = list(value.values())
    if isinstance(value, list):
        for part in value:
            yield from parts(part)


def of_kind(shown, kind):
    return [part for part in parts(shown) if part.get("kind") == kind]


def figures(shown):
    """The figures of the last metrics that were shown, by name, of their first column."""
    rows = of_kind(shown, "metrics")[-1]["metrics"]
    return {row["name"]: row["figures"][0]["value"] for row in rows if row["figures"][0]}


def quoted(text):
    return json.dumps(str(text), ensure_ascii=False)
