"""rerun: ten stages over 4,992,000 rows × 14 (671 MB) with `--cache`, run a second time unchanged, beside their first run.

Beside that the first run without a cache, for what keeping costs, and a run after a change of the seventh stage.
"""
import shutil
import sys

import made_data
import rig


def flow(path, target, share):
    return rig.script(
        ("load", f'load "{path}"'), ("validate", "validate rate >= 0 and rate <= 1, on_fail: warn"),
        ("filter", "filter measured > -3"), ("derive", "derive spent = amount * pieces"),
        ("impute", "impute share = median"), ("label", "label paid"),
        ("split", f"split valid: {share}, test: 0.1, seed: 3\nselect amount, measured, share, rate, pieces, spent"),
        ("train", "train boost, trees: 20"), ("eval", "eval"), ("export", f'export "{target}"'))


def measure(bench):
    path = made_data.folder("mixed", bench.sized(4_992_000, least=2000, step=1000)) / "rows.csv"
    target, kept = bench.folder / "m.mlpkg", bench.folder / "kept"
    text, changed = flow(path, target, 0.2), flow(path, target, 0.25)
    cached = ("--cache", str(kept))
    bare, after = [], []

    def first(_):
        shutil.rmtree(kept, ignore_errors=True)
        bare.append(bench.ours(text))
        return bench.ours(text, flags=cached)

    def second(_):
        again = bench.ours(text, flags=cached)
        after.append((bench.ours(changed, flags=cached), bench.ours(changed)))
        return again

    firsts, seconds = bench.pairs(first, second)
    bench.times("second run / first", [one.seconds for one in seconds], [one.seconds for one in firsts], 0.1)
    bench.times("first run / without a cache", [one.seconds for one in firsts], [one.seconds for one in bare[-len(firsts):]])
    bench.times("changed seventh stage / without", [one.seconds for one, _ in after], [one.seconds for _, one in after])
    same = all(one.shown == other.shown for one, other in zip(firsts, seconds)) and firsts[0].shown == bare[0].shown
    bench.add("what is shown", "the same" if same else "other", bar="the same", met=same)
    size = sum(file.stat().st_size for file in kept.rglob("*") if file.is_file())
    bench.add("the cache", rig.shown_bytes(size))
    shutil.rmtree(kept, ignore_errors=True)


if __name__ == "__main__":
    sys.exit(rig.main(__file__, measure, pairs=1))
