#!/usr/bin/env python3
"""What the prompt answers to keys: Tab in each place, lists, Up and Down, undo, save, a resized window, a search and
Ctrl-C in it, typed into a real terminal (tmux). Usage: prompt_answers.py MLP STDLIB. Exit status 77: no tmux here."""

import os
import sys

from terminal import run_in_terminal

HOMES = "city,Lot Area,floors,sold\n" + "".join(
    "%s,%d,%d,%s\n" % (city, 100 + row, row % 3 + 1, "yes" if row % 4 else "no")
    for row, city in enumerate(["Bergen", "Oslo", "Oslo", "Tromsø", "New York", "Oslo"] * 10))

# What is typed before Tab, and the line after it.
OF_A_TABLE = [
    ('load "', 'load "'),
    ('load "ho', 'load "homes.csv"'),
    ('load "arc', 'load "archive/'),
    ('load "archive/', 'load "archive/old.csv"'),
    ('load "not', 'load "notes.pdf"'),
    ("load hom", 'load "homes.csv"'),
    ('use "', 'use "'),
    ('use "fl', 'use "flow.mlp"'),
    ('export "ho', 'export "homes.csv"'),
    (":save fl", ":save flow.mlp"),
    (":save al", ":save all "),
    (":save all fl", ":save all flow.mlp"),
    (":open fl", ":open flow.mlp"),
    ('filter city == "B', 'filter city == "Bergen"'),
    ('filter city == "new', 'filter city == "New York"'),
    ("filter city == os", 'filter city == "Oslo"'),
    ('filter city != "T', 'filter city != "Tromsø"'),
    ('filter city in ["Oslo", "B', 'filter city in ["Oslo", "Bergen"'),
    ('filter floors == 1 and (city == "T', 'filter floors == 1 and (city == "Tromsø"'),
    ('derive far = if city == "T', 'derive far = if city == "Tromsø"'),
    ('validate city in ["N', 'validate city in ["New York"'),
    ("drop Lo", "drop `Lot Area`"),
    ("drop `Lo", "drop `Lot Area`"),
    ("drop `ci", "drop `city`"),
    ("filter `Lot Area` > 3 and sol", "filter `Lot Area` > 3 and sold"),
    ('label sold, positive: "y', 'label sold, positive: "yes"'),
    ("label sold, positive: n", 'label sold, positive: "no"'),
    ('label x = if floors > 2 then "much" else "few", positive: "m',
     'label x = if floors > 2 then "much" else "few", positive: "much"'),
    ('encode city = ordinal, order: ["Be', 'encode city = ordinal, order: ["Bergen"'),
    ("split stratify: ci", "split stratify: city"),
    ("split group: `Lo", "split group: `Lot Area`"),
    ("impute floors = med", "impute floors = median"),
    ("load titan", "load titanic"),
]
OF_A_MODEL = [
    ("eval by: ci", "eval by: city"), ("eval by: `Lo", "eval by: `Lot Area`"), ('predict "ho', 'predict "homes.csv"'),
]


def complete(terminal, typed, expected):
    terminal.type(typed)
    terminal.wait(lambda lines: lines[-1].endswith("› " + typed.rstrip()), "the line " + typed)
    terminal.press("Tab")
    wanted = "› " + expected.rstrip()
    terminal.wait(lambda lines: lines[-1].rstrip().endswith(wanted), "%s after Tab at %s" % (expected, typed))
    clear(terminal)


def clear(terminal):
    terminal.press("C-c")
    terminal.wait(lambda lines: lines[-1].rstrip().endswith("›"), "an empty line")


def answer(terminal, entry, text):
    terminal.enter(entry)
    terminal.wait(lambda lines: any(text in line for line in lines[-25:]) and lines[-1].rstrip().endswith("›"), text)


