#!/usr/bin/env python3
"""Writes the Parquet fixtures with pyarrow and their content as expected.csv. Needs: pip install pyarrow

Each file holds the same table of 100 rows in another form: compression, version of pages, dictionary,
checksums, row groups. polars.parquet and duckdb.parquet are those writers' own choice.
"""
import datetime
import os

import pyarrow as pa
import pyarrow.parquet as pq

FOLDER = os.path.dirname(os.path.abspath(__file__))
ROWS = 100


def hole(row, step, value):
    return None if row % step == step - 1 else value


def table():
    first = datetime.date(2015, 12, 30)
    moment = datetime.datetime(1969, 12, 31, 23, 0)
    columns = {
        "truth": pa.array([hole(r, 7, r % 3 == 0) for r in range(ROWS)], pa.bool_()),
        "small": pa.array([hole(r, 5, r - 50) for r in range(ROWS)], pa.int8()),
        "whole": pa.array([hole(r, 11, (r - 50) * 40_000_000) for r in range(ROWS)], pa.int32()),
        "large": pa.array([hole(r, 13, (r - 50) * 10**15) for r in range(ROWS)], pa.int64()),
        "unsigned": pa.array([hole(r, 9, r * 42_000_000) for r in range(ROWS)], pa.uint32()),
        "single": pa.array([hole(r, 4, (r - 50) / 8) for r in range(ROWS)], pa.float32()),
        "double": pa.array([hole(r, 6, (r - 50) / 3) for r in range(ROWS)], pa.float64()),
        "text": pa.array([hole(r, 10, ["AAPL", "é", "", "MSFT"][r % 4]) for r in range(ROWS)]),
        "unique": pa.array([f"firm {r * 7919 % 1000}" for r in range(ROWS)]),
        "day": pa.array([hole(r, 8, first + datetime.timedelta(r)) for r in range(ROWS)], pa.date32()),
        "milli": pa.array(
            [hole(r, 12, moment + datetime.timedelta(minutes=r)) for r in range(ROWS)],
            pa.timestamp("ms")),
        "nano": pa.array(
            [hole(r, 12, moment + datetime.timedelta(days=r)) for r in range(ROWS)],
            pa.timestamp("ns")),
        "none": pa.array([None] * ROWS, pa.float64()),
    }
    fields = [pa.field(name, column.type) for name, column in columns.items()]
    # One column that may not be missing.
    columns["row"] = pa.array(range(ROWS), pa.int64())
    fields.append(pa.field("row", pa.int64(), nullable=False))
    return pa.table(list(columns.values()), schema=pa.schema(fields))


def main():
    content = table()
    forms = {
        "plain": dict(compression="none", use_dictionary=False),
        "dictionary": dict(compression="none", use_dictionary=True),
        "snappy": dict(compression="snappy"),
        "gzip": dict(compression="gzip", data_page_version="2.0"),
        "zstd": dict(compression="zstd", write_page_checksum=True, row_group_size=37),
        "version2": dict(compression="zstd", data_page_version="2.0", use_dictionary=False,
                         write_page_checksum=True, column_encoding={"truth": "RLE"}),
    }
    for name, form in forms.items():
        pq.write_table(content, f"{FOLDER}/{name}.parquet", **form)
    pq.write_table(content, f"{FOLDER}/delta.parquet", use_dictionary=False,
                   column_encoding={"large": "DELTA_BINARY_PACKED"}, compression="none")
    nested = pa.table({"list": [[1, 2], [3]], "x": [1.0, 2.0]})
    pq.write_table(nested, f"{FOLDER}/nested.parquet")
    decimal = pa.table({"d": pa.array([1, 2], pa.decimal128(9, 2)), "x": [1.0, 2.0]})
    pq.write_table(decimal, f"{FOLDER}/decimal.parquet")
    epoch = datetime.date(1970, 1, 1)
    with open(f"{FOLDER}/expected.csv", "w", encoding="utf-8") as file:
        names = [n for n in content.column_names if n not in ("milli", "nano", "none")]
        file.write(",".join(names + ["milli", "nano"]) + "\n")
        for row in content.to_pylist():
            cells = []
            for name in names + ["milli", "nano"]:
                value = row[name]
                if value is None:
                    cells.append("NA")
                elif isinstance(value, bool):
                    cells.append("true" if value else "false")
                elif name in ("milli", "nano"):
                    cells.append(value.date().isoformat() if hasattr(value, "date") else str(value)[:10])
                elif isinstance(value, str):
                    cells.append(f'"{value}"')
                else:
                    cells.append(str(value))
            file.write(",".join(cells) + "\n")
    try:
        import duckdb
        import polars
    except ImportError:
        return
    flat = content.drop_columns(["nano"])
    polars.from_arrow(flat).write_parquet(f"{FOLDER}/polars.parquet")
    duckdb.sql(f"COPY flat TO '{FOLDER}/duckdb.parquet' (FORMAT parquet)")


if __name__ == "__main__":
    main()
