"""Tables that no other test has seen, written as CSV: numbers of every size, ids, words, sparse, skewed and repeated values."""
import random


def _missing(draw, share, rng):
    return lambda: "" if rng.random() < share else draw()


def _sets(rng):
    words = ["north", "Süd", "øst", "west, far", 'say "hi"', "日本", "x" * 40, "a b", "Z", "z"]
    yield "sizes", {
        "huge": lambda: repr(rng.gauss(0, 1) * 1e140), "tiny": lambda: repr(rng.gauss(0, 1) * 1e-120),
        "plain": _missing(lambda: f"{rng.gauss(50, 12):.3f}", 0.1, rng), "long": lambda: repr(rng.random()),
    }
    yield "ids", {
        "id": lambda: str(9_007_199_254_740_993 + rng.randrange(10**17)), "back": lambda: str(-rng.randrange(1 << 62)),
        "few": _missing(lambda: str(1_000_000 + rng.randrange(8)), 0.2, rng),
    }
    yield "words", {
        "word": _missing(lambda: rng.choice(words), 0.15, rng), "name": lambda: "n" + str(rng.randrange(10**6)),
        "size": lambda: str(rng.randrange(7)),
    }
    yield "sparse", {
        "rare": _missing(lambda: f"{rng.uniform(-1, 1):.6f}", 0.97, rng), "one": lambda: "7",
        "half": _missing(lambda: str(rng.randrange(-3, 4)), 0.5, rng),
    }
    yield "skewed", {
        "log": lambda: f"{rng.lognormvariate(3, 2):.4f}", "zeros": lambda: str(max(0, rng.randrange(-50, 12))),
        "tail": lambda: repr(1 / (rng.random() + 1e-9)),
    }
    yield "ties", {
        "tenths": lambda: f"{rng.randrange(10) / 10}", "sign": lambda: rng.choice(["-1", "1"]),
        "day": _missing(lambda: f"2026-0{rng.randrange(1, 10)}-{rng.randrange(1, 29):02}", 0.1, rng),
        "yes": lambda: rng.choice(["true", "false"]),
    }


def _cell(text):
    return '"' + text.replace('"', '""') + '"' if any(mark in text for mark in ',"') else text


def written(folder, seed=11, rows=3000):
    """Writes the sets into a folder and gives their paths."""
    rng = random.Random(seed)
    for name, columns in _sets(rng):
        path = folder / f"{name}.csv"
        lines = [",".join(columns)] + [",".join(_cell(draw()) for draw in columns.values()) for _ in range(rows)]
        path.write_text("\n".join(lines) + "\n", encoding="utf-8")
        yield path
