"""A real terminal (tmux) in which the prompt is typed at."""

import os
import shutil
import signal
import subprocess
import sys
import tempfile
import time


class Terminal:
    """One window of a tmux server of its own."""

    def __init__(self, folder, command):
        self.folder = folder
        self.socket = os.path.join(folder, "tmux")
        self.tmux("-f", "/dev/null", "new-session", "-d", "-x", "100", "-y", "30", "-c", folder, command)
        self.tmux("set-option", "-g", "history-limit", "5000")

    def tmux(self, *arguments, **options):
        command = ["tmux", "-S", self.socket, *arguments]
        return subprocess.run(command, check=True, capture_output=True, text=True, timeout=20, **options).stdout

    def screen(self):
        return self.tmux("capture-pane", "-p", "-J", "-S", "-5000").rstrip().split("\n")

    def type(self, text):
        self.tmux("send-keys", "-l", text)

    def press(self, *keys):
        self.tmux("send-keys", *keys)

    def enter(self, text):
        self.type(text)
        self.press("Enter")

    def paste(self, lines):
        self.tmux("load-buffer", "-", input="\n".join(lines) + "\n")
        self.tmux("paste-buffer", "-p")

    def wait(self, holds, what, seconds=20.0):
        """Waits until the screen's lines satisfy `holds`, and gives the seconds that it took."""
        began = time.monotonic()
        while True:
            lines = self.screen()
            took = time.monotonic() - began
            if holds(lines):
                return took
            if took > seconds:
                sys.exit("not seen in %.1f s: %s\n%s" % (seconds, what, "\n".join(lines[-40:])))
            time.sleep(0.02)

    def wait_for_prompt(self, prompt, seconds=20.0):
        return self.wait(lambda lines: lines[-1].strip() == prompt, "the prompt " + prompt, seconds)

    def wait_for(self, text, seconds=20.0):
        return self.wait(lambda lines: any(text in line for line in lines), text, seconds)

    def end(self):
        subprocess.run(["tmux", "-S", self.socket, "kill-server"], capture_output=True)

    def rows(self):
        """The rows of the window as they stand, without those that have gone off it."""
        return self.tmux("capture-pane", "-p").rstrip("\n").split("\n")

    def resize(self, columns, rows=30):
        self.tmux("resize-window", "-x", str(columns), "-y", str(rows))


def settings(folder, library):
    return {"HOME": folder, "XDG_DATA_HOME": folder, "MLP_STDLIB": library, "LC_ALL": "C.UTF-8"}


def run_in_terminal(body):
    """Runs `body(terminal, folder, binary, library)` with the prompt of the program that the command line names. Gives the
    exit status, 77 where there is no tmux."""
    binary, library = (os.path.abspath(path) for path in sys.argv[1:3])
    if shutil.which("tmux") is None:
        print("tmux is not installed: the prompt was NOT tested", file=sys.stderr)
        return 77
    # A test runner's threads block signals, and tmux would hand that on: neither it nor the prompt could be ended.
    signal.pthread_sigmask(signal.SIG_SETMASK, set())
    with tempfile.TemporaryDirectory(prefix="mlp-prompt-") as folder:
        words = ["env"] + ["%s=%s" % pair for pair in settings(folder, library).items()] + [binary]
        terminal = Terminal(folder, " ".join("'%s'" % word for word in words) + "; sleep 60")
        try:
            body(terminal, folder, binary, library)
        finally:
            terminal.end()
    return 0
