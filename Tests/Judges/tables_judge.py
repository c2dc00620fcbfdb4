"""Whether random tables that other programs write are read as the cells that were drawn, and ours by them as what was exported.

Every type of Arrow, with odd names, few rows and many missing cells; every writer with options of its own drawn anew. Columns that no cell
holds are named in a note, and the others are read.

usage: tables_judge.py COUNT SEED     Exit status 1 where a cell differs.
"""
import json
import os
import pathlib
import random
import sys
import tempfile
import warnings

# Its panics are told with a backtrace otherwise.
os.environ.setdefault("RUST_BACKTRACE", "0")
warnings.simplefilter("ignore")

import pyarrow.parquet as pq

import drawn_tables
import running
import table_readers
import table_writers

FILES_OF_RUN = 40


def parts_of(cases):
    return [cases[start:start + FILES_OF_RUN] for start in range(0, len(cases), FILES_OF_RUN)]


def rows_of(path):
    return [json.loads(line) for line in path.read_text(encoding="utf-8").split("\n") if line]


def theirs(seeds, folder):
    """Files of the others: a path, the table in it and who wrote it."""
    for seed in seeds:
        for name, ending, write, kinds in table_writers.WRITERS:
            draw = random.Random(f"{seed} {name} {ending}")
            table = drawn_tables.drawn(draw, kinds)
            path = folder / f"{seed}-{name}{ending}"
            try:
                write(draw, table, path)
            except (ValueError, OverflowError):
                # What the writer has no room for is not ours to read.
                path.unlink(missing_ok=True)
                continue
            if drawn_tables.expected(table):
                yield path, table


def reading(seeds, folder):
    """How many cells of others' files were compared, and what differs."""
    count, found = 0, []
    for part in parts_of(list(theirs(seeds, folder))):
        script = "".join(
            f"load {running.quoted(path)}{drawn_tables.stated(table, path.suffix)}\nexport {running.quoted(f'{path}.out.jsonl')}\n"
            for path, table in part)
        notes = iter(notes_of(running.run(script, folder)))
        for path, table in part:
            rows, wanted = rows_of(pathlib.Path(f"{path}.out.jsonl")), drawn_tables.expected(table)
            if path.suffix == ".csv":
                wanted = drawn_tables.bare(wanted)
                rows = [{name: None if cell == "" else cell for name, cell in row.items()} for row in rows]
            found += [f"{path.name}: {words}" for words in drawn_tables.differences(rows, wanted)]
            said = next(notes)
            for column in table:
                if column.kind in drawn_tables.FOREIGN and any(column.values) and column.name not in said:
                    found.append(f"{path.name}: nothing is said of {column.name!r}, a {column.kind}")
            count += sum(map(len, wanted.values()))
    return count, found


def notes_of(shown):
    """What each `load` said, the notes of `export` left out."""
    told = [" ".join(note["message"] for note in part["notes"]) for part in running.of_kind(shown, "notes")]
    return [words for words in told if not words.startswith("export: ")]


def writing(seeds, folder):
    """How many cells of our files were compared with what others read of them, and what differs."""
    count, found = 0, []
    for seed in seeds:
        draw = random.Random(f"ours {seed}")
        table = drawn_tables.drawn(draw, table_writers.kinds("decimal32|decimal64|view"))
        wanted = drawn_tables.expected(table)
        if not wanted or not table[0].values:
            continue
        source = folder / f"ours-{seed}.parquet"
        pq.write_table(drawn_tables.arrow(table), source)
        endings = ["jsonl", *table_readers.READERS]
        running.run(
            f"load {running.quoted(source)}\n" + "".join(f"export {running.quoted(folder / f'{seed}.{ending}')}\n" for ending in endings), folder)
        rows = rows_of(folder / f"{seed}.jsonl")
        cells = {name: [row[name] for row in rows] for name in wanted}
        for ending, readers in table_readers.READERS.items():
            for reader in readers:
                kept = table_readers.kept(cells, table, ending, reader)
                found += [f"{seed}.{ending}: {words}" for words in table_readers.differences(folder / f"{seed}.{ending}", ending, reader, kept)]
                count += sum(map(len, kept.values()))
    return count, found


def main(arguments):
    count, seed = int(arguments[0]), int(arguments[1])
    seeds = range(seed, seed + count)
    if table_writers.fastparquet is None:
        print("FASTPARQUET IS NOT INSTALLED, so its files are NOT checked: run scripts/setup --judges")
    with tempfile.TemporaryDirectory() as name:
        read, differing = reading(seeds, pathlib.Path(name))
        written, unlike = writing(seeds, pathlib.Path(name))
    found = differing + unlike
    print(f"{read} cells of others' files and {written} of ours compared, {len(found)} columns differ", *found[:40], sep="\n")
    return 1 if found or read < 2_000 * count or written < 1_000 * count else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
