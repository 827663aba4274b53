"""The word `unsafe` stands in named files only, and no target passes unsafe flags."""

import re
from pathlib import Path

from source import Finding, swift_sources

ALLOWED = {
    "Sources/QuantCore/Support/SystemCalls.swift",
    "Sources/QuantCore/Support/DisjointSlices.swift",
    "Sources/QuantCore/Support/RawSpan+Words.swift",
    "Sources/QuantCore/Storage/MemoryRegion.swift",
    "Sources/QuantFormats/Snappy.swift",
    "Sources/QuantFormats/Zlib.swift",
    "Sources/QuantFormats/Zstandard.swift",
    "Sources/QuantLearners/Boosting/Growth/PartitionKernel.swift",
    "Sources/QuantLearners/Boosting/Histogram/HistogramKernel.swift",
    "Sources/QuantLearners/Boosting/Histogram/HistogramKernel+Combine.swift",
    "Sources/QuantLearners/Boosting/Prediction/PredictionKernel.swift",
    "Sources/QuantLearners/Boosting/Prediction/PredictionKernel+Codes.swift",
    "Sources/QuantLearners/Boosting/Split/HistogramKernel+Scan.swift",
    "Sources/QuantLearners/Boosting/Split/HistogramKernel+ScanLanes.swift",
}


def check(root: Path) -> list[Finding]:
    findings = []
    for source in swift_sources(root, "Sources", "Examples"):
        if source.path in ALLOWED:
            continue
        for number, line in enumerate(source.code_lines, 1):
            if re.search(r"\bunsafe\b|\bUnsafe\w*Pointer\b", line):
                findings.append(
                    Finding(
                        source.path, number,
                        "says unsafe; only these files may: " + ", ".join(sorted(ALLOWED))))
    for manifest in sorted(root.glob("**/Package.swift")):
        if ".build" in manifest.parts:
            continue
        path = manifest.relative_to(root).as_posix()
        for number, line in enumerate(manifest.read_text(encoding="utf-8").split("\n"), 1):
            if re.search(r"\.unsafeFlags\b", line):
                findings.append(
                    Finding(path, number, "unsafeFlags make a package unusable as a dependency"))
    return findings
