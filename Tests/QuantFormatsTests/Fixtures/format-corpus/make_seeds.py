#!/usr/bin/env python3
"""Writes the first inputs of the format fuzzers, by hand or from fixtures; fuzzing adds to them.

usage: make_seeds.py PROGRAM     (PROGRAM compiles the panel of FuzzPanel.swift)
"""
import gzip, io, json, pathlib, re, struct, subprocess, sys, tempfile, zipfile

here = pathlib.Path(__file__).resolve().parent
fixtures = here.parent
tests = fixtures.parent.parent
storage = tests / "QuantCoreTests/Fixtures/storage"


def write(target, name, content):
    folder = here / target
    folder.mkdir(exist_ok=True)
    (folder / f"seed-{name}").write_bytes(content if isinstance(content, bytes) else content.encode())


def tables():
    rows = "a,b,c,d,e\n1.5,2015-06-30,x,true,7\n,NA,\"q\"\"q,\n\",no,-9\n-1e-3,20150630,,y,0\n"
    for index in range(5):
        write("csv", f"types{index}", bytes([8 * index]) + rows.encode())
    write("csv", "crlf", b"\0" + rows.replace("\n", "\r\n").encode())
    write("csv", "mark", b"\0\xef\xbb\xbf" + rows.encode())
    write("csv", "open", b"\0a,b\n\"1,2\n")
    write("csv", "tabs", b"\x02" + rows.replace(",", "\t").encode())
    wide = "date,A,B\n2015-01-02,1.5,NA\n2015-01-05,,2e3\n"
    for name, text in [("plain", wide), ("quoted", wide.replace("A", '"A"')), ("order", wide[:9]),
                       ("twice", wide + "2015-01-05,1,1\n"), ("blank", wide + "\n\n")]:
        write("wide", name, text)
    for path in sorted((fixtures / "parquet").glob("*.parquet")):
        write("parquet", path.stem, path.read_bytes())


def arrays():
    for path in sorted(storage.glob("*.npy")):
        if path.stat().st_size < 2000:
            write("npy", path.stem, path.read_bytes())
    for path in sorted(storage.glob("*.npz")):
        if path.stat().st_size < 4000:
            write("npz", path.stem, path.read_bytes())
    for path in sorted(fixtures.glob("*.gz")):
        write("gzip", path.stem, path.read_bytes())
    write("gzip", "two", gzip.compress(b"a,b\n", mtime=0) + gzip.compress(b"1,2\n", mtime=0) + b"\0" * 8)


def documents(configuration):
    for name, text in [("object", '{"a": [1, -2.5e3, true, null, "\\u00e9\\ud83d\\ude00"]}'),
                       ("five", "{a: 'x', /* c */ b: [1, .5, +3, 0x1F, Infinity,], // e\n}"),
                       ("deep", "[" * 60 + "]" * 60), ("number", "9007199254740993"),
                       ("text", '"\\n\\u0000"')]:
        write("json", name, text)
    write("configuration", "panel", configuration)
    mini = (tests / "QuantCommandTests/Support/MiniMarket.swift").read_text()
    write("configuration", "mini", re.search(r'configuration = """\n(.*?)"""', mini, re.S).group(1))
    wide = configuration.replace('"features":', '"prices":{"layout":"wide","file":"p.csv","date":"d",'
                                 '"kind":"adjusted"},"features":')
    write("configuration", "prices", wide)
    write("configuration", "train", configuration[:-1] + ', "train": {"seed": 7}, "evaluate": {},'
          ' "learner": {"name": "gbdt", "num_leaves": 7}}')
    write("configuration", "empty", "{}")


def artifacts(program, configuration):
    source = (tests / "QuantFormatsTests/Fuzz/FuzzPanel.swift").read_text()
    records = re.search(r'fundamentals = """\n(.*?)\n *"""', source, re.S).group(1)
    with tempfile.TemporaryDirectory() as name:
        folder = pathlib.Path(name)
        (folder / "fundq.csv").write_text(re.sub("^ +", "", records, flags=re.M) + "\n")
        (folder / "deals.csv").write_text("gvkey,announced\n002,2015-08-10\n003,2015-12-31\n")
        (folder / "c.json").write_text(configuration)
        subprocess.run([program, "compile", "--config", folder / "c.json", "--cache", folder / "cache"],
                       check=True, capture_output=True)
        panel, = (folder / "cache/panels").iterdir()
        names = sorted(str(path.relative_to(panel)) for path in panel.rglob("*") if path.is_file())
        names = ["compile_manifest.json"] + [name for name in names if name not in (
            "compile_manifest.json", "SHA256SUMS")]
        for index, name in enumerate(names):
            content = (panel / name).read_bytes()
            write("panel", name.replace("/", "-"), bytes([index]) + content)
        manifest = (panel / "compile_manifest.json").read_bytes()
        write("manifest", "whole", manifest)
        for index, (old, new) in enumerate([(b'"rowCount": ', b'"rowCount": 1'), (b'"<f4"', b'"<f8"'),
                                            (b'2015Q1', b'2015Q2'), (b'"formatVersion": 1', b'"x": 1')]):
            write("manifest", f"other{index}", manifest.replace(old, new, 1))
        digest = "0" * 64
        for index, (complete, status) in enumerate([(True, "finished"), (False, "skipped"), (True, "x"),
                                                    (True, ""), (False, "finished")]):
            write("run", f"document{index}", json.dumps({
                "codeCommit": "c", "codeVersion": "0", "configuration": {}, "documentSHA256": digest,
                "files": [{"bytes": 1, "path": "a", "sha256": digest}], "formatVersion": 1,
                "inputs": [{"bytes": 1, "file": "a", "sha256": digest}], "isComplete": complete,
                "panelFingerprint": digest, "panelGigabytes": 0.5, "runID": "1",
                "tasks": [{"status": status, "task": {"configurationID": "c", "horizon": 3,
                           "period": "2015Q1", "repeatIndex": 0}}]}, indent=2) + "\n")


def main():
    source = (tests / "QuantFormatsTests/Fuzz/FuzzPanel.swift").read_text()
    text = re.search(r'configuration = """\n(.*?)\n *"""', source, re.S).group(1)
    configuration = re.sub("^    ", "", text, flags=re.M)
    tables()
    arrays()
    documents(configuration)
    artifacts(sys.argv[1], configuration)


if __name__ == "__main__":
    main()
