#!/usr/bin/env python3
"""Times the stages a user waits for, on demonstration data, against the limits we set ourselves.

usage: Benchmarks/stages.py --program .build/release/quant [--size small|full] [--repeats 7] [--build]

- first compile, and peak memory of it
- second compile: a whole `quant compile` process that hits the cache
- to the first training step: start of a process, opening the cached panel, slicing
- whole train command: the same process to its end, with every file of the run folder written
- trainEvalOne: one task of logistic regression by SGD, preparation included
- cold release build (--build): `swift build -c release` into an empty folder

Medians and ranges of the repeats; every repeat is a process of its own. Nothing here is a test.
"""
import argparse, json, os, resource, shutil, statistics, subprocess, sys, tempfile, time

LIMITS = {"to the first training step": 0.2, "trainEvalOne": 3.0, "cold release build": 180.0}


def run(*command):
    began = time.monotonic()
    done = subprocess.run(command, check=True, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL)
    return time.monotonic() - began, done.stdout


def row(name, values, unit="s"):
    limit = LIMITS.get(name)
    verdict = "" if limit is None else f"  limit {limit:g} {unit}"
    print(f"{name:28} {statistics.median(values):9.3f} {unit}"
          f"  ({min(values):.3f} to {max(values):.3f}, n={len(values)}){verdict}")


def main():
    options = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    options.add_argument("--program", default=".build/release/quant")
    options.add_argument("--size", default="small", choices=["small", "full"])
    options.add_argument("--repeats", type=int, default=7)
    options.add_argument("--build", action="store_true")
    options = options.parse_args()
    quant = os.path.abspath(options.program)

    with tempfile.TemporaryDirectory(prefix="quant-bench-") as folder:
        data, cache = f"{folder}/data", f"{folder}/cache"
        run(quant, "synth", "--size", options.size, "--out", data)
        config = ["--config", f"{data}/demo.json", "--cache", cache]
        first, _ = run(quant, "compile", *config)
        peak = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024
        second = [run(quant, "compile", *config)[0] for _ in range(options.repeats)]
        start, task, whole = [], [], []
        for index in range(options.repeats):
            total, output = run(
                quant, "train", *config, "--quarter", "2015Q3", "--horizon", "12",
                "--out", f"{folder}/run{index}", "--json")
            answer = json.loads(output)
            seconds = answer["tasks"][0]["seconds"]
            assert answer["cacheHit"], "the compile was not cached"
            spawn, _ = run(quant, "--version")
            start.append(spawn + answer["compileSeconds"] + seconds["slice"])
            task.append(seconds["total"])
            whole.append(total)
        split = answer["tasks"][0]["split"]
        print(f"{options.size}: {split['windowRows']:,} window rows, "
              f"{split['trainingRows']:,} with known labels, {os.cpu_count()} cores\n")
        row("first compile", [first])
        print(f"{'  its peak memory':28} {peak:9.0f} MB")
        row("second compile", second)
        row("to the first training step", start)
        row("trainEvalOne", task)
        row("whole train command", whole)
        if options.build:
            scratch = f"{folder}/build"
            took, _ = run("swift", "build", "-c", "release", "--product", "quant",
                          "--scratch-path", scratch)
            row("cold release build", [took])
            shutil.rmtree(scratch)


if __name__ == "__main__":
    sys.exit(main())
