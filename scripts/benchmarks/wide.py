"""wide: 1,600 rows × 2,000 columns: boost beside LightGBM, logistic beside scikit-learn."""
import sys

import boost
import logistic
import peers
import rig

ROWS = 2_400


def measure(bench):
    boost.measure(bench, "wide", ROWS, bar=0.5, may_lose=0.02)
    logistic.measure(bench, "wide", ROWS, bar=1)


if __name__ == "__main__":
    names = {"lightgbm": peers.lightgbm, "logistic": peers.logistic, "converged": peers.converged}
    sys.exit(rig.main(__file__, measure, peers=names))
