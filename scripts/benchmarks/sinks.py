"""Where a run of ours spends its time, stage by stage: samples by Linux `perf`, added up by function."""
import functools
import re
import shutil
import subprocess

# Stages that take less of the run than this say little.
LEAST_SHARE = 0.05
TOP = 5
LINE = re.compile(r"^\s*([\d.]+)%\s+\[(\w|\.)\]\s+(.*\S)")


@functools.cache
def why_not():
    """Why there are no samples to be had here; nothing where there are."""
    if not shutil.which("perf"):
        return "perf is not installed (Debian: linux-perf)"
    tried = subprocess.run(["perf", "stat", "-e", "cpu-clock", "true"], capture_output=True, text=True)
    return "" if tried.returncode == 0 else f"perf may not be used here: {tried.stderr.strip().splitlines()[0]}"


def sampled(command, path):
    """The command under perf, whose samples carry the clock that marks are told by."""
    return ["perf", "record", "-q", "-F", "1999", "-k", "CLOCK_MONOTONIC", "-o", str(path), "--", *command]


def show(ended, path):
    """Prints the functions of each stage in which ours spent most of its time, in shares of the stage's samples."""
    began, before = ended.ended_at - ended.seconds, 0.0
    for name, moment in ended.marks.items():
        took = moment.seconds - before
        if took >= LEAST_SHARE * ended.seconds:
            print(f"{name}: {took:.3f} s")
            for share, function in functions(path, began + before, began + moment.seconds)[:TOP]:
                print(f"  {share:5.1f} %  {function}")
        before = moment.seconds


def functions(path, start, end):
    """Shares and names of functions between two moments, the largest first; the kernel's are one."""
    span = f"{start:.6f},{end:.6f}"
    command = ["perf", "report", "-i", str(path), "--time", span, "--no-children", "--sort", "sym", "--stdio"]
    text = demangled(subprocess.run(command, capture_output=True, text=True).stdout)
    found = {}
    for line in filter(None, map(LINE.match, text.splitlines())):
        name = "(the kernel)" if line[2] == "k" else line[3]
        found[name] = found.get(name, 0) + float(line[1])
    return sorted(((share, name) for name, share in found.items()), reverse=True)


def demangled(text):
    """Names as they are in the source, where there is a Swift toolchain."""
    if not shutil.which("swift"):
        return text
    return subprocess.run(["swift", "demangle", "--simplified"], input=text, capture_output=True, text=True).stdout
