"""Inside QuantCore a folder names only types that folders above it declare."""

import re
from pathlib import Path

from source import Finding, swift_sources

# The order in which data moves; a folder may use those before it.
ORDER = [
    "Support", "Configuration", "Storage", "Panel", "Tables", "Compile", "Metrics", "Audit",
    "Train", "Report",
]

DECLARATION = re.compile(
    r"^(?:@\w+(?:\([^)]*\))?\s+)*(?:(?:public|package|internal|open|final|indirect)\s+)*"
    r"(?:struct|class|enum|protocol|actor|typealias|func)\s+(\w+)")
PRIVATE = re.compile(r"^(?:@\w+\s+)*(?:private|fileprivate)\b")
WORD = re.compile(r"(?<![\w.])([A-Za-z_]\w*)")


def check(root: Path) -> list[Finding]:
    sources = []
    findings = []
    for source in swift_sources(root, "Sources/QuantCore"):
        folder = source.path.split("/")[2]
        if folder in ORDER:
            sources.append((ORDER.index(folder), source))
        else:
            findings.append(
                Finding(
                    source.path, 1,
                    f"folder {folder} has no place in the order {', '.join(ORDER)}"))
    declared = {}
    for place, source in sources:
        for line in source.code_lines:
            match = DECLARATION.match(line)
            if match and not PRIVATE.match(line):
                # The earliest folder counts where several overload one function.
                name = match.group(1)
                declared[name] = min(place, declared.get(name, place))
    for place, source in sources:
        for number, line in enumerate(source.code_lines, 1):
            for name in WORD.findall(line):
                if declared.get(name, -1) > place:
                    findings.append(
                        Finding(
                            source.path, number,
                            f"names {name} of {ORDER[declared[name]]}, which comes after "
                            f"{ORDER[place]}"))
    return findings
