"""Reads the results of qissa with DuckDB: python3 results_duckdb.py OUT.
The queries are those of results.sql, which the command duckdb runs inside OUT."""
import os, sys
import duckdb

queries = open(os.path.join(os.path.dirname(os.path.abspath(__file__)), "results.sql"), encoding="utf-8").read()
os.chdir(sys.argv[1])
for query in queries.split(";")[:-1]:
    for row in duckdb.sql(query).fetchall():
        print(*row, sep="\t")
