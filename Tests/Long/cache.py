#!/usr/bin/env python3
"""Many processes at one cache: one compile each round, quick hand-over, clean-up under readers.

usage: Tests/Long/cache.py PROGRAM [--processes 16] [--rounds 200] [--kills 20] [--cleanings 200]

- rounds: so many processes ask for one panel of a cold cache at the same moment. Exactly one compiles,
  the others wait and reuse; all answer, and the panel has the same bytes in every round.
- kills: the process that compiles is killed (SIGKILL) while another waits. The other must have begun to
  compile within a second, and end with the same bytes.
- cleanings: readers ask for panels while others remove everything again and again. No reader may fail,
  and nothing may be left behind but whole panels.
"""
import argparse, concurrent.futures, fcntl, hashlib, json, os, pathlib, re, shutil, signal, subprocess
import sys, tempfile, time


def digests(folder):
    return {str(path.relative_to(folder)): hashlib.sha256(path.read_bytes()).hexdigest()
            for path in sorted(folder.rglob("*")) if path.is_file()}


def compile_command(quant, config, cache, *more):
    return [str(quant), "compile", "--config", str(config), "--cache", str(cache), "--threads", "1",
            *more]


def rounds(quant, config, folder, processes, count):
    expected, compiles, waited = None, 0, 0
    gate = folder / "gate"
    for index in range(count):
        cache = folder / "cold"
        with open(gate, "w") as held:
            # Everybody waits for the gate, so that all ask at the same moment.
            fcntl.flock(held, fcntl.LOCK_EX)
            crowd = [subprocess.Popen(
                ["flock", "--shared", str(gate), *compile_command(quant, config, cache, "--json")],
                stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
                for _ in range(processes)]
            time.sleep(0.02)
        misses = 0
        for process in crowd:
            try:
                output, errors = process.communicate(timeout=120)
            except subprocess.TimeoutExpired:
                sys.exit(f"round {index}: a process hangs")
            if process.returncode:
                sys.exit(f"round {index}: exit {process.returncode}: {errors}")
            misses += not json.loads(output)["cacheHit"]
            waited += "waiting for another compile" in errors
        if misses != 1:
            sys.exit(f"round {index}: {misses} compiles, expected 1")
        compiles += misses
        found = digests(cache / "panels")
        expected = expected or found
        if found != expected:
            sys.exit(f"round {index}: other bytes")
        shutil.rmtree(cache)
    print(f"rounds: {count} of {processes} processes on a cold cache, {compiles} compiles, "
          f"{count * processes - compiles} reused")


def partial_of(cache, process):
    """Whether a process has begun to stage a panel."""
    names = os.listdir(cache / "panels") if (cache / "panels").is_dir() else []
    return any(re.fullmatch(rf"\.quant-[0-9a-f]+-{process}-\d+\.partial", name) for name in names)


def until(condition, seconds):
    end = time.monotonic() + seconds
    while not condition():
        if time.monotonic() > end:
            return False
        time.sleep(0.001)
    return True


def kills(quant, config, folder, count):
    clean = folder / "undisturbed"
    subprocess.run(compile_command(quant, config, clean), check=True, capture_output=True)
    expected, slowest, done = digests(clean / "panels"), 0.0, 0
    while done < count:
        cache = folder / "killed"
        holder = subprocess.Popen(compile_command(quant, config, cache), stdout=subprocess.DEVNULL,
                                  stderr=subprocess.DEVNULL)
        if not until(lambda: partial_of(cache, holder.pid), 20):
            sys.exit("kills: the first process does not begin to compile")
        waiter = subprocess.Popen(compile_command(quant, config, cache), stdout=subprocess.DEVNULL,
                                  stderr=subprocess.PIPE, text=True)
        # The kernel lists those who wait behind an arrow.
        def is_waiting():
            return any("->" in line and f" {waiter.pid} " in line
                       for line in pathlib.Path("/proc/locks").read_text().splitlines())
        is_caught = until(lambda: is_waiting() or holder.poll() is not None, 20)
        if not is_caught or holder.poll() is not None:
            waiter.communicate()
            shutil.rmtree(cache)
            continue
        began = time.monotonic()
        holder.send_signal(signal.SIGKILL)
        if not until(lambda: partial_of(cache, waiter.pid), 5):
            sys.exit("kills: nobody takes over")
        slowest = max(slowest, time.monotonic() - began)
        holder.wait()
        _, errors = waiter.communicate(timeout=120)
        if waiter.returncode or digests(cache / "panels") != expected:
            sys.exit(f"kills: the successor fails or gives other bytes: {errors}")
        shutil.rmtree(cache)
        done += 1
    if slowest > 1:
        sys.exit(f"kills: {slowest:.2f} s until somebody took over")
    print(f"kills: {count} holders killed, taken over within {1000 * slowest:.0f} ms, same bytes")


def cleanings(quant, config, folder, count):
    cache = folder / "cleaned"
    def read(_):
        done = subprocess.run(
            [str(quant), "train", "--config", str(config), "--cache", str(cache), "--quarter",
             "2018Q4", "--horizon", "12", "--threads", "1", "--json", "--out",
             str(folder / f"run{_}")], capture_output=True, text=True)
        shutil.rmtree(folder / f"run{_}", ignore_errors=True)
        return done.returncode, done.stderr, done.stdout
    removed = 0
    with concurrent.futures.ThreadPoolExecutor(4) as pool:
        readers = [pool.submit(read, index) for index in range(count)]
        while not all(reader.done() for reader in readers):
            done = subprocess.run(
                [str(quant), "cache", "gc", "--max-size", "0", "--cache", str(cache), "--json"],
                capture_output=True, text=True)
            if done.returncode:
                sys.exit(f"cleanings: gc ends with {done.returncode}: {done.stderr}")
            removed += len(json.loads(done.stdout).get("removed", []))
    results = [reader.result() for reader in readers]
    hits = 0
    for code, errors, output in results:
        if code or "warning" in errors:
            sys.exit(f"cleanings: a reader ends with {code}: {errors}")
        hits += json.loads(output)["cacheHit"]
    left = [str(path) for path in cache.rglob("*.partial")]
    if left:
        sys.exit(f"cleanings: left behind: {left}")
    if not removed or hits == count:
        sys.exit("cleanings: nothing was removed under a reader")
    print(f"cleanings: {count} readers, of which {count - hits} compiled anew, while {removed} panels "
          "were removed; none failed")


def main():
    options = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    options.add_argument("program", type=pathlib.Path)
    options.add_argument("--processes", type=int, default=16)
    options.add_argument("--rounds", type=int, default=200)
    options.add_argument("--kills", type=int, default=20)
    options.add_argument("--cleanings", type=int, default=200)
    options = options.parse_args()
    quant = options.program.absolute()
    with tempfile.TemporaryDirectory(prefix="quant-cache-") as name:
        folder = pathlib.Path(name)
        for size in ["tiny", "small"]:
            subprocess.run([str(quant), "synth", "--size", size, "--out", str(folder / size)],
                           check=True, capture_output=True)
        rounds(quant, folder / "tiny/demo.json", folder, options.processes, options.rounds)
        kills(quant, folder / "small/demo.json", folder, options.kills)
        cleanings(quant, folder / "tiny/demo.json", folder, options.cleanings)


if __name__ == "__main__":
    main()
