#!/usr/bin/env python3
"""Kills compiles at random moments and damages finished panels; nothing wrong may ever be used.

usage: Tests/Long/damage.py PROGRAM [--kills 60] [--flips 3000] [--seed 1]

- kills: a compile is killed (SIGKILL) at a random moment, then run again. The panel must be that of
  an undisturbed compile byte for byte, and no unfinished file may be left.
- flips: one random bit of one random file of a run folder is flipped. `quant verify` must exit 1 and
  name the file. Truncations likewise.
The seed makes the choices repeatable (but for the moment at which a signal arrives).
"""
import argparse, hashlib, pathlib, random, shutil, signal, subprocess, sys, tempfile, time


def run(*command, expect=0):
    done = subprocess.run([str(word) for word in command], capture_output=True, text=True)
    if expect is not None and done.returncode != expect:
        sys.exit(f"{command}: exit {done.returncode}, expected {expect}\n{done.stderr}")
    return done


def digests(folder):
    return {str(path.relative_to(folder)): hashlib.sha256(path.read_bytes()).hexdigest()
            for path in sorted(folder.rglob("*")) if path.is_file()}


def panels(cache):
    return {name: value for name, value in digests(cache / "panels").items()}


def kills(quant, config, folder, count, random_):
    clean = folder / "clean"
    began = time.monotonic()
    run(quant, "compile", "--config", config, "--cache", clean)
    whole, expected = time.monotonic() - began, panels(clean)
    killed = 0
    for index in range(count):
        cache = folder / f"cache{index}"
        process = subprocess.Popen(
            [str(quant), "compile", "--config", str(config), "--cache", str(cache)],
            stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        try:
            process.wait(random_.uniform(0, whole))
        except subprocess.TimeoutExpired:
            process.send_signal(signal.SIGKILL)
            process.wait()
            killed += 1
        run(quant, "compile", "--config", config, "--cache", cache)
        if panels(cache) != expected:
            sys.exit(f"kill {index}: the panel differs from that of an undisturbed compile")
        left = [str(path) for path in cache.rglob("*.partial*")]
        if left:
            sys.exit(f"kill {index}: unfinished files are left: {left}")
        shutil.rmtree(cache)
    print(f"kills: {killed} of {count} compiles killed on the way, all repeated to the same bytes")


def flips(quant, run_folder, count, random_):
    files = [path for path in sorted(run_folder.rglob("*"))
             if path.is_file() and path.stat().st_size and "logs" not in path.parts]
    for index in range(count):
        path = random_.choice(files)
        content = path.read_bytes()
        if index % 10 == 9:
            damaged = content[:random_.randrange(len(content))]
        else:
            bit = random_.randrange(8 * len(content))
            damaged = bytearray(content)
            damaged[bit // 8] ^= 1 << bit % 8
        mode = path.stat().st_mode
        path.chmod(0o644)
        # A new file, so that a hard link into the cache keeps the good one.
        path.unlink()
        path.write_bytes(damaged)
        done = run(quant, "verify", run_folder, expect=None)
        if done.returncode != 1 or path.name not in done.stdout + done.stderr:
            where = next((i for i, (a, b) in enumerate(zip(content, damaged)) if a != b), None)
            sys.exit(f"flip {index}: {path.relative_to(run_folder)} is damaged at byte {where}, but "
                     f"verify exits {done.returncode} and says\n{done.stdout}{done.stderr}")
        path.write_bytes(content)
        path.chmod(mode)
    run(quant, "verify", run_folder)
    print(f"flips: {count} damaged files of {len(files)}, all found by quant verify")


def main():
    options = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    options.add_argument("program", type=pathlib.Path)
    options.add_argument("--kills", type=int, default=60)
    options.add_argument("--flips", type=int, default=3000)
    options.add_argument("--seed", type=int, default=1)
    options = options.parse_args()
    quant = options.program.absolute()
    random_ = random.Random(options.seed)
    with tempfile.TemporaryDirectory(prefix="quant-long-") as name:
        folder = pathlib.Path(name)
        run(quant, "synth", "--size", "tiny", "--out", folder / "data")
        config = folder / "data/demo.json"
        kills(quant, config, folder, options.kills, random_)
        run(quant, "train", "--config", config, "--cache", folder / "cache", "--quarter", "2019Q4",
            "--horizon", "12", "--out", folder / "run")
        flips(quant, folder / "run", options.flips, random_)


if __name__ == "__main__":
    main()
