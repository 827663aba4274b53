"""Runs the script of every fixture in a copy of the tree and compares with what is committed.

Bytes must agree; where a newer library rounds differently, numbers may differ by 1e-9 of their size.
"""

import json
import math
import re
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]


def main() -> None:
    failures = 0
    scripts = sorted(ROOT.glob("Tests/*/Fixtures/*/make_*.py"))
    with tempfile.TemporaryDirectory() as folder:
        copy = Path(folder)
        shutil.copytree(ROOT / "Tests", copy / "Tests")
        shutil.copytree(ROOT / "Sources", copy / "Sources")
        for script in scripts:
            failures += regenerate(copy / script.relative_to(ROOT), copy)
    if failures:
        sys.exit(f"oracles: {failures} fixtures differ from what their scripts make")
    print(f"oracles: {len(scripts)} scripts make the committed fixtures")


def regenerate(script: Path, copy: Path) -> int:
    """Runs one script as its comment says and compares every file that changed."""
    comment = script.read_text(encoding="utf-8").split('"""')[1]
    target = re.search(rf"{script.name} > (\S+)", comment)
    where = copy if "root of the package" in comment else script.parent
    before = {path: path.read_bytes() for path in files(copy)}
    done = subprocess.run(
        [sys.executable, str(script)], cwd=where, capture_output=True, check=False)
    if done.returncode != 0:
        print(f"{script.name}: {done.stderr.decode().strip()}")
        return 1
    if target:
        (script.parent / target.group(1)).write_bytes(done.stdout)
    failures = 0
    for path in files(copy):
        if before.get(path) == path.read_bytes():
            continue
        if path not in before or not close(path, before[path]):
            failures += 1
            print(f"{script.name}: {path.relative_to(copy)} differs")
    return failures


def files(copy: Path) -> list[Path]:
    return sorted(
        path for path in copy.rglob("*")
        if path.is_file() and path.suffix in (".txt", ".json", ".npy", ".npz", ".swift"))


def close(path: Path, before: bytes) -> bool:
    if path.suffix != ".json":
        return False
    return same(json.loads(path.read_text(encoding="utf-8")), json.loads(before))


def same(left, right) -> bool:
    if isinstance(left, float) or isinstance(right, float):
        if left is None or right is None:
            return left is right
        return math.isclose(left, right, rel_tol=1e-9, abs_tol=1e-12)
    if isinstance(left, dict) and isinstance(right, dict):
        return left.keys() == right.keys() and all(same(left[k], right[k]) for k in left)
    if isinstance(left, list) and isinstance(right, list):
        return len(left) == len(right) and all(map(same, left, right))
    return left == right


if __name__ == "__main__":
    main()
