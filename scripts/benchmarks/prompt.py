"""prompt: start, the echo of a key, and Tab at the prompt, on a table of 80 columns, in a terminal of our own.

usage: prompt.py BINARY
"""
import fcntl
import os
import pty
import select
import statistics
import struct
import subprocess
import sys
import tempfile
import termios
import time

COLUMNS, ROWS, KEYS, TABS = 80, 2000, 200, 40
ECHO, START = 0.002, 0.010


class Prompt:
    """The program on a pseudo-terminal of 100 columns."""

    def __init__(self, binary, folder):
        self.side, other = pty.openpty()
        fcntl.ioctl(other, termios.TIOCSWINSZ, struct.pack("HHHH", 40, 100, 0, 0))
        settings = {**os.environ, "HOME": folder, "XDG_DATA_HOME": folder, "TERM": "xterm", "LC_ALL": "C.UTF-8"}
        self.child = subprocess.Popen(
            [binary], stdin=other, stdout=other, stderr=other, cwd=folder, env=settings, start_new_session=True)
        os.close(other)

    def read(self, quiet, most=10.0):
        """What comes until nothing has for `quiet` seconds, and when its first part came."""
        began, first, found = time.perf_counter(), None, b""
        while time.perf_counter() - began < most:
            if not select.select([self.side], [], [], quiet if found else most)[0]:
                break
            found += os.read(self.side, 65536)
            first = first or time.perf_counter()
        return found, first

    def type(self, text, quiet=0.03):
        """Seconds from a key to the first of what it draws."""
        began = time.perf_counter()
        os.write(self.side, text.encode())
        found, first = self.read(quiet)
        if first is None:
            raise SystemExit(f"no answer to {text!r}")
        return first - began, found

    def enter(self, text):
        self.type(text + "\r", quiet=1.0)

    def end(self):
        self.child.kill()
        self.child.wait()
        os.close(self.side)


def table(folder):
    names = [f"measurement_{place:02}" for place in range(COLUMNS)]
    with open(os.path.join(folder, "wide.csv"), "w", encoding="utf-8") as file:
        file.write(",".join(names) + "\n")
        for row in range(ROWS):
            file.write(",".join(str(row * 7 % (place + 2)) for place in range(COLUMNS)) + "\n")


def started(binary, folder):
    prompt = Prompt(binary, folder)
    began = time.perf_counter()
    _, first = prompt.read(0.05)
    prompt.end()
    return first - began


def report(what, seconds, bar):
    middle, high = statistics.median(seconds), sorted(seconds)[int(len(seconds) * 0.95)]
    verdict = "met" if middle <= bar else "NOT met"
    print(f"{what:<28} {middle * 1000:6.2f} ms, 95 of 100 within {high * 1000:.2f} ms   bar {bar * 1000:.0f} ms: {verdict}")
    return middle <= bar


def main(binary):
    with tempfile.TemporaryDirectory(prefix="mlp-prompt-") as folder:
        table(folder)
        starts = [started(binary, folder) for _ in range(11)]
        prompt = Prompt(binary, folder)
        try:
            prompt.read(0.3)
            prompt.enter('load "wide.csv"')
            prompt.enter("filter measurement_01 == 1")
            keys = [prompt.type(letter)[0] for letter in ("select measurement_07, measurement_1" * 6)[:KEYS]]
            prompt.type("\x15")
            tabs = []
            for _ in range(TABS):
                for letter in "select meas":
                    prompt.type(letter, quiet=0.005)
                # The first completes what all have in common, the second says that there are several, the third lists them.
                for expected in (b"urement_", b"\a", b"measurement_"):
                    took, found = prompt.type("\t")
                    if expected not in found:
                        raise SystemExit(f"Tab gave nothing: {found!r}")
                    tabs.append(took)
                prompt.type("\x15")
        finally:
            prompt.end()
    met = [report("start to the prompt", starts, START), report("echo of a key", keys, ECHO), report("Tab", tabs, ECHO)]
    return 0 if all(met) else 1


if __name__ == "__main__":
    sys.exit(main(os.path.abspath(sys.argv[1])))
