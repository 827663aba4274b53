#!/usr/bin/env python3
"""Fails every write, fsync, rename, open, mkdir and link of a command, one at a time.

usage: Tests/Long/faults.py PROGRAM [--stride 1] [--only COMMAND…]

A command is run once undisturbed to count its calls below one folder. Then, for each kind of call, each
of them and each of ENOSPC and EIO, it is run again with that call failing (a failing write writes half of
its bytes first). Every time
- the command ends as if nothing had been, or with one line of error that ends in a code, and the exit
  code of that code;
- whatever lies at a final path is whole: a panel, a prediction or a model is there with the bytes of the
  undisturbed run or not at all;
- nothing unfinished is left behind;
- the same command, run again without faults on what the failed one left, gives the bytes of the
  undisturbed run.
"""
import argparse, concurrent.futures, errno, hashlib, os, pathlib, re, shutil, subprocess, sys, tempfile

KINDS = ["write", "fsync", "rename", "open", "mkdir", "link", "truncate"]
# Where a read fails, where an output cannot be made, where it cannot be written, where data are cut.
CODES = {66: "Q-INPUT-", 73: "Q-OUTPUT-001", 74: "Q-OUTPUT-00"}


class Case:
    """A command; {} in its words is the folder of its outputs."""

    def __init__(self, name, words):
        self.name, self.words = name, words


def cases(data):
    config = ["--config", f"{data}/demo.json"]
    return [
        Case("compile", ["compile", *config, "--cache", "{}/cache"]),
        Case("train", ["train", *config, "--cache", "{}/cache", "--quarter", "2018Q4", "--horizon",
                       "12", "--out", "{}/run"]),
        Case("rank", ["rank", *config, "--cache", "{}/cache", "--quarter", "2018Q4", "--horizon",
                      "12", "--out", "{}/ranking.csv"]),
        Case("fit", ["fit", "--features", f"{data}/X.npy", "--labels", f"{data}/y.npy", "--trees", "5",
                     "--set", "num_leaves=4", "--model", "{}/model.gbm"]),
        Case("synth", ["synth", "--size", "tiny", "--out", "{}/synth"]),
    ]


def digests(folder):
    found = {}
    for path in sorted(folder.rglob("*")):
        name = str(path.relative_to(folder))
        if path.is_file() and not re.search(r"(^|/)(logs|digests|locks|uses)(/|$)", name):
            found[name] = hashlib.sha256(path.read_bytes()).hexdigest()
    return found


def said(done, folder):
    """What a command wrote to standard output, without the folder and without seconds."""
    return re.sub(r"\n *time .*", "", done.stdout.replace(str(folder), ""))


def run(quant, case, folder, library, fault=None, count=None):
    environment = dict(os.environ, QUANT_FOLDER=str(folder), LD_PRELOAD=str(library))
    environment.pop("QUANT_COUNT", None)
    if fault:
        environment["QUANT_FAULT"] = fault
    if count:
        environment["QUANT_COUNT"] = str(count)
    words = [word.format(folder) for word in case.words]
    return subprocess.run([str(quant), *words, "--threads", "1", "--quiet"], env=environment,
                          stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, timeout=120)


def one(quant, case, root, library, expected, output, fault):
    folder = root / f"{case.name}-{fault.replace(':', '-')}"
    folder.mkdir()
    where = f"{case.name} {fault}"
    done = run(quant, case, folder, library, fault)
    errors = [line for line in done.stderr.split("\n") if line]
    if done.returncode:
        match = re.fullmatch(r"quant: error: .* \[(Q-[A-Z]+-\d+)\]", errors[-1] if errors else "")
        failed = [line for line in errors if "warning" not in line]
        if len(failed) != 1 or not match:
            return f"{where}: exit {done.returncode}, but says {done.stderr!r}"
        if not match.group(1).startswith(CODES.get(done.returncode, "none")):
            return f"{where}: exit {done.returncode} with {errors[-1]}"
        if str(folder) not in errors[-1]:
            return f"{where}: names no file: {errors[-1]}"
    found = digests(folder)
    for name, digest in found.items():
        if ".quant-" in name:
            return f"{where}: left behind {name}"
        # What says that the run is not complete, in place of the last word.
        if digest != expected.get(name) and name != "run/run.json":
            return f"{where}: {name} has other bytes"
    if not done.returncode and (found != expected or said(done, folder) != output):
        return f"{where}: succeeds with other outputs"
    if "run/run.json" in found and found["run/run.json"] != expected["run/run.json"]:
        text = (folder / "run/run.json").read_text()
        if '"isComplete": false' not in text:
            return f"{where}: run.json is neither complete nor says that it is not"
    again = run(quant, case, folder, library)
    if again.returncode or digests(folder) != expected:
        return f"{where}: the repeat ends with {again.returncode} or other bytes: {again.stderr}"
    shutil.rmtree(folder)
    return None if done.returncode else "survived"


