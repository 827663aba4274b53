"""Swift sources as the checks see them: with and without comments and texts."""

from pathlib import Path
from typing import NamedTuple


class Finding(NamedTuple):
    """One violation: where, and what would be accepted."""

    path: str
    line: int
    message: str

    def __str__(self) -> str:
        return f"{self.path}:{self.line}: {self.message}"


class Source:
    """A Swift file; `code` has blanks where comments and texts were, so columns and lines stay."""

    def __init__(self, root: Path, path: Path):
        self.path = path.relative_to(root).as_posix()
        self.text = path.read_text(encoding="utf-8")
        self.code = blank_comments_and_texts(self.text)
        self.lines = self.text.split("\n")
        self.code_lines = self.code.split("\n")


def swift_sources(root: Path, *folders: str) -> list[Source]:
    """All Swift files below some folders, sorted by path."""
    paths = sorted(p for folder in folders for p in (root / folder).rglob("*.swift"))
    return [Source(root, p) for p in paths if ".build" not in p.parts]


def blank_comments_and_texts(text: str) -> str:
    """Replaces comments and string literals by blanks; interpolated code stays."""
    out = list(text)
    position = 0
    # Each open string is (closing quote, number of # signs, parentheses open in interpolation).
    strings: list[list] = []

    def blank(start: int, end: int) -> None:
        for index in range(start, min(end, len(out))):
            if out[index] != "\n":
                out[index] = " "

    while position < len(text):
        if strings and strings[-1][2] == 0:  # inside the text of a literal
            quote, hashes, _ = strings[-1]
            closing = quote + "#" * hashes
            escape = "\\" + "#" * hashes
            if text.startswith(closing, position):
                blank(position, position + len(closing))
                position += len(closing)
                strings.pop()
            elif text.startswith(escape + "(", position):
                blank(position, position + len(escape) + 1)
                position += len(escape) + 1
                strings[-1][2] = 1
            elif text.startswith(escape, position):
                blank(position, position + len(escape) + 1)
                position += len(escape) + 1
            else:
                blank(position, position + 1)
                position += 1
            continue
        if text.startswith("//", position):
            end = text.find("\n", position)
            end = len(text) if end < 0 else end
            blank(position, end)
            position = end
        elif text.startswith("/*", position):
            depth, end = 1, position + 2
            while end < len(text) and depth:
                if text.startswith("/*", end):
                    depth, end = depth + 1, end + 2
                elif text.startswith("*/", end):
                    depth, end = depth - 1, end + 2
                else:
                    end += 1
            blank(position, end)
            position = end
        elif text[position] == '"' or (text[position] == "#" and _raw_string(text, position)):
            hashes = 0
            while text[position + hashes] == "#":
                hashes += 1
            start = position + hashes
            quote = '"""' if text.startswith('"""', start) else '"'
            blank(position, start + len(quote))
            position = start + len(quote)
            strings.append([quote, hashes, 0])
        else:
            if strings:
                if text[position] == "(":
                    strings[-1][2] += 1
                elif text[position] == ")":
                    strings[-1][2] -= 1
                    if strings[-1][2] == 0:
                        blank(position, position + 1)
            position += 1
    return "".join(out)


def _raw_string(text: str, position: int) -> bool:
    while position < len(text) and text[position] == "#":
        position += 1
    return position < len(text) and text[position] == '"'
