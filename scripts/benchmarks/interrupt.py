"""interrupt: SIGINT at random moments of each stage at 900,000 rows × 28: how long until the program has ended?

A program that ended by itself first does not count; status 130 is asked for.
"""
import contextlib
import os
import random
import signal
import sys
import threading
import time

import made_data
import rig

LONGEST = 0.2
LEARNERS = ("boost", "logistic", "tree, depth: 10")
STEPS = "impute numeric() = median\nscale numeric() = standard\n"


def measure(bench):
    folder = made_data.folder("measurements", bench.sized(960_000, least=960, step=48))
    draw = random.Random(bench.options.seed)
    for learner in LEARNERS:
        flow = rig.script(
            ("load", f'load "{folder}/rows.csv"\nlabel y, positive: 1'), ("split", f"{STEPS}split using: part"),
            ("train", f"train {learner}"), ("eval", "eval"), ("explain", "explain"))
        whole = bench.ours(flow)
        # The first stages are the same for all learners.
        stages = ("load", "split", "train", "eval", "explain") if learner == LEARNERS[0] else ("train",)
        for stage in stages:
            # A signal near the end of a stage may come too late, so there are more tries than moments.
            waits, tries = [], 0
            while len(waits) < bench.options.moments and tries < 3 * bench.options.moments:
                one, tries = interrupted(bench, flow, whole, stage, draw.random()), tries + 1
                waits += [one] if one else []
            report(bench, f"{stage} {learner}" if stage in ("train", "eval") else stage, waits)


def interrupted(bench, flow, whole, stage, share):
    """SIGINT when that share of the stage has gone by: seconds until the end, and the status; none when it came too late."""
    order = list(whole.marks)
    before, pause = order[order.index(stage) - 1], share * whole.stage(stage)
    sent = []

    def send(child):
        time.sleep(pause)
        with contextlib.suppress(ProcessLookupError):
            os.kill(child.pid, signal.SIGINT)
            sent.append(time.perf_counter())

    def watch(child, mark):
        if mark == before:
            threading.Thread(target=send, args=(child,)).start()

    ended = bench.ours(flow, may_fail=True, watch=watch)
    if not sent or ended.status == 0:
        return None
    return ended.ended_at - sent[0], ended.status


def report(bench, words, waits):
    if not waits:
        bench.add(words, "over before each signal", bar="judged", met=False)
        return
    longest, wrong = max(one for one, _ in waits), [status for _, status in waits if status != 130]
    usual = rig.median(one for one, _ in waits)
    said = f"median {rig.shown_seconds(usual)}, longest {rig.shown_seconds(longest)} of {len(waits)}"
    said += f", status {wrong[0]}" if wrong else ""
    rig.say(f"{words}: {said}")
    bench.add(words, said, bar=f"≤ {LONGEST} s, status 130", met=longest <= LONGEST and not wrong)


if __name__ == "__main__":
    options = {
        "--moments": {"type": int, "default": 12, "help": "signals a stage"}, "--seed": {"type": int, "default": 1}}
    sys.exit(rig.main(__file__, measure, arguments=options))