def main():
    options = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    options.add_argument("program", type=pathlib.Path)
    options.add_argument("--stride", type=int, default=1, help="take every so manyth call only")
    options.add_argument("--only", nargs="*", default=[])
    options = options.parse_args()
    quant = options.program.absolute()
    here = pathlib.Path(__file__).parent
    with tempfile.TemporaryDirectory(prefix="quant-faults-") as name:
        root = pathlib.Path(name).resolve()
        library = root / "faults.so"
        compiler = shutil.which("clang") or shutil.which("cc")
        if not compiler:
            sys.exit("faults: no C compiler; the toolchain of Swift has clang")
        subprocess.run([compiler, "-O1", "-shared", "-fPIC", "-o", str(library),
                        str(here / "faults.c"), "-ldl"], check=True)
        data = root / "data"
        subprocess.run([str(quant), "synth", "--size", "tiny", "--out", str(data)], check=True,
                       capture_output=True)
        write_arrays(data)
        total, bad = 0, []
        for case in cases(data):
            if options.only and case.name not in options.only:
                continue
            clean = root / f"{case.name}-clean"
            clean.mkdir()
            done = run(quant, case, clean, library, count=root / "counts")
            if done.returncode:
                sys.exit(f"{case.name}: {done.stderr}")
            expected, output = digests(clean), said(done, clean)
            counts = dict(line.split() for line in (root / "counts").read_text().splitlines())
            faults = [f"{kind}:{code}:{number}" for kind in KINDS
                      for number in range(1, int(counts[kind]) + 1, options.stride)
                      for code in [errno.ENOSPC, errno.EIO]]
            with concurrent.futures.ThreadPoolExecutor(2) as pool:
                results = list(pool.map(
                    lambda fault: one(quant, case, root, library, expected, output, fault), faults))
            survived = results.count("survived")
            wrong = [result for result in results if result not in (None, "survived")]
            calls = ", ".join(f"{counts[kind]} {kind}" for kind in KINDS if counts[kind] != "0")
            print(f"{case.name}: {calls}; {len(faults)} faults: {len(faults) - survived - len(wrong)} "
                  f"refused with one line, {survived} without effect, {len(wrong)} wrong", flush=True)
            bad += wrong
            total += len(faults)
        for line in bad[:40]:
            print(line)
        if bad:
            sys.exit(f"faults: {len(bad)} of {total} end badly")
        print(f"faults: {total} failing calls, no half artifact, every repeat as undisturbed")


def write_arrays(data):
    """A small matrix and labels as NumPy files, by hand: NumPy is not needed."""
    import random, struct
    random_ = random.Random(1)
    rows, columns = 200, 4
    values = [random_.gauss(0, 1) for _ in range(rows * columns)]
    labels = [1.0 if values[columns * row] + random_.gauss(0, 1) > 0 else 0.0 for row in range(rows)]
    for name, numbers, shape in [("X", values, (rows, columns)), ("y", labels, (rows,))]:
        header = f"{{'descr': '<f4', 'fortran_order': False, 'shape': {shape}, }}"
        header += " " * (-(len(header) + 11) % 64) + "\n"
        (data / f"{name}.npy").write_bytes(
            b"\x93NUMPY\x01\x00" + struct.pack("<H", len(header)) + header.encode()
            + struct.pack(f"<{len(numbers)}f", *numbers))


if __name__ == "__main__":
    main()
