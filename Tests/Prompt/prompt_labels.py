#!/usr/bin/env python3
"""Labels are asked for at the prompt, typed into a real terminal (tmux): keys, a skip, one taken back, Ctrl-C in the middle, and the
same line that goes on. Usage: prompt_labels.py MLP STDLIB. Exit status 77: no tmux here."""

import os
import sys

from terminal import run_in_terminal

FLATS = "id,rooms,town\n" + "".join(
    "f%d,%d,%s\n" % (row, row % 8, ["Bergen", "Oslo"][row % 2]) for row in range(40))
LINE = 'label size, ask: 8, classes: ["small", "large"], key: id, columns: [rooms]'


def shown(lines):
    """The last question's number of rooms."""
    rooms = [line.split()[-1] for line in lines if line.startswith("rooms")]
    return int(rooms[-1]) if rooms else None


def wait_for_question(terminal, number):
    terminal.wait(
        lambda lines: any("question %d of 8" % number in line for line in lines[-12:]) and lines[-1].rstrip() == "size ›",
        "question %d" % number)
    return shown(terminal.screen())


def truth(rooms):
    return "large" if rooms > 3 else "small"


def kept(folder):
    path = os.path.join(folder, "size.answers.csv")
    return open(path, encoding="utf-8").read().splitlines() if os.path.exists(path) else []


def labels(terminal, folder, binary, library):
    open(os.path.join(folder, "flats.csv"), "w", encoding="utf-8").write(FLATS)
    terminal.wait_for_prompt("›")
    terminal.enter('load "flats.csv"')
    terminal.wait_for_prompt("flats 40×3 ›")
    terminal.enter(LINE)
    rooms = wait_for_question(terminal, 1)
    # By the number of the class, and by its name.
    terminal.enter("2" if rooms > 3 else "1")
    terminal.enter(truth(wait_for_question(terminal, 2)))
    wait_for_question(terminal, 3)
    if len(kept(folder)) != 3 or kept(folder)[0] != "id,size":
        sys.exit("after two answers the file is\n" + "\n".join(kept(folder)))
    terminal.enter("u")
    terminal.wait_for("taken back: row ")
    rooms = wait_for_question(terminal, 2)
    if len(kept(folder)) != 2:
        sys.exit("after one was taken back the file is\n" + "\n".join(kept(folder)))
    terminal.enter(truth(rooms))
    wait_for_question(terminal, 3)
    terminal.press("C-c")
    terminal.wait_for("2 labels kept in size.answers.csv")
    terminal.wait_for_prompt("flats 40×3 ›")
    terminal.enter(LINE)
    for question in range(1, 6):
        terminal.enter(truth(wait_for_question(terminal, question)))
    wait_for_question(terminal, 6)
    terminal.wait(lambda lines: any(line.startswith("guess: ") for line in lines), "a guess")
    terminal.enter("s")
    wait_for_question(terminal, 6)
    terminal.enter("q")
    terminal.wait_for_prompt("flats 40×4 ›")
    terminal.wait_for("5 rows labelled, 1 skipped; 7 answers in size.answers.csv")
    if len(kept(folder)) != 8:
        sys.exit("in the end the file is\n" + "\n".join(kept(folder)))
    # What was asked is a stage like another: a saved script reads the answers.
    terminal.enter(":save sizes.mlp")
    terminal.wait_for("saved in sizes.mlp")
    terminal.enter(":undo")
    terminal.wait_for_prompt("flats 40×3 ›")


sys.exit(run_in_terminal(labels))
