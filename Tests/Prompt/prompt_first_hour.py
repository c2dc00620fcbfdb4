#!/usr/bin/env python3
"""The first hour of someone who knows other tools, with nothing but Tab, `?` and what the prompt answers: from an empty
folder to a judged and exported model, by way of the mistakes that are made. Usage: prompt_first_hour.py MLP STDLIB.
Exit status 77: no tmux here."""

import os
import sys
import time

from terminal import run_in_terminal

# What is typed, what the answer holds, and the prompt after it.
UP_TO_A_MODEL = [
    ("?", ["`help VERB` tells of one"], "›"),
    ('load "titanic.csv"', ["no such file", "write titanic: it is a built-in set"], "›"),
    ('load "titanic"', ["write titanic: it is a built-in set"], "›"),
    ("load titanic", ["1309 rows"], "titanic 1309×5 ›"),
    ("?impute", ["Fill missing cells", "impute age = median"], "titanic 1309×5 ›"),
    ("impute age = median", ["28 for 263 missing"], "titanic 1309×5 ›"),
    ("split test: 0.2", ["test (sealed)"], "titanic 1047+262 ›"),
    ("train logistic", ["no label was chosen", "`label COLUMN` before `split`"], "titanic 1047+262 ›"),
    ("label survived",
     ["the last table is from before `split test: 0.2`, and `:undo` goes back to it"], "titanic 1047+262 ›"),
    (":undo", ["undone: split test: 0.2"], "titanic 1309×5 ›"),
    ("label survived", ["the positive class is yes"], "titanic 1309×5 ›"),
    ("split test: 0.2", ["share of yes"], "titanic 1047+262 ›"),
]
WITH_A_MODEL = [
    ("eval", ["log_loss"], "titanic logistic ›"),
    ("test", ["262 sealed rows", "confusion matrix"], "titanic logistic ›"),
    ("explain", ["importance"], "titanic logistic ›"),
    ('export "titanic.pkl"', ['write "titanic.mlpkg"'], "titanic logistic ›"),
]
AFTER_THE_EXPORT = [
    ("predict titanic", ["1309 rows scored"], "titanic 1309×8 ›"),
    ("test", ["the last model is from before `predict titanic`, and `:undo` goes back to it"], "titanic 1309×8 ›"),
    (":undo", ["undone: predict titanic"], "titanic logistic ›"),
    ('export "titanic.mlpkg"', ["export: titanic.mlpkg, "], "titanic logistic ›"),
    (":save titanic", ["`:save titanic.mlp` does"], "titanic logistic ›"),
    (":save titanic.mlp", ["saved in titanic.mlp"], "titanic logistic ›"),
]


def unwrapped(lines):
    """What is below the last entry, as one text: a narrow screen breaks lines at blanks."""
    return " ".join(" ".join(lines).split())


def enter(terminal, entry, answers, prompt):
    terminal.enter(entry)

    def holds(lines):
        places = [place for place, line in enumerate(lines) if line.endswith("› " + entry)]
        if not places or lines[-1].strip() != prompt:
            return False
        answer = unwrapped(lines[places[-1] + 1 :])
        return all(text in answer for text in answers)

    terminal.wait(holds, "%s and %s after %s" % (answers, prompt, entry))


def tab(terminal, typed, expected):
    terminal.type(typed)
    terminal.wait(lambda lines: lines[-1].endswith(typed.rstrip()), "the line " + typed)
    terminal.press("Tab")
    terminal.wait(lambda lines: lines[-1].endswith("› " + expected), "%s after Tab at %s" % (expected, typed))


def first_hour(terminal, folder, binary, library):
    began = time.monotonic()
    terminal.wait_for_prompt("›")
    for entry, answers, prompt in UP_TO_A_MODEL:
        enter(terminal, entry, answers, prompt)
    tab(terminal, "train log", "train logistic")
    terminal.press("Enter")
    terminal.wait_for_prompt("titanic logistic ›")
    for entry, answers, prompt in WITH_A_MODEL:
        enter(terminal, entry, answers, prompt)
    # The session's own folder stands beside what may be written.
    tab(terminal, 'export "ti', 'export "titanic.')
    tab(terminal, "on", 'export "titanic.onnx"')
    terminal.press("Enter")
    terminal.wait_for("export: titanic.onnx, ")
    terminal.wait_for_prompt("titanic logistic ›")
    for entry, answers, prompt in AFTER_THE_EXPORT:
        enter(terminal, entry, answers, prompt)
    for name in ["titanic.onnx", "titanic.mlpkg"]:
        if os.path.getsize(os.path.join(folder, name)) < 1000:
            sys.exit("there is nothing in " + name)
    script = open(os.path.join(folder, "titanic.mlp"), encoding="utf-8").read()
    lines = ["load titanic", "impute age = median", "label survived", "train logistic"]
    if [line for line in script.splitlines() if line in lines] != lines:
        sys.exit("the flow was saved as\n" + script)
    if time.monotonic() - began > 600:
        sys.exit("it took more than ten minutes")


sys.exit(run_in_terminal(first_hour))
