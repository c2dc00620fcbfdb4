"""score: `predict` of 1,000,000 rows × 28 by 100 trees of 31 leaves, beside onnxruntime on the file that we export.

A row is scored for certain once a rule has read its answer, so the time is that of `predict` and one `validate`.
"""
import sys

import made_data
import peers
import rig

BATCHES = (0, 10_000)


def onnxruntime(folder, model, ours, batch):
    """All rows at once (batch 0) or in batches; also how far the answers of the first rows are from ours."""
    import numpy as np
    import pandas as pd

    x = np.load(f"{folder}/x.npy")
    scorer = peers.session(model)
    rows = batch or len(x)
    batches = [peers.fed(scorer, x[start:start + rows]) for start in range(0, len(x), rows)]
    answers, use = rig.timed(lambda: [scorer.run(["probabilities"], one)[0] for one in batches])
    own = pd.read_csv(ours)["probability_1"].to_numpy()
    return {**use, "far": float(np.abs(np.concatenate(answers)[: len(own), 1] - own).max())}


def measure(bench):
    rows = bench.sized(1_000_000, least=960, step=16)
    folder = made_data.folder("measurements", rows)
    learned = made_data.folder("measurements", bench.sized(96_000, least=960, step=16))
    model, answers = bench.folder / "boost.onnx", bench.folder / "answers.csv"
    flow = rig.script(
        ("train", f'load "{learned}/rows.csv"\nlabel y, positive: 1\nsplit using: part\ntrain boost\n'
                  f'export "{model}"\nas model'),
        ("rows", f'load "{folder}/rows.csv"\nas all_rows'),
        ("predict", "model |> predict all_rows\nvalidate probability_1 <= 1, on_fail: warn"),
        ("first", f'load "{folder}/rows.csv", rows: 1000\nas first_rows\nmodel |> predict first_rows\nexport "{answers}"'))
    bench.ours(flow)
    tried = {
        batch: bench.theirs("onnxruntime", folder=folder, model=model, ours=answers, batch=batch)["seconds"]
        for batch in BATCHES}
    batch = min(tried, key=tried.get)
    ours, theirs = bench.pairs(
        lambda _: bench.ours(flow),
        lambda _: bench.theirs("onnxruntime", folder=folder, model=model, ours=answers, batch=batch))
    bench.stage(f"predict / onnxruntime, {f'batches of {batch:,}' if batch else 'at once'}", "predict", ours, theirs, 0.25)
    far = max(one["far"] for one in theirs)
    bench.add("largest difference", f"{far:.1e}", bar="≤ 1e-9", met=far <= 1e-9)


if __name__ == "__main__":
    sys.exit(rig.main(__file__, measure, peers={"onnxruntime": onnxruntime}))
