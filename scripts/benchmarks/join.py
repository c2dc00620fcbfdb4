"""join: 4,992,000 rows × 14 joined with 100,000 × 5 on a whole number, beside DuckDB and Polars; the tables are in memory in each.

Half of the rows have a match. --how inner leaves the others out, --text joins on a text that stands in both. The rows, the matches and a sum over them have to be the same.
"""
import sys

import made_data
import rig


def key(text):
    return "label" if text else "customer"


def duckdb(rows, others, how, text):
    import duckdb

    base = duckdb.connect(config={"threads": rig.THREADS})
    base.execute(f"CREATE TABLE rows AS SELECT * FROM read_csv('{rows}')")
    base.execute(f"CREATE TABLE others AS SELECT * FROM read_csv('{others}')")
    on = f"USING ({key(text)})"
    if text:
        base.execute("ALTER TABLE rows RENAME article TO label")
    _, use = rig.timed(lambda: base.execute(f"CREATE TABLE joined AS SELECT * FROM rows {how} JOIN others {on}"))
    count, matched, total = base.execute("SELECT count(*), count(balance), sum(balance) FROM joined").fetchone()
    return {**use, "rows": count, "matched": matched, "total": total}


def polars(rows, others, how, text):
    import polars

    left, right = polars.read_csv(rows), polars.read_csv(others)
    if text:
        left = left.rename({"article": "label"})
    joined, use = rig.timed(lambda: left.join(right, on=key(text), how=how))
    return {**use, "rows": joined.height, "matched": joined["balance"].count(), "total": joined["balance"].sum()}


def measure(bench):
    count = bench.sized(4_992_000, least=2000, step=1000)
    options = {"how": bench.options.how, "text": bench.options.text}
    paths = {
        "rows": made_data.folder("mixed", count) / "rows.csv",
        "others": made_data.folder("customers", bench.sized(100_000, least=100)) / "rows.csv"}
    rename = "rename label = article" if bench.options.text else ""
    # What follows reads every column, or fewer would be made.
    flow = rig.script(
        ("others", f'load "{paths["others"]}"\nas others'), ("load", f'load "{paths["rows"]}"\n{rename}'),
        ("join", f"join others, on: {key(bench.options.text)}, how: {bench.options.how}"),
        ("profile", "profile balance, detail: brief"), ("show", "show rows: 1"))
    for peer, bar in (("duckdb", 1.0), ("polars", 0.8)):
        ours, theirs = bench.pairs(lambda _: bench.ours(flow), lambda _: bench.theirs(peer, **paths, **options))
        bench.stage(f"join / {peer}", "join", ours, theirs, bar)
        mine, other = rig.median(one.peak for one in ours), rig.median(one["peak"] for one in theirs)
        bench.add("peak memory", rig.shown_bytes(mine), rig.shown_bytes(other), mine / other)
        rows, matched, total = found(ours[0])
        judge = theirs[0]
        same = (rows, matched) == (judge["rows"], judge["matched"]) and abs(total - judge["total"]) <= 1e-9 * abs(judge["total"])
        bench.add("rows, matches, sum", f"{rows} {matched} {total:.2f}", f"{judge['rows']} {judge['matched']} {judge['total']:.2f}", met=same)


def found(ended):
    """Rows, rows with a balance, and the sum of the balances, as our profile has them."""
    import running

    profiles = [table for table in running.of_kind(ended.shown, "table") if any(row[0] == "balance" for row in table["rows"])]
    heads = [column["name"] for column in profiles[0]["columns"]]
    balance = dict(zip(heads, next(row for row in profiles[0]["rows"] if row[0] == "balance")))
    facts = {fact["name"]: fact["value"] for part in running.of_kind(ended.shown, "facts") for fact in part["facts"]}
    matched = facts["rows"] - balance["missing"]
    return facts["rows"], matched, balance["mean"] * matched


if __name__ == "__main__":
    choices = {"--how": {"default": "left", "choices": ["left", "inner"]}, "--text": {"action": "store_true"}}
    sys.exit(rig.main(__file__, measure, peers={"duckdb": duckdb, "polars": polars}, arguments=choices))
