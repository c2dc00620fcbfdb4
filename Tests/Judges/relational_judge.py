"""Whether what reads rows together gives what DuckDB and Polars give on generated tables: joins, unions, groups, pivots, functions of the
rows around, orders, and conditions with missing cells.

usage: relational_judge.py TABLES SEED [SUBJECT...]

One run of mlp takes all tables of a subject. Exit status 1 where a cell differs: floats by more than 1e-9 relative, anything else at all.
Where we differ on purpose from all judges `agreement.py` and `relational_tables.held` say so.
"""
import pathlib
import sys
import tempfile

import numpy as np

import running
from agreement import differences
from relational_groups import Groups
from relational_joins import joined
from relational_rows import Rows

# Each with its share of the tables, in percent.
SUBJECTS = {"groups": (Groups, 30), "joins": (joined, 50), "rows": (Rows, 20)}


def judge(subject, tables, seed, folder):
    """The cells that were compared, and a line for each that differs."""
    make = SUBJECTS[subject][0]
    cases = [make(np.random.default_rng([seed, len(subject), place]), place, folder) for place in range(tables)]
    running.run("\n\n".join(case.script for case in cases), folder)
    compared, complaints = 0, []
    for place, case in enumerate(cases):
        for what, ours, theirs, *size in case.judged():
            lines, count = differences(f"{subject} {place} {what}", ours, theirs, *size)
            complaints += lines
            compared += count
    return compared, complaints


def main(tables, seed, *subjects):
    complaints, compared = [], 0
    for subject in subjects or SUBJECTS:
        with tempfile.TemporaryDirectory() as folder:
            share = tables * SUBJECTS[subject][1] // 100
            count, lines = judge(subject, share, seed, pathlib.Path(folder))
        print(f"{subject}: {share} tables, {count} cells compared, {len(lines)} differ")
        compared += count
        complaints += lines
    print(*complaints[:400], sep="\n")
    return 1 if complaints or compared < 100 * tables else 0


if __name__ == "__main__":
    sys.exit(main(int(sys.argv[1]), int(sys.argv[2]), *sys.argv[3:]))
