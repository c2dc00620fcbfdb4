"""Whether `load` gives what Python's sqlite3 reads from random tables, what Polars reads from a folder, and what a web server serves.

Exit status 1 where a cell differs. The tables are drawn anew with the seed that is the first argument.
"""
import datetime
import functools
import gzip
import hashlib
import http.server
import json
import pathlib
import random
import sqlite3
import sys
import tempfile
import threading

import polars as pl

import running

ROUNDS = 25
ROWS = 2_500

KINDS = {
    "INTEGER": lambda draw: draw.choice([draw.randrange(-5, 5), draw.randrange(-(2**63), 2**63)]),
    "REAL": lambda draw: draw.choice([draw.uniform(-1, 1), draw.uniform(-1e300, 1e300), float(draw.randrange(9))]),
    "TEXT": lambda draw: "".join(draw.choice("aé漢\"',;\n 01.-") for _ in range(draw.randrange(12))),
    "BOOLEAN": lambda draw: draw.randrange(2),
    "DATE": lambda draw: (datetime.date(1900, 1, 1) + datetime.timedelta(draw.randrange(80_000))).isoformat(),
    "DATETIME": lambda draw: str(datetime.datetime(1900, 1, 1) + datetime.timedelta(seconds=draw.randrange(6 * 10**9))),
    "DECIMAL(12,3)": lambda draw: draw.randrange(-(10**12), 10**12) / 1000,
    "BLOB": lambda draw: bytes([255, draw.randrange(256)]),
    "NUMERIC": lambda draw: draw.choice([draw.randrange(-100, 100), draw.randrange(-800, 800) / 8]),
    "VARCHAR(20)": lambda draw: draw.choice(["yes", "no", "007", "1e5", "true"]),
    "": lambda draw: draw.randrange(-(2**53), 2**53),
}


def made(path, draw):
    """A table of random columns and rows; their names and declared types."""
    columns = [(f"c{place} x", draw.choice(list(KINDS))) for place in range(draw.randrange(1, 9))]
    base = sqlite3.connect(path)
    listed = ", ".join(f'"{name}" {kind}' for name, kind in columns)
    base.execute(f"create table t ({listed})")
    marks = ", ".join("?" for _ in columns)
    rows = (
        [None if draw.random() < 0.1 else KINDS[kind](draw) for _, kind in columns]
        for _ in range(draw.choice([0, 1, 7, ROWS, ROWS * 4])))
    base.executemany(f"insert into t values ({marks})", rows)
    if draw.random() < 0.5:
        base.execute(f'create index i on t ("{columns[0][0]}")')
    base.commit()
    return base, columns


def expected(value, kind):
    if value is None:
        return None
    if kind == "BOOLEAN":
        return bool(value)
    if kind == "DATETIME":
        return value.replace(" ", "T") + "Z"
    return value


def same(ours, theirs):
    if isinstance(ours, bool) != isinstance(theirs, bool):
        return False
    return ours == theirs


def sqlite_differs(seed, folder):
    draw = random.Random(seed)
    path = folder / f"random {seed}.db"
    base, columns = made(path, draw)
    query = draw.choice(["t", "select * from t order by 1, 2 desc" if len(columns) > 1 else "select * from t order by 1"])
    # No cell holds bytes: those columns are passed over by name.
    cells = [column for column in columns if column[1] != "BLOB"]
    if not cells:
        return None
    wanted = cells if draw.random() < 0.5 else draw.sample(cells, draw.randrange(1, len(cells) + 1))
    names = ", ".join(f"`{name}`" for name, _ in wanted)
    shown = running.run(f"load {running.quoted(f'sqlite:{path}#{query}')}\nselect {names}\nexport \"{seed}.jsonl\"", folder)
    for name, kind in columns:
        if kind == "BLOB" and name not in str(running.of_kind(shown, "notes")):
            return f"nothing is said of '{name}', which holds bytes"
    rows = base.execute(query if query != "t" else "select * from t order by rowid").fetchall()
    places = [columns.index(column) for column in wanted]
    lines = (folder / f"{seed}.jsonl").read_text(encoding="utf-8").splitlines()
    if len(lines) != len(rows):
        return f"{len(lines)} rows and not {len(rows)}"
    for number, (line, row) in enumerate(zip(lines, rows), 1):
        ours = json.loads(line)
        for place, (name, kind) in zip(places, wanted):
            if not same(ours[name], expected(row[place], kind)):
                return f"row {number}, '{name}' {kind}: {ours[name]!r} and not {row[place]!r}"
    return None


def folder_differs(folder):
    draw = random.Random(3)
    below = folder / "parts" / "below"
    below.mkdir(parents=True)
    for place in range(9):
        rows = [f"{draw.randrange(100)},{draw.random()}" for _ in range(draw.randrange(1, 400))]
        target = below if place % 3 == 0 else folder / "parts"
        (target / f"part {place}.csv").write_text("a,b\n" + "\n".join(rows) + "\n", encoding="utf-8")
    running.run('load "parts/", file: origin\nexport "whole.csv"', folder)
    ours = pl.read_csv(folder / "whole.csv")
    theirs = pl.scan_csv(f"{folder}/parts/**/*.csv", include_file_paths="origin").collect()
    theirs = theirs.with_columns(pl.col("origin").str.replace(str(folder) + "/", "", literal=True))
    key = ["origin", "a", "b"]
    return None if ours.select(key).sort(key).equals(theirs.select(key).sort(key)) else "the rows differ"


def web_differs(folder):
    text = b"a,b\n" + b"".join(b"%d,%d\n" % (place, place * place) for place in range(20_000))
    served = folder / "served"
    served.mkdir()
    (served / "x.csv").write_bytes(text)
    (served / "y.csv.gz").write_bytes(gzip.compress(text))

    class Quiet(http.server.SimpleHTTPRequestHandler):
        def log_message(self, *arguments):
            pass

    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), functools.partial(Quiet, directory=served)) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        base = f"http://127.0.0.1:{server.server_port}"
        for name in ("x.csv", "y.csv.gz"):
            running.run(f'load "{base}/{name}"\nexport "fetched.csv", replace: true\nexport "made.html", replace: true', folder)
            if (folder / "fetched.csv").read_bytes() != text:
                return f"{name} is another table"
            if hashlib.sha256((served / name).read_bytes()).hexdigest() not in (folder / "made.html").read_text(encoding="utf-8"):
                return f"the report does not state the hash of {name}"
        server.shutdown()
    return None


def main():
    seed = int(sys.argv[1]) if len(sys.argv) > 1 else 1
    complaints = []
    with tempfile.TemporaryDirectory() as name:
        folder = pathlib.Path(name)
        for place in range(seed, seed + ROUNDS):
            complaints.append((f"sqlite, seed {place}", sqlite_differs(place, folder)))
        complaints.append(("a folder", folder_differs(folder)))
        complaints.append(("a web server", web_differs(folder)))
    found = [f"{what}: {words}" for what, words in complaints if words]
    print("\n".join(found) if found else f"{len(complaints)} places are read as others read them")
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
