"""Shows each check a small file that breaks its rule, and one that does not."""

import sys
import tempfile
from pathlib import Path

import documentation
import folders
import imports
import safety
import words

CORE = "Sources/QuantCore/"

# (check, path, text, expected part of the message; None where nothing may be found)
CASES = [
    (safety, CORE + "Panel/A.swift", "let x = unsafe y\n", "says unsafe"),
    (safety, CORE + "Panel/A.swift", "// unsafe in a comment\nlet x = \"unsafe\"\n", None),
    (safety, CORE + "Support/SystemCalls.swift", "let x = unsafe y\n", None),
    (safety, "Package.swift", "swiftSettings: [.unsafeFlags([])]\n", "unsafeFlags"),
    (imports, "Sources/QuantLearners/A.swift", "internal import QuantFormats\n", "accepted"),
    (imports, "Sources/QuantLearners/A.swift", "public import QuantCore\n", None),
    (imports, "Sources/QuantCore/Panel/A.swift", "internal import Glibc\n", "accepted in"),
    (imports, "Sources/QuantCore/Panel/A.swift", "internal import CZlib\n", "accepted"),
    (imports, "Sources/QuantCore/Panel/A.swift", "internal import Foundation\n", "accepted"),
    (imports, "Sources/Other/A.swift", "\n", "no entry"),
    (folders, CORE + "Elsewhere/A.swift", "\n", "no place"),
    (words, CORE + "Panel/A.swift", "let a = try! b()\n", "try!"),
    (words, CORE + "Panel/A.swift", "let a = b as! C\n", "as!"),
    (words, CORE + "Panel/A.swift", "let a = b!.c\n", "force unwrap"),
    (words, CORE + "Panel/A.swift", "let a = b!\n", "force unwrap"),
    (words, CORE + "Panel/A.swift", "if a != b, !c { d(!e) }\n", None),
    (words, CORE + "Panel/A.swift", "fatalError(\"x\")\n", "fatalError"),
    (words, CORE + "Panel/A.swift", "// TO" "DO: later\n", "loose end"),
    (words, CORE + "Panel/A.swift", "\n" * 501, "501 lines"),
    (words, "Docs/A.md", "see /ro" "ot/notes/x\n", "one machine"),
    (words, "Docs/A.md", "see Sources/QuantCore and work/x\n", None),
    (documentation, CORE + "Panel/A.swift", "public struct A {}\n", "no doc comment"),
    (documentation, CORE + "Panel/A.swift", "/// A thing\npublic struct A {}\n", "period"),
    (documentation, CORE + "Panel/A.swift", f"/// {'a' * 151}.\npublic func a() {{}}\n", "152"),
    (documentation, CORE + "Panel/A.swift", "/// A.\npublic enum A {\n  case b\n}\n", "case b"),
    (documentation, CORE + "Panel/A.swift",
     "/// A.\npublic enum A {\n  /// B.\n  case b\n  func c() {\n    switch self {\n    case .b: 1\n"
     "    }\n  }\n}\n", None),
    (documentation, CORE + "Panel/A.swift",
     "/// A.\npublic protocol A {\n  func b()\n}\n", "func b()"),
    (documentation, CORE + "Panel/A.swift",
     "/// A.\n@frozen\npublic struct A {\n  var hidden = 1\n}\n", None),
    (documentation, CORE + "Panel/A.swift",
     "/// A.\n///\n/// - Parameters:\n///   - b: B.\npublic func a<T>(\n  _ b: [T: (Int, T)], by c: Int = f(1, 2)\n"
     ") {}\n", "parameters c"),
    (documentation, CORE + "Panel/A.swift",
     "/// A.\n///\n/// - Parameter b: B.\npublic func a(b: (Int) -> Int) {}\n", None),
]


def run() -> None:
    failures = 0
    for check, path, text, expected in CASES:
        with tempfile.TemporaryDirectory() as folder:
            root = Path(folder)
            write(root, path, text)
            failures += report(check.check(root), expected, f"{check.__name__} on {text!r}")
    with tempfile.TemporaryDirectory() as folder:
        root = Path(folder)
        write(root, CORE + "Train/Late.swift", "public struct Late {}\n")
        write(root, CORE + "Panel/Early.swift", "// Late\nstruct Early { var a: Late; var b = \"Late\" }\n")
        write(root, CORE + "Report/Last.swift", "struct Last { var a: Late }\n")
        findings = folders.check(root)
        failures += report(findings, "names Late of Train", "folders on two files")
        failures += len(findings) != 1
    if failures:
        sys.exit(f"lint: {failures} of its own checks failed")
    print(f"lint: {len(CASES) + 1} own checks ok")


def write(root: Path, path: str, text: str) -> None:
    (root / path).parent.mkdir(parents=True, exist_ok=True)
    (root / path).write_text(text, encoding="utf-8")


def report(findings: list, expected: str | None, name: str) -> int:
    """Returns 1 and says why where the findings are not as expected."""
    texts = [str(finding) for finding in findings]
    if expected is None and not texts:
        return 0
    if expected is not None and len(texts) >= 1 and any(expected in text for text in texts):
        return 0
    print(f"self-test: {name}: expected {expected!r}, found {texts}")
    return 1
