"""Loose ends, shortcuts that end the process, long files, and traces of one machine."""

import re
import subprocess
from pathlib import Path

from source import Finding, swift_sources

LONGEST_FILE = 500

# Looked for in code alone.
SHORTCUTS = {
    r"\bfatalError\s*\(": "fatalError ends the process; throw a typed error",
    r"\btry!": "try! ends the process; handle or pass on the error",
    r"\bas!": "as! ends the process; use as? or a typed value",
    r"(?<=[\w\)\]])!(?![=\w(])(?!\s*=)": "a force unwrap ends the process; use guard or ??",
}
# Looked for in code and comments.
LOOSE_ENDS = {
    r"\b(?:TO" r"DO|FIX" r"ME|XX" r"X)\b": "a loose end; finish it or describe it in an issue",
    r"\b[Nn]ot (?:yet )?implemented\b": "a loose end; finish it or leave it out",
}
# Looked for in every tracked text file. Written in pieces, so that they do not find themselves.
MACHINE = {
    r"(?<![\w.])/(?:ro" r"ot|wo" r"rk|opt/sw" r"ift|ho" r"me/\w+)/": "names a folder of one machine",
    r"(?:--extra)?-index-" r"url|artifac" r"tory|nex" r"us\.": "names a package registry",
    r"https?://(?!127\.0\.0\.1)\d+\.\d+\.\d+\.\d+": "names a host by its address",
}
TEXT_SUFFIXES = {
    "", ".swift", ".md", ".py", ".sh", ".json", ".txt", ".csv", ".h", ".modulemap", ".yml",
}


def check(root: Path) -> list[Finding]:
    findings = []
    for source in swift_sources(root, "Sources", "Tests", "Examples"):
        in_tests = source.path.startswith("Tests/")
        for number, line in enumerate(source.code_lines, 1):
            for pattern, message in SHORTCUTS.items():
                if re.search(pattern, line):
                    findings.append(Finding(source.path, number, message))
        for number, line in enumerate(source.lines, 1):
            for pattern, message in LOOSE_ENDS.items():
                if re.search(pattern, line) and not in_tests:
                    findings.append(Finding(source.path, number, message))
        if len(source.lines) - 1 > LONGEST_FILE:
            findings.append(
                Finding(
                    source.path, LONGEST_FILE,
                    f"{len(source.lines) - 1} lines; split by aspect at {LONGEST_FILE}"))
    for path in tracked_files(root):
        if path.suffix not in TEXT_SUFFIXES or not path.is_file():
            continue
        text = path.read_bytes().decode("utf-8", errors="replace")
        for number, line in enumerate(text.split("\n"), 1):
            for pattern, message in MACHINE.items():
                if re.search(pattern, line):
                    findings.append(
                        Finding(path.relative_to(root).as_posix(), number, message))
    return findings


def tracked_files(root: Path) -> list[Path]:
    """Files that git knows or would take; every file where there is no repository."""
    listed = subprocess.run(
        ["git", "-C", str(root), "ls-files", "-z", "--cached", "--others", "--exclude-standard"],
        capture_output=True, check=False)
    if listed.returncode != 0:
        return sorted(path for path in root.rglob("*") if path.is_file())
    return [root / name for name in sorted(listed.stdout.decode().split("\0")) if name]
