"""compare.py A B: two outputs of the samples hold the same rows, and what the README promises."""

import glob
import json
import sys

import pyarrow as pa
import pyarrow.parquet as pq


def rows(output):
    files = glob.glob(output + "/*/*.parquet")
    assert files, f"no Parquet file in {output}"
    table = pa.concat_tables(pq.ParquetFile(f).read() for f in files)
    return sorted(table.to_pylist(), key=lambda row: row["path"])


def manifest(output):
    (path,) = glob.glob(output + "/_lakelens/runs/*.json")
    return json.load(open(path))


def check(output):
    table = rows(output)
    rejected = {r["path"].rsplit("/", 1)[1]: r["reject"]["reason"] for r in table if r["reject"]}
    assert len(table) == 16, len(table)
    assert rejected == {
        "empty.png": "empty",
        "not-an-image.jpg": "unknown_format",
        "truncated.jpg": "truncated",
    }, rejected
    assert all(len(r["embedding"]) == 1280 for r in table if r["status"] == "ok")
    counts = manifest(output)["counts"]
    assert (counts["images"], counts["ok"], counts["rejected"]) == (16, 13, 3), counts
    assert not glob.glob(output + "/_lakelens/staging/*"), "something is left in staging"
    return table


first, second = check(sys.argv[1]), check(sys.argv[2])
assert first == second, "the outputs differ"
assert manifest(sys.argv[1])["model"] == manifest(sys.argv[2])["model"]
print(f"ok: {len(first)} rows are equal in every column, embeddings bit for bit")
