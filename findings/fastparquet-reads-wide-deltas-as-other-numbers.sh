#!/usr/bin/env bash
# fastparquet 2026.9.0: whole numbers whose packed differences take more than 28 bits are read as others, without a word.
#
# Behaviour: pyarrow writes int64 by the encoding DELTA_BINARY_PACKED, which keeps the differences of neighbours, less the least
# one of a block, in as many bits as the largest of them takes. Up to 28 bits fastparquet gives the numbers back; from 29 on it
# gives others, all but the first few of 1,000. pyarrow and DuckDB read the same file as it was written. Ids drawn by chance
# and times in nanoseconds come to such differences easily.
#
# Fails when a release behaves otherwise.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
python3 -m venv "$work/venv"
"$work/venv/bin/pip" --quiet --disable-pip-version-check install \
  fastparquet==2026.9.0 pyarrow==26.0.1 pandas==3.1.1 numpy==2.4.6 duckdb==2.0.1
cd "$work"
"$work/venv/bin/python" - <<'PYTHON'
import duckdb
import fastparquet
import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq

draw = np.random.default_rng(3)
print("fastparquet", fastparquet.__version__, "pyarrow", pa.__version__, "duckdb", duckdb.__version__)
wrong = {}
for bits in (12, 20, 28, 29, 32, 33, 41):
    # Steps of 0 up to as many bits, the largest among the first of each block.
    steps = draw.integers(0, 2**bits, 1000)
    steps[::32] = 2**bits - 1
    steps[1::32] = 0
    numbers = steps.cumsum()
    pq.write_table(
        pa.table({"n": numbers}), "n.parquet", use_dictionary=False, column_encoding={"n": "DELTA_BINARY_PACKED"})
    read = fastparquet.ParquetFile("n.parquet").to_pandas()["n"].to_numpy()
    others = [pq.read_table("n.parquet")["n"].to_numpy(), duckdb.sql("SELECT n FROM 'n.parquet'").fetchnumpy()["n"]]
    assert all((other == numbers).all() for other in others), "pyarrow and DuckDB differ"
    wrong[bits] = int((read != numbers).sum())
    print(f"{bits} bits: {wrong[bits]} of {len(numbers)} numbers are others")
assert all(wrong[bits] == 0 for bits in wrong if bits <= 28), wrong
assert all(wrong[bits] > 900 for bits in wrong if bits > 28), wrong
PYTHON
