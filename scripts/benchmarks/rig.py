"""Runs ours and theirs in turn, each a program of its own with two threads, and says whether the machine was quiet.

A benchmark is a file that hands `main` its measurement and its peers. The driver itself stays small (it imports no
numpy): a child's peak memory begins with what its parent held.

Exit status: 0 every bar is met · 1 one is not · 75 the machine was too busy to judge.
"""
import argparse
import contextlib
import dataclasses
import json
import mmap
import os
import pathlib
import resource
import signal
import statistics
import subprocess
import sys
import tempfile
import time

import sinks
import timing

ROOT = pathlib.Path(__file__).resolve().parents[2]
HOME = ROOT / ".build" / "benchmarks"
sys.path.insert(0, str(ROOT / "Tests" / "Judges"))
THREADS = 2
NOT_MET, TOO_BUSY = 1, 75
# Cores that other programs may use while a round runs; more, and its figures say little.
MOST_OTHERS = 0.3
# Microseconds for a page of memory that a program touches first: usual, and where it tells in the figures.
USUAL_PAGE, SLOW_PAGE = 0.3, 1.0
TICKS = os.sysconf("SC_CLK_TCK")
SETTINGS = {
    **os.environ, "OMP_NUM_THREADS": str(THREADS), "OPENBLAS_NUM_THREADS": str(THREADS), "POLARS_MAX_THREADS": str(THREADS)}


def microseconds_a_page(size=256 << 20):
    """What the first touch of 4 KB costs. A virtual machine's host may take back what was freed, and gives it again in its own time."""
    pages = size // 4096
    with mmap.mmap(-1, size) as memory, memoryview(memory) as bytes_of_it:
        began = time.perf_counter()
        bytes_of_it[::4096] = bytes(pages)
        return (time.perf_counter() - began) / pages * 1e6


# --- programs ---------------------------------------------------------------------------------------------------------


@dataclasses.dataclass
class Moment:
    """What a program had used when it printed a line: wall and processor seconds, and its peak memory in bytes."""

    seconds: float
    processor: float
    peak: int


@dataclasses.dataclass
class Ended:
    status: int
    seconds: float
    processor: float
    peak: int
    others: float
    shown: list
    marks: dict
    errors: str
    ended_at: float
    late: bool = False

    def stage(self, *names):
        """Wall seconds of the stages that end in these marks."""
        return sum(self._between(name, lambda moment: moment.seconds) for name in names)

    def cores(self, *names):
        """Cores that were busy in these stages."""
        return sum(self._between(name, lambda moment: moment.processor) for name in names) / max(self.stage(*names), 1e-3)

    def _between(self, name, figure):
        order = list(self.marks)
        return figure(self.marks[name]) - figure(self.marks[order[order.index(name) - 1]])


def script(*stages):
    """A script from pairs of a name and its lines; a mark is printed after each, which `Ended.stage` measures by."""
    return "\n".join(line for name, text in (("begin", ""), *stages) for line in (text, f'"@{name}"') if line) + "\n"


def run(command, *, settings=(), memory=None, seconds=None, watch=None):
    """Runs a program to its end. `memory` bounds its address space, `seconds` its time; `watch` is told of each mark."""

    def bound():
        if memory:
            resource.setrlimit(resource.RLIMIT_AS, (memory, memory))

    busy = machine_seconds()
    began = time.perf_counter()
    shown, marks = [], {}
    with tempfile.TemporaryFile() as errors:
        child = subprocess.Popen(
            command, env={**SETTINGS, **dict(settings)}, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=errors,
            preexec_fn=bound if memory else None)
        late = []
        with alarm(child, seconds, late):
            for line in child.stdout:
                moment = Moment(time.perf_counter() - began, *used(child.pid))
                shown.append(json.loads(line))
                text = shown[-1].get("text", "") if isinstance(shown[-1], dict) else ""
                if isinstance(text, str) and text.startswith("@"):
                    marks[text[1:]] = moment
                    if watch:
                        watch(child, text[1:])
            _, status, usage = os.wait4(child.pid, 0)
        child.returncode = os.waitstatus_to_exitcode(status)
        ended_at = time.perf_counter()
        errors.seek(0)
        words = errors.read().decode(errors="replace")
    # The program may have been gone when its last line was read.
    marks = {name: dataclasses.replace(one, peak=one.peak or usage.ru_maxrss * 1024) for name, one in marks.items()}
    took, processor = ended_at - began, usage.ru_utime + usage.ru_stime
    others = max(0, machine_seconds() - busy - processor) / took
    return Ended(child.returncode, took, processor, usage.ru_maxrss * 1024, others, shown, marks, words, ended_at, bool(late))


