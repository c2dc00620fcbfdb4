"""start: `mlp -e '1'` beside `python -c 'import sklearn'`."""
import sys

import timing

mlp = sys.argv[1]
ours, theirs, ratio = timing.paired([mlp, "-e", "1"], [sys.executable, "-c", "import sklearn"], rounds=11, ours_a_round=20)
timing.report("start and end", f"{ours * 1000:.1f} ms", f"{theirs * 1000:.0f} ms", ratio, 0.01)
print(f"the bar of 15 ms: {'met' if ours <= 0.015 else 'NOT met'}")
