"""Counts the marks of `LaurelBench` with other engines, compares every rank, and prints the times.

    python3 Benchmarks/peers.py FOLDER

FOLDER holds what `LaurelBench` wrote: marks, items, weights, ranks, and its own seconds; FOLDER/sql
the same of the province, which the engines keep in files of their own. Each engine
gets the marks in a table of its own (loading is not timed) and runs the same: the mean
without the highest and lowest, weighed, added up, rounded to two places half up, ranked within each
item with two tie keys. Whole numbers throughout: (sum - min - max) / (n - 2) over 60 is exact.
"""
import sqlite3
import sys
import time
from pathlib import Path

import duckdb
import numpy as np
import pandas as pd
import polars as pl

folder = Path(sys.argv[1])


def column(name):
    return np.fromfile(folder / f"{name}.i32", dtype=np.int32)


items, marks, weights, ranks = map(column, ("items", "marks", "weights", "ranks"))
laurel = float((folder / "laurel.seconds").read_text())
aspects = len(weights)
entrant, item, aspect, judge = [], [], [], []
first = 0
for number, (count, panel) in enumerate(items.reshape(-1, 2)):
    rows = count * panel * aspects
    place = np.arange(rows, dtype=np.int64)
    entrant.append((first + place // (panel * aspects)).astype(np.int32))
    item.append(np.full(rows, number, dtype=np.int32))
    judge.append((place // aspects % panel).astype(np.int32))
    aspect.append((place % aspects).astype(np.int32))
    first += count
entrant, item, aspect, judge = map(np.concatenate, (entrant, item, aspect, judge))
assert len(entrant) == len(marks)
# As a table of marks is kept: by entrant, then aspect, then judge.
order = np.lexsort((judge, aspect, entrant))
table = {
    "item": item[order], "entrant": entrant[order], "aspect": aspect[order],
    "judge": judge[order], "mark": marks[order],
}
weight = {"aspect": np.arange(aspects, dtype=np.int32), "weight": weights.astype(np.int64)}
SQL = """
WITH cell AS (
    SELECT item, entrant, aspect, (SUM(mark) - MIN(mark) - MAX(mark)) * 60 {div} (COUNT(*) - 2) AS units
    FROM marks GROUP BY item, entrant, aspect
), total AS (
    SELECT item, entrant, SUM(units * weight) AS units,
        MAX(CASE WHEN aspect = 0 THEN units END) AS first_key,
        MAX(CASE WHEN aspect = 1 THEN units END) AS second_key
    FROM cell JOIN weights USING (aspect) GROUP BY item, entrant
)
SELECT entrant, RANK() OVER (
    PARTITION BY item
    ORDER BY (2 * units * 100 + 60000) {div} 120000 DESC, first_key DESC, second_key DESC
) AS place FROM total ORDER BY entrant
"""


def check(name, places):
    places = np.asarray(places, dtype=np.int32)
    wrong = int((places != ranks).sum())
    assert len(places) == len(ranks) and wrong == 0, f"{name}: {wrong} ranks differ"


def row(name, seconds):
    print(
        f"| the same in {name} | {seconds * 1000:.0f} ms "
        f"| Laurel on two threads is {seconds / laurel:.1f} × as fast; all {len(ranks)} ranks equal |"
    )


def best(runs, body):
    times = []
    for _ in range(runs):
        start = time.perf_counter()
        result = body()
        times.append(time.perf_counter() - start)
    return min(times), result


def by_duckdb():
    connection = duckdb.connect()
    connection.execute("SET threads = 2")
    frame, weight_frame = pd.DataFrame(table), pd.DataFrame(weight)
    connection.register("f", frame)
    connection.register("w", weight_frame)
    connection.execute("CREATE TABLE marks AS SELECT * FROM f")
    connection.execute("CREATE TABLE weights AS SELECT * FROM w")
    query = SQL.format(div="//")
    seconds, result = best(5, lambda: connection.execute(query).fetchnumpy())
    check("DuckDB", result["place"])
    row(f"DuckDB {duckdb.__version__}, 2 threads", seconds)


def by_polars():
    frame, weight_frame = pl.DataFrame(table), pl.DataFrame(weight)

    def run():
        mark = pl.col("mark").cast(pl.Int64)
        cell = frame.lazy().group_by("item", "entrant", "aspect").agg(
            ((mark.sum() - mark.min() - mark.max()) * 60 // (pl.len().cast(pl.Int64) - 2)).alias("units")
        )
        total = cell.join(weight_frame.lazy(), on="aspect").group_by("item", "entrant").agg(
            (pl.col("units") * pl.col("weight")).sum().alias("total"),
            pl.col("units").filter(pl.col("aspect") == 0).first().alias("k1"),
            pl.col("units").filter(pl.col("aspect") == 1).first().alias("k2"),
        ).with_columns(((pl.col("total") * 200 + 60000) // 120000).alias("shown"))
        return total.with_columns(
            pl.struct("shown", "k1", "k2").rank("min", descending=True).over("item").alias("place")
        ).sort("entrant").collect()

    seconds, result = best(3, run)
    check("polars", result["place"].to_numpy())
    row(f"polars {pl.__version__}, {pl.thread_pool_size()} threads", seconds)


def by_pandas():
    frame = pd.DataFrame(table).astype({"mark": np.int64})

    def run():
        cell = frame.groupby(["item", "entrant", "aspect"], sort=False)["mark"].agg(["sum", "min", "max", "count"])
        units = (cell["sum"] - cell["min"] - cell["max"]) * 60 // (cell["count"] - 2)
        wide = units.unstack("aspect")
        total = (wide * weights.astype(np.int64)).sum(axis=1)
        keys = pd.DataFrame({"shown": (total * 200 + 60000) // 120000, "k1": wide[0], "k2": wide[1]})
        one = (keys["shown"] * 1_000_000 + keys["k1"]) * 1_000_000 + keys["k2"]
        return one.groupby(level="item").rank(method="min", ascending=False).sort_index(level="entrant")

    seconds, result = best(2, run)
    check("pandas", result.to_numpy())
    row(f"pandas {pd.__version__}", seconds)


def by_sqlite():
    connection = sqlite3.connect(":memory:")
    connection.execute(
        "CREATE TABLE marks (item INT, entrant INT, aspect INT, judge INT, mark INT,"
        " PRIMARY KEY (item, entrant, aspect, judge)) WITHOUT ROWID"
    )
    connection.execute("CREATE TABLE weights (aspect INT PRIMARY KEY, weight INT)")
    connection.executemany(
        "INSERT INTO marks VALUES (?, ?, ?, ?, ?)",
        zip(*(table[name].tolist() for name in ("item", "entrant", "aspect", "judge", "mark"))),
    )
    connection.executemany("INSERT INTO weights VALUES (?, ?)", enumerate(weights.tolist()))
    seconds, result = best(1, lambda: connection.execute(SQL.format(div="/")).fetchall())
    check("SQLite", [place for _, place in result])
    row(f"SQLite {sqlite3.sqlite_version}, SQL", seconds)


for engine in (by_duckdb, by_polars, by_pandas, by_sqlite):
    engine()


def province():
    """The province from files of the engines' own: the connection is open, the query is timed."""
    global laurel, ranks
    folder_of = folder / "sql"
    read = lambda name: np.fromfile(folder_of / f"{name}.i32", dtype=np.int32)
    ranks = read("ranks")
    laurel = float((folder_of / "laurel.seconds").read_text())
    names = ("item", "entrant", "aspect", "judge", "mark")
    columns = {name: read(name) for name in names}
    weight_rows = list(enumerate(read("weights").tolist()))
    path = folder_of / "marks.duckdb"
    connection = duckdb.connect(str(path))
    connection.register("f", pd.DataFrame(columns))
    connection.execute("CREATE TABLE marks AS SELECT * FROM f")
    connection.execute("CREATE TABLE weights (aspect INT, weight BIGINT)")
    connection.executemany("INSERT INTO weights VALUES (?, ?)", weight_rows)
    connection.close()
    times = []
    for _ in range(5):
        connection = duckdb.connect(str(path))
        connection.execute("SET threads = 2")
        start = time.perf_counter()
        result = connection.execute(SQL.format(div="//")).fetchnumpy()
        times.append(time.perf_counter() - start)
        connection.close()
    check("DuckDB", result["place"])
    province_row(f"DuckDB {duckdb.__version__}, 2 threads, its own file", min(times))
    path = folder_of / "marks.sqlite"
    connection = sqlite3.connect(path)
    connection.execute(
        "CREATE TABLE marks (item INT, entrant INT, aspect INT, judge INT, mark INT,"
        " PRIMARY KEY (item, entrant, aspect, judge)) WITHOUT ROWID"
    )
    connection.execute("CREATE TABLE weights (aspect INT PRIMARY KEY, weight INT)")
    connection.executemany(
        "INSERT INTO marks VALUES (?, ?, ?, ?, ?)", zip(*(columns[name].tolist() for name in names))
    )
    connection.executemany("INSERT INTO weights VALUES (?, ?)", weight_rows)
    connection.commit()
    seconds, result = best(2, lambda: connection.execute(SQL.format(div="/")).fetchall())
    check("SQLite", [place for _, place in result])
    province_row(f"SQLite {sqlite3.sqlite_version} SQL, its own file", seconds)


def province_row(name, seconds):
    print(
        f"| the province in {name} | {seconds * 1000:.0f} ms "
        f"| Laurel from its closed file is {seconds / laurel:.2f} × as fast; all {len(ranks)} ranks equal |"
    )


province()