def below(terminal, typed):
    """The rows of the list that Tab, pressed twice, shows below a line."""
    terminal.type(typed)
    terminal.wait(lambda lines: lines[-1].endswith("› " + typed.rstrip()), "the line " + typed)
    terminal.press("Tab")
    terminal.press("Tab")
    wanted = "› " + typed.rstrip()
    terminal.wait(lambda lines: sum(line.rstrip().endswith(wanted) for line in lines[-40:]) > 1, "a list")
    lines = terminal.screen()
    ends = [place for place, line in enumerate(lines) if line.rstrip().endswith(wanted)]
    clear(terminal)
    return lines[ends[-2] + 1 : ends[-1]]


def lists(terminal):
    listed = below(terminal, "filter ")
    if not listed[0].startswith("city  ") or len(listed) != 5 or not listed[-1].endswith(" functions"):
        sys.exit("the list of a condition is\n" + "\n".join(listed))
    functions = below(terminal, "derive x = 1 + ")
    if len(functions) > 28 or not functions[-1].startswith("… "):
        sys.exit("the list of an expression has %d rows\n%s" % (len(functions), "\n".join(functions)))
    files = " ".join(below(terminal, 'load "'))
    if "homes.csv" not in files or "archive/" not in files or "notes.pdf" in files or "flow.mlp" in files:
        sys.exit("the files to load are " + files)
    scripts = " ".join(below(terminal, ":open "))
    if "flow.mlp" not in scripts or "homes.csv" in scripts:
        sys.exit("the scripts to open are " + scripts)
    cities = " ".join(below(terminal, "filter city == "))
    if not cities.startswith('"Oslo"') or cities.count('"Oslo"') != 1:
        sys.exit("the values are " + cities)


def history(terminal):
    """Up and Down, by what is typed; the entries before were these, oldest first."""
    for entry, seen in [("1 + 1", "2"), ("filter floors > 0", "60"), ("1 + 2", "3")]:
        answer(terminal, entry, seen)
    steps = [
        ("", ["1 + 2", "filter floors > 0", "1 + 1"]), ("fil", ["filter floors > 0"]), ("1", ["1 + 2", "1 + 1"]),
    ]
    for typed, entries in steps:
        terminal.type(typed)
        for entry in entries:
            terminal.press("Up")
            terminal.wait(lambda lines: lines[-1].endswith("› " + entry), "%s by Up at '%s'" % (entry, typed))
        for entry in list(reversed(entries))[1:] + [typed]:
            terminal.press("Down")
            terminal.wait(lambda lines: lines[-1].rstrip().endswith(("› " + entry).rstrip()), "%s by Down" % entry)
        clear(terminal)


def undo_and_save(terminal, folder):
    for entry in ["load iris", "load wine", "load \"homes.csv\"", "filter floors > 1"]:
        terminal.enter(entry)
    terminal.wait_for_prompt("homes 40×4 ›")
    answer(terminal, "drop sold", "homes")
    terminal.wait_for_prompt("homes 40×3 ›")
    answer(terminal, "show rows: 1", "Lot Area")
    answer(terminal, "profile city", "ASCII only")
    answer(terminal, ":undo", "undone: drop sold")
    terminal.wait_for_prompt("homes 40×4 ›")
    answer(terminal, "profile", "most frequent")
    answer(terminal, ":save kept.mlp", "saved in kept.mlp")
    answer(terminal, ":save all whole.mlp", "saved in whole.mlp")
    kept = open(os.path.join(folder, "kept.mlp"), encoding="utf-8").read()
    if kept != 'mlp 1\nload "homes.csv"\nfilter floors > 1\n':
        sys.exit("the flow was saved as\n" + kept)
    whole = open(os.path.join(folder, "whole.mlp"), encoding="utf-8").read()
    answer(terminal, ":save my flow.mlp", "saved in my flow.mlp")
    if open(os.path.join(folder, "my flow.mlp"), encoding="utf-8").read() != kept:
        sys.exit("a script whose name has a blank was saved as something else")
    answer(terminal, ":open my flow.mlp", "homes")
    terminal.wait_for_prompt("homes 40×4 ›")
    if "load iris\nload wine\n" not in whole or not whole.endswith("filter floors > 1\nprofile\n"):
        sys.exit("everything was saved as\n" + whole)


