"""Every public symbol has a doc comment whose first sentence is a summary, and describes all of its
parameters or none.

`swift format` checks most declarations; this check also sees enum cases, members of public
protocols and extensions, and the length of the summary.
"""

import re
from pathlib import Path

from source import Finding, Source, swift_sources

LONGEST_SUMMARY = 150

# Modules that somebody may import.
LIBRARIES = ["QuantCore", "QuantLearners", "QuantFormats", "QuantDemonstration"]

PUBLIC = re.compile(
    r"^\s*(?:@\w+(?:\([^)]*\))?\s+)*(?:public|open)\s+(?!import\b|extension\b|private)"
    r"(?:(?:static|final|mutating|nonmutating|override|convenience|required|indirect|lazy|weak|"
    r"consuming|borrowing|nonisolated|(?:private|package|internal|fileprivate)\(set\))\s+)*"
    r"(struct|class|enum|protocol|actor|typealias|func|init|subscript|var|let|case|"
    r"associatedtype)\b\s*(\S*)")
SCOPE = re.compile(
    r"\b(?:(public|open)\s+)?(?:(?:final|indirect)\s+)*"
    r"(struct|class|enum|protocol|actor|extension)\s+(\w+)")
MEMBER = re.compile(
    r"^\s*(?:@\w+(?:\([^)]*\))?\s+)*(?:(?:static|mutating|indirect)\s+)*"
    r"(case|func|var|init|subscript|associatedtype)\b\s*(\S*)")


def check(root: Path) -> list[Finding]:
    findings = []
    for source in swift_sources(root, *(f"Sources/{name}" for name in LIBRARIES)):
        findings += check_file(source)
    return findings


def check_file(source: Source) -> list[Finding]:
    findings = []
    scopes: list[tuple[int, str, bool]] = []  # depth of the body, kind, is public
    depth = 0
    for index, line in enumerate(source.code_lines):
        kind, is_public, _ = scopes[-1][1:] + (None,) if scopes else ("", False, None)
        match = PUBLIC.match(line)
        if not match and scopes and is_public and depth == scopes[-1][0]:
            # Cases of a public enum and requirements of a public protocol say no `public`.
            member = MEMBER.match(line)
            if member and (
                    (kind == "enum" and member.group(1) == "case") or kind == "protocol"):
                match = member
        if match:
            findings += check_comment(source, index, f"{match.group(1)} {match.group(2)}")
            if match.group(1) in ("func", "init", "subscript"):
                findings += check_parameters(source, index)
        scope = SCOPE.search(line)
        opened = line.count("{") - line.count("}")
        if scope and "{" in line:
            scopes.append((depth + 1, scope.group(2), scope.group(1) is not None))
        depth += opened
        while scopes and depth < scopes[-1][0]:
            scopes.pop()
    return findings


def comment(source: Source, index: int) -> range:
    """The lines of the comment above a declaration; attributes may stand between."""
    above = index - 1
    while above >= 0 and re.match(r"^\s*(@\w|#if|#else)", source.lines[above]):
        above -= 1
    first = above + 1
    while first > 0 and source.lines[first - 1].lstrip().startswith("///"):
        first -= 1
    return range(first, above + 1)


def check_parameters(source: Source, index: int) -> list[Finding]:
    """A list of some parameters looks as if the others did not exist, and docc refuses it."""
    text = "\n".join(source.lines[line].strip() for line in comment(source, index))
    described = re.findall(r"^///   - (\w+):", text, re.M) if "/// - Parameters:" in text else []
    described += re.findall(r"^/// - Parameter (\w+):", text, re.M)
    names = parameters("\n".join(source.code_lines[index:index + 30]))
    missing = [name for name in names if name not in described]
    if not described or not missing:
        return []
    return [Finding(source.path, index + 1, f"no word on the parameters {', '.join(missing)}")]


def parameters(code: str) -> list[str]:
    """The names, inside the body, of the parameters of the first function in the code."""
    depth, names, start = 0, [], None
    for position, character in enumerate(code):
        if character in "([{":
            depth += 1
            if start is None and character == "(":
                start, depth = position + 1, 1
        elif character in ")]}" and start is not None:
            depth -= 1
        if start is not None and (depth == 0 or depth == 1 and character == ","):
            head = code[start:position].partition(":")[0].split()
            if head:
                names.append(head[-1].strip("`"))
            start = position + 1
            if depth == 0:
                break
    return names


def check_comment(source: Source, index: int, name: str) -> list[Finding]:
    """Looks at the first sentence of the comment above a declaration."""
    lines = comment(source, index)
    if not lines:
        return [Finding(source.path, index + 1, f"{name} is public and has no doc comment")]
    first = lines[0]
    summary = []
    for line in source.lines[first:lines[-1] + 1]:
        text = line.strip()[3:].strip()
        if not text or text.startswith(("- ", "```")):
            break
        summary.append(text)
    sentence = " ".join(summary)
    if not sentence.endswith((".", ":", "?")):
        return [Finding(source.path, first + 1, f"the summary of {name} ends without a period")]
    if len(sentence) > LONGEST_SUMMARY and re.search(r"[.] [A-Z`]", sentence) is None:
        return [
            Finding(
                source.path, first + 1,
                f"the summary of {name} has {len(sentence)} characters; accepted: "
                f"{LONGEST_SUMMARY}")]
    return []
