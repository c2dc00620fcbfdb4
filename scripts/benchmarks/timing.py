"""Times programs in turn, so that what else the machine does falls on both sides alike."""
import os
import statistics
import time

SETTINGS = {**os.environ, "OMP_NUM_THREADS": "2", "OPENBLAS_NUM_THREADS": "2"}


def seconds(command, folder=None, output=os.devnull):
    """Wall time of one run. Spawned without a shell; an exit status other than 0 ends the benchmark."""
    sink = [(os.POSIX_SPAWN_OPEN, place, output if place == 1 else os.devnull, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
            for place in (1, 2)]
    here = os.getcwd()
    if folder:
        os.chdir(folder)
    began = time.perf_counter()
    process = os.posix_spawnp(command[0], command, SETTINGS, file_actions=sink)
    _, status = os.waitpid(process, 0)
    took = time.perf_counter() - began
    os.chdir(here)
    if status != 0:
        raise SystemExit(f"{' '.join(command)} ended with {os.waitstatus_to_exitcode(status)}")
    return took


def paired(ours, theirs, rounds, ours_a_round=1, folder=None):
    """Both sides in each round: medians of each side, and the median of the rounds' ratios."""
    seconds(ours, folder), seconds(theirs, folder)
    all_ours, all_theirs, ratios = [], [], []
    for _ in range(rounds):
        own = [seconds(ours, folder) for _ in range(ours_a_round)]
        other = seconds(theirs, folder)
        all_ours += own
        all_theirs.append(other)
        ratios.append(statistics.median(own) / other)
    return statistics.median(all_ours), statistics.median(all_theirs), statistics.median(ratios)


def table(rows):
    """Rows of texts as columns, the first a heading."""
    widths = [max(len(row[place]) for row in rows) for place in range(len(rows[0]))]
    for row in rows:
        print("  ".join(cell.ljust(width) for cell, width in zip(row, widths)).rstrip())


def report(what, ours, theirs, ratio, bar, *rest):
    rows = [("", "ours", "theirs", "ratio", "bar"), (what, ours, theirs, f"{ratio:.4f}", f"≤ {bar}")]
    table(rows + [(*row, "", "") for row in rest])