@contextlib.contextmanager
def alarm(child, seconds, late):
    def end(*_):
        late.append(True)
        child.kill()

    before = signal.signal(signal.SIGALRM, end)
    signal.setitimer(signal.ITIMER_REAL, seconds or 0)
    try:
        yield
    except BaseException:
        child.kill()
        raise
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
        signal.signal(signal.SIGALRM, before)


def used(process):
    """Processor seconds and peak memory of a running program so far."""
    try:
        fields = pathlib.Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()
        status = pathlib.Path(f"/proc/{process}/status").read_text()
    except OSError:
        return 0.0, 0
    peak = next((int(line.split()[1]) * 1024 for line in status.splitlines() if line.startswith("VmHWM")), 0)
    return (int(fields[11]) + int(fields[12])) / TICKS, peak


def machine_seconds():
    """Processor seconds that all programs used, and that the host took away, since the machine started."""
    user, nice, system, _, _, interrupts, soft, steal = map(int, pathlib.Path("/proc/stat").read_text().split()[1:9])
    return (user + nice + system + interrupts + soft + steal) / TICKS


def others_now(seconds=1.0):
    """Cores that other programs use just now."""
    before = machine_seconds()
    time.sleep(seconds)
    return (machine_seconds() - before) / seconds


# --- a benchmark ------------------------------------------------------------------------------------------------------


class Bench:
    """One benchmark's run: its options, its two sides, its table and its verdict."""

    def __init__(self, file, options):
        self.file, self.options = file, options
        self.rows, self.is_met, self.busy_rounds, self.rounds = [], True, 0, 0
        self.folder = HOME / "work" / pathlib.Path(file).stem
        self.folder.mkdir(parents=True, exist_ok=True)

    def sized(self, count, least=1, step=1):
        """A count of rows or the like at `--scale`, a multiple of `step`."""
        return max(least, round(count * self.options.scale / step) * step)

    def ours(self, text, *, binary=None, may_fail=False, flags=(), **bounds):
        """Runs a script with our program and gives what it showed and when."""
        path = self.folder / "flow.mlp"
        path.write_text(text, encoding="utf-8")
        binary = str(binary or self.options.binary)
        beside = pathlib.Path(binary).with_name("stdlib")
        settings = {"MLP_STDLIB": str(beside if beside.is_dir() else ROOT / "stdlib")}
        command = [binary, "--json", "--threads", str(THREADS), "--seed", "1", *flags, "run", str(path)]
        samples = self.folder / "perf.data"
        profiles = self.options.profile and not sinks.why_not()
        ended = run(sinks.sampled(command, samples) if profiles else command, settings=settings, **bounds)
        if profiles:
            sinks.show(ended, samples)
        if ended.status != 0 and not may_fail:
            raise SystemExit(f"mlp ended with {ended.status} for:\n{text}\n{ended.errors}")
        if "begin" in ended.marks and ended.marks["begin"].seconds > max(0.5, 0.5 * ended.seconds):
            raise SystemExit("mlp showed the first stage only near the end: its stages cannot be timed by what it shows")
        return ended

    def theirs(self, name, python=sys.executable, **arguments):
        """Runs a peer of this file in a Python of its own, or in another one, and gives what it returned."""
        ended = run([python, os.path.abspath(self.file), "peer", name, json.dumps(arguments, default=str)])
        if ended.status != 0:
            raise SystemExit(f"the peer {name} ended with {ended.status}:\n{ended.errors}")
        answer = ended.shown[-1]
        return {"peak": ended.peak, "others": ended.others, **answer}

    def pairs(self, ours, theirs, count=None):
        """Ours and theirs in turn: lists of what both gave, of rounds in which the machine was quiet (of all if too few)."""
        wanted = count or self.options.pairs
        quiet, busy = [], []
        while len(quiet) < wanted and len(busy) <= wanted:
            place = len(quiet) + len(busy)
            before = 0 if self.options.anyway else others_now()
            mine, other = ours(place), theirs(place)
            most = max(before, mine.others, other.others if isinstance(other, Ended) else other["others"])
            is_busy = most > MOST_OTHERS and not self.options.anyway
            (busy if is_busy else quiet).append((mine, other))
            say(f"round {place + 1}: other programs used {most:.2f} cores{': does not count' if is_busy else ''}")
        self.rounds += wanted
        self.busy_rounds += max(0, wanted - len(quiet))
        chosen = (quiet + busy)[:wanted]
        return [mine for mine, _ in chosen], [other for _, other in chosen]

    def add(self, what, ours="", theirs="", ratio=None, bar=None, met=None):
        """A line of the table. A ratio is held against its bar; anything else brings its verdict in `met`."""
        if met is None and ratio is not None and isinstance(bar, (int, float)):
            met = ratio <= bar
        if met is False:
            self.is_met = False
        words = f"≤ {bar}" if isinstance(bar, (int, float)) else bar or ""
        verdict = {True: "met", False: "NOT met", None: ""}[met]
        self.rows.append((what, ours, theirs, "" if ratio is None else f"{ratio:.3f}", words, verdict))

    def times(self, what, ours, theirs, bar=None):
        """A line from seconds of both sides, round by round: medians, and the median of the ratios."""
        ratio = statistics.median(mine / other for mine, other in zip(ours, theirs))
        self.add(what, shown_seconds(statistics.median(ours)), shown_seconds(statistics.median(theirs)), ratio, bar)

    def stage(self, what, name, ours, theirs, bar=None):
        """Lines for one of our stages beside what a peer timed itself: seconds and cores busy."""
        self.times(what, [one.stage(name) for one in ours], [one["seconds"] for one in theirs], bar)
        mine, other = median(one.cores(name) for one in ours), median(one["cores"] for one in theirs)
        self.add("cores busy", f"{mine:.1f}", f"{other:.1f}")

    def finish(self):
        timing.table([("", "ours", "theirs", "ratio", "bar", "verdict"), *self.rows])
        load = os.getloadavg()
        print(f"load average {load[0]:.2f} {load[1]:.2f} {load[2]:.2f}; scale {self.options.scale:g}")
        if (cost := microseconds_a_page()) > SLOW_PAGE:
            print(
                f"memory is slow here: {cost:.1f} µs for each 4 KB that a program touches first, where {USUAL_PAGE} is usual; "
                "a host takes back what was freed, and stages that need much memory look slow")
        if self.busy_rounds:
            rounds = f"{self.busy_rounds} of {self.rounds} rounds"
            print(f"too busy to judge: other programs used more than {MOST_OTHERS} cores in {rounds}")
            return TOO_BUSY
        if self.options.profile:
            return 0
        if self.options.scale != 1:
            print("not the size that the bars are meant for: no verdict")
            return 0
        return 0 if self.is_met else NOT_MET


