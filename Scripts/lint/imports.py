"""Who imports whom: modules point one way, and a C module is imported in one folder only."""

import re
from pathlib import Path

from source import Finding, swift_sources

# What each module may import of this package.
MODULES = {
    "QuantCore": set(),
    "QuantLearners": {"QuantCore"},
    "QuantFormats": {"QuantCore", "CZlib", "CZstd", "CSnappy"},
    "QuantDemonstration": {"QuantCore"},
    "quant": {"QuantCore", "QuantLearners", "QuantFormats", "QuantDemonstration", "CQuantBuild"},
}
# Modules of the toolchain that a library may import; Foundation proper carries 40 MB of ICU data.
TOOLCHAIN = {"Dispatch", "FoundationEssentials", "Synchronization"}
# The C library is called in these files, behind safe signatures.
C_LIBRARY = {"Darwin", "Glibc", "Musl"}
C_LIBRARY_FILES = [
    "Sources/QuantCore/Support/SystemCalls.swift",
    "Sources/QuantCore/Support/SystemCalls+Process.swift",
    "Sources/QuantCore/Storage/MemoryRegion.swift",
]

IMPORT = re.compile(
    r"^\s*(?:@\w+\s+)*(?:(?:public|package|internal|private|fileprivate)\s+)?import\s+"
    r"(?:(?:struct|class|enum|func|protocol|typealias|var|let)\s+)?(\w+)")


def check(root: Path) -> list[Finding]:
    findings = []
    for source in swift_sources(root, "Sources"):
        module = source.path.split("/")[1]
        if module not in MODULES:
            findings.append(
                Finding(source.path, 1, f"module {module} has no entry in Scripts/lint/imports.py"))
            continue
        for number, line in enumerate(source.code_lines, 1):
            match = IMPORT.match(line)
            if not match:
                continue
            name = match.group(1)
            if name in C_LIBRARY:
                allowed = source.path in C_LIBRARY_FILES
                message = f"imports {name}; accepted in " + " and ".join(C_LIBRARY_FILES)
            else:
                allowed = name in MODULES[module] or name in TOOLCHAIN
                accepted = ", ".join(sorted(MODULES[module] | TOOLCHAIN))
                message = f"{module} imports {name}; accepted: {accepted}"
            if not allowed:
                findings.append(Finding(source.path, number, message))
    return findings
