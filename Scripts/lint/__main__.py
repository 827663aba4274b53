"""Checks what a script can check of the architecture.

usage: python3 Scripts/lint [--self-test] [FOLDER]
"""

import sys
from pathlib import Path

import documentation
import folders
import imports
import safety
import self_test
import words

CHECKS = [safety, imports, folders, words, documentation]


def main() -> None:
    arguments = sys.argv[1:]
    if arguments == ["--self-test"]:
        self_test.run()
        return
    root = Path(arguments[0]) if arguments else Path(__file__).resolve().parents[2]
    findings = [finding for check in CHECKS for finding in check.check(root)]
    for finding in findings:
        print(finding)
    if findings:
        sys.exit(1)
    print("lint: " + ", ".join(check.__name__ for check in CHECKS) + " ok")


if __name__ == "__main__":
    main()
