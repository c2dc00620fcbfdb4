"""logistic: 900,000 standardised rows × 28 beside scikit-learn's pipeline; the time above `split`, and how exact it is."""
import sys

import made_data
import peers
import rig


def measure(bench, kind="measurements", rows=960_000, bar=0.5, exact_to=1e-6):
    folder = made_data.folder(kind, bench.sized(rows, least=960, step=48))
    model = bench.folder / f"{kind}.onnx"
    flow = rig.script(
        ("load", f'load "{folder}/rows.csv"\nlabel y, positive: 1'), ("split", "split using: part"),
        ("train", "train logistic"), ("eval", "eval"), ("export", f'export "{model}"'))
    ours, theirs = bench.pairs(lambda _: bench.ours(flow), lambda _: bench.theirs("logistic", folder=folder))
    bench.stage("train logistic / scikit-learn", "train", ours, theirs, bar)
    mine = rig.figures(ours[-1])
    for name in ("accuracy", "log_loss", "auc"):
        bench.add(name, f"{mine[name]:.6f}", f"{theirs[-1][name]:.6f}")
    far = bench.theirs("converged", folder=folder, models=[model])["far"][0]
    bench.add("weights off a converged fit", f"{far:.1e}", bar=exact_to, met=far <= exact_to)


if __name__ == "__main__":
    sys.exit(rig.main(__file__, measure, peers={"logistic": peers.logistic, "converged": peers.converged}))