def wrapped(text, columns):
    return [text[start : start + columns].rstrip() for start in range(0, len(text), columns)]


def resize(terminal):
    typed = "filter floors > 20 " + "".join("or floors > %d " % number for number in range(30, 40)) + "or floors > 9"
    terminal.enter('"marker"')
    terminal.wait(lambda lines: lines[-2] == "marker", "the marker")
    terminal.type(typed)
    for columns in [100, 60, 47, 120, 80]:
        terminal.resize(columns)
        wanted = wrapped("homes 40×4 › " + typed, columns)
        terminal.wait(
            lambda lines: [row.rstrip() for row in terminal.rows()[after_marker(terminal):]] == wanted,
            "the line once, at %d columns:\n%s\nbelow\n%s" % (columns, "\n".join(wanted), "\n".join(terminal.rows())))
    terminal.resize(100)
    clear(terminal)


def after_marker(terminal):
    return max(place for place, row in enumerate(terminal.rows()) if row.rstrip() == "marker") + 1


def pipe(terminal, folder):
    """A pipe that nobody writes to is given up by Ctrl-C."""
    os.mkfifo(os.path.join(folder, "pipe.csv"))
    terminal.enter('load "pipe.csv"')
    terminal.wait(lambda lines: lines[-1].rstrip().endswith(" s"), "the time that passes")
    terminal.press("C-c")
    terminal.wait_for_prompt("titanic boost ›")
    terminal.wait_for('interrupted: load "pipe.csv"')


def search(terminal, folder):
    for entry in ["load titanic", "drop name", "label survived", "split test: 0.2, seed: 7"]:
        terminal.enter(entry)
    terminal.wait(lambda lines: "titanic 10" in lines[-1], "the split")
    terminal.enter("train boost, depth: 2..8, learning_rate: log(0.01..0.3), trials: 3000 |> as stopped")
    terminal.wait(
        lambda lines: all(word in lines[-1] for word in ["trial ", " of 3000, best log_loss 0.", " s, ", " left"]),
        "trial, best so far and time left")
    terminal.press("C-c")
    terminal.wait_for_prompt("titanic boost ›")
    terminal.wait_for("the search was interrupted after")
    answer(terminal, ":save searched.mlp", "saved in searched.mlp")
    lines = open(os.path.join(folder, "searched.mlp"), encoding="utf-8").read().splitlines()
    if not any(above.startswith("# interrupted") and below.startswith("train boost") for above, below in zip(lines, lines[1:])):
        sys.exit("an interrupted search was saved as\n" + "\n".join(lines))
    answer(terminal, "show", "boost")
    if any("^C" in line and not line.rstrip().endswith("^C") for line in terminal.screen()):
        sys.exit("the echo of Ctrl-C was left on the screen\n" + "\n".join(terminal.screen()))
    pipe(terminal, folder)
    answer(terminal, "stopped", "no verb or value 'stopped'")
    answer(terminal, "eval", "log_loss")


def answers(terminal, folder, binary, library):
    for name, text in [("homes.csv", HOMES), ("notes.pdf", "no table\n"), ("flow.mlp", "load iris\n")]:
        open(os.path.join(folder, name), "w", encoding="utf-8").write(text)
    os.mkdir(os.path.join(folder, "archive"))
    open(os.path.join(folder, "archive", "old.csv"), "w", encoding="utf-8").write(HOMES)
    terminal.wait_for_prompt("›")
    terminal.enter('load "homes.csv"')
    terminal.wait_for_prompt("homes 60×4 ›")
    for typed, expected in OF_A_TABLE:
        complete(terminal, typed, expected)
    lists(terminal)
    history(terminal)
    undo_and_save(terminal, folder)
    resize(terminal)
    for entry in ["label sold", "split test: 0.2, seed: 7", "train tree"]:
        terminal.enter(entry)
    terminal.wait_for_prompt("homes tree ›")
    for typed, expected in OF_A_MODEL:
        complete(terminal, typed, expected)
    search(terminal, folder)


sys.exit(run_in_terminal(answers))
