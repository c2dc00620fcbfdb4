#!/usr/bin/env python3
"""A session at the prompt, typed into a real terminal (tmux): from load to serve, with completion, history, Ctrl-C,
pastes that end and that stop, files that are not overwritten, and the script that `:save` writes. Usage: prompt_session.py MLP STDLIB. Exit status 77: no tmux here."""

import json
import os
import subprocess
import sys
import urllib.request

from terminal import run_in_terminal, settings

PASTED = [
    "load iris",
    "label species",
    "split train: 0.7, test: 0.3, seed: 7,",
    "  stratify: species",
    "train logistic",
    "eval",
]
FAILING = ['load "nosuch.csv"', "drop sex", "", "train tree", "as wrong"]
STOPPED = ["train boost, trees: 90000", "as wrong", "drop age"]
STOPPED_BY = "interrupted: train boost; the value from before it stands"
KEPT = "a,b\n1,2\n"


def after(lines, entry):
    """What was printed below the last line that ends in an entry, up to the next prompt."""
    start = max(place for place, line in enumerate(lines) if line.endswith("› " + entry)) + 1
    stop = next(place for place in range(start, len(lines)) if "› " in lines[place] or lines[place].endswith("›"))
    return [line.rstrip() for line in lines[start:stop]]


def predict(address):
    row = {"sepal_length_cm": 5.1, "sepal_width_cm": 3.5, "petal_length_cm": 1.4, "petal_width_cm": 0.2}
    request = urllib.request.Request(
        address + "/v1/predict", json.dumps(row).encode(), {"Content-Type": "application/json"})
    opener = urllib.request.build_opener(urllib.request.ProxyHandler({}))
    return opener.open(request, timeout=10).read().decode()


def session(terminal):
    """Types the session; gives what `eval` printed."""
    terminal.wait_for_prompt("›")
    terminal.type("load tit")
    terminal.press("Tab")
    terminal.wait_for("› load titanic")
    terminal.press("Enter")
    terminal.wait_for_prompt("titanic 1309×5 ›")
    terminal.type("sch")
    terminal.press("Tab")
    terminal.wait_for("› schema")
    terminal.press("Enter")
    terminal.wait_for("fitted by")

    terminal.enter("drop name")
    terminal.wait_for_prompt("titanic 1309×4 ›")
    terminal.enter("label survived")
    terminal.enter("split train: 0.7, valid: 0.15, test: 0.15, stratify: survived, seed: 7")
    terminal.wait_for_prompt("titanic 916+197+196 ›")
    terminal.enter("train boost, trees: 90000")
    terminal.wait_for("boost: tree")
    terminal.press("C-c")
    took = terminal.wait_for_prompt("titanic 916+197+196 ›")
    if took > 1.0:
        sys.exit("Ctrl-C took %.2f s" % took)
    if any("boost: tree" in line for line in terminal.screen()):
        sys.exit("the progress line was left on the screen")
    told = [line for line in terminal.screen() if "interrupted" in line or "flow that starts" in line]
    if len(told) != 1 or STOPPED_BY not in told[0]:
        sys.exit("Ctrl-C was answered\n" + "\n".join(told))
    terminal.enter("show")
    terminal.wait_for("of 916 rows")

    stopped_pastes(terminal)
    kept_files(terminal)

    terminal.paste(PASTED)
    terminal.wait_for_prompt("iris logistic ›")
    terminal.wait_for("out of fold")
    printed = after(terminal.screen(), "eval")
    terminal.press("Up")
    terminal.wait(lambda lines: lines[-1].endswith("› eval"), "the entry before")
    terminal.press("C-c")
    terminal.wait_for_prompt("iris logistic ›")

    terminal.enter("serve port: 0")
    terminal.wait(lambda lines: lines[-1].startswith("http://127.0.0.1:"), "the service's prompt")
    answer = predict(terminal.screen()[-1].split(" ")[0])
    if "setosa" not in answer:
        sys.exit("the service answered " + answer)
    terminal.enter("stop")
    terminal.wait_for_prompt("iris logistic ›")
    terminal.enter(":save flow.mlp")
    terminal.wait_for("saved in flow.mlp")
    terminal.enter(":save flow.mlp")
    terminal.wait_for("'flow.mlp' is there already")
    terminal.enter(":save! flow.mlp")
    terminal.wait(lambda lines: sum("saved in flow.mlp" in line for line in lines) == 2, "the script written again")
    terminal.press("C-d")
    return printed


def stopped_pastes(terminal):
    """A paste stops at the line that fails and at the one that is interrupted."""
    terminal.paste(FAILING)
    terminal.wait_for("the paste stopped here: 3 lines were not run")
    terminal.wait_for_prompt("titanic 916+197+196 ›")
    terminal.paste(STOPPED)
    terminal.wait_for("boost: tree")
    terminal.press("C-c")
    terminal.wait_for("the paste stopped here: 2 lines were not run")
    terminal.wait_for_prompt("titanic 916+197+196 ›")
    if any("› as wrong" in line for line in terminal.screen()):
        sys.exit("a paste went on after a line that failed")


def kept_files(terminal):
    """Nothing at the prompt overwrites a file that was there before, and its own files it may write again."""
    kept = os.path.join(terminal.folder, "kept.csv")
    with open(kept, "w", encoding="utf-8") as file:
        file.write(KEPT)
    terminal.enter('export "kept.csv"')
    terminal.wait_for("'kept.csv' is there already")
    terminal.enter(":save kept.csv")
    terminal.wait_for("'kept.csv' does not end in .mlp")
    for count in (1, 2):
        terminal.enter('export "own.csv"')
        terminal.wait(lambda lines: sum("export: own.csv" in line for line in lines) == count, "own.csv written")
    if open(kept, encoding="utf-8").read() != KEPT:
        sys.exit("a file was overwritten")
    terminal.enter('export "kept.csv", replace: true')
    terminal.wait_for("export: kept.csv")


def whole(terminal, folder, binary, library):
    printed = session(terminal)
    run = subprocess.run(
        [binary, "run", "flow.mlp"], cwd=folder, env={**os.environ, **settings(folder, library)}, capture_output=True,
        text=True, timeout=120)
    if run.returncode != 0:
        sys.exit("the saved script ended with %d\n%s" % (run.returncode, run.stderr))
    if not printed or "\n".join(printed) not in run.stdout:
        sys.exit("the saved script printed otherwise\n%s\n-- and not --\n%s" % (run.stdout, "\n".join(printed)))
    history = os.path.join(folder, "mlp", "history")
    if "train boost, trees: 90000" not in open(history, encoding="utf-8").read():
        sys.exit("the history was not kept")


sys.exit(run_in_terminal(whole))