def main(file, measure, *, peers=(), pairs=3, arguments=()):
    """The entry of a benchmark: its measurement, or one of its peers when called as `FILE peer NAME JSON`."""
    if sys.argv[1:2] == ["peer"]:
        result = dict(peers)[sys.argv[2]](**json.loads(sys.argv[3]))
        print(json.dumps(result))
        return 0
    name = pathlib.Path(file).stem
    parser = argparse.ArgumentParser(prog=f"benchmark {name}", description=sys.modules["__main__"].__doc__)
    usual = os.environ.get("MLP_BINARY") or ROOT / ".build/release/mlp"
    parser.add_argument("--binary", default=usual, help="our program")
    parser.add_argument("--scale", type=float, default=1, help="share of the rows; the bars are meant for 1")
    parser.add_argument("--pairs", type=int, default=pairs, help="rounds in which both sides run, at least")
    parser.add_argument("--anyway", action="store_true", help="count rounds in which the machine was busy")
    parser.add_argument("--profile", action="store_true", help="one round; the functions in which ours spends its time")
    for name, words in dict(arguments).items():
        parser.add_argument(name, **words)
    # Told to end, it ends the program that it runs too.
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(128 + signal.SIGTERM))
    options = parser.parse_args()
    if options.profile:
        options.pairs, options.anyway = 1, True
        say(sinks.why_not() or "samples are taken of ours: its times are a little long, and its cores are those of perf")
    bench = Bench(file, options)
    measure(bench)
    return bench.finish()


def timed(work):
    """Runs a peer's work: its result and, for the answer, its wall seconds and the cores it kept busy."""
    began, processor = time.perf_counter(), time.process_time()
    result = work()
    took = time.perf_counter() - began
    return result, {"seconds": took, "cores": (time.process_time() - processor) / took}


def figures(ended, index=-1):
    """The figures of one of the metrics that a run showed, by name."""
    import running

    rows = running.of_kind(ended.shown, "metrics")[index]["metrics"]
    return {row["name"]: row["figures"][0]["value"] for row in rows if row["figures"][0]}


def median(values):
    return statistics.median(values)


def mean(values):
    return statistics.fmean(values)


def shown_seconds(seconds):
    return f"{seconds * 1000:.0f} ms" if seconds < 1 else f"{seconds:.2f} s"


def shown_bytes(count):
    return f"{count / 1e9:.2f} GB" if count >= 1e9 else f"{count / 1e6:.0f} MB"


def say(words):
    print(words, file=sys.stderr, flush=True)
