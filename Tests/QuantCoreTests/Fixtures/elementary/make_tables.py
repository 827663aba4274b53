"""Writes the tables of Sources/QuantCore/Support/Elementary+*Table.swift.

Run from the root of the package: python3 Tests/QuantCoreTests/Fixtures/elementary/make_tables.py
Needs mpmath. The values follow from their definitions alone; see the comments of the Swift files.
"""

from fractions import Fraction
from pathlib import Path

import mpmath

mpmath.mp.prec = 300
SUPPORT = Path("Sources/QuantCore/Support")


def text(value: float) -> str:
    """A hexadecimal literal as Swift writes it, without trailing zeros."""
    if value == 0:
        return "0"
    mantissa, exponent = value.hex().split("p")
    if "." in mantissa:
        mantissa = mantissa.rstrip("0").rstrip(".")
    return f"{mantissa}p{int(exponent)}"


def split(value, bits: int | None = None) -> tuple[float, float]:
    """High and low part; the high part is a multiple of 2^-bits where bits are given."""
    if bits is None:
        high = float(value)
    else:
        high = float(mpmath.nint(value * mpmath.mpf(2) ** bits) / mpmath.mpf(2) ** bits)
    return high, float(value - mpmath.mpf(high))


def exponential_table() -> list[str]:
    rows = []
    for step in range(64):
        high, low = split(mpmath.mpf(2) ** (mpmath.mpf(step) / 64))
        rows.append(f"    {text(high)}, {text(low)},")
    return rows


def logarithm_table() -> list[str]:
    rows = []
    largest = Fraction(0)
    for step in range(128):
        lower = Fraction(11, 16) + Fraction(step, 256) if step < 80 else 1 + Fraction(step - 80, 128)
        upper = lower + (Fraction(1, 256) if step < 80 else Fraction(1, 128))
        if lower == 1 or upper == 1:
            inverse = Fraction(1)
        else:
            inverse = Fraction(round(512 * 2 / (lower + upper)), 512)
        largest = max(largest, abs(lower * inverse - 1), abs(upper * inverse - 1))
        logarithm = -mpmath.log(mpmath.mpf(inverse.numerator) / inverse.denominator)
        high, low = split(logarithm, 42)
        rows.append(f"    {text(float(inverse))}, {text(high)}, {text(low)},")
    assert largest <= Fraction(1, 128)
    return rows


def write(name: str, doc: str, count: int, member: str, rows: list[str]) -> None:
    body = "\n".join(rows)
    (SUPPORT / f"Elementary+{name}.swift").write_text(
        f"extension Elementary {{\n{doc}"
        f"  static let {member}: InlineArray<{count}, Double> = [\n{body}\n  ]\n}}\n"
    )


write(
    "ExponentialTable",
    "  /// 2^(j/64) for j below 64, each as the nearest double and the rest.\n"
    "  ///\n"
    "  /// Written by Tests/QuantCoreTests/Fixtures/elementary/make_tables.py.\n",
    128,
    "exponentialTable",
    exponential_table(),
)
write(
    "LogarithmTable",
    "  /// For each of the 128 intervals of [0.6875, 1.375) a number c of ten bits near the inverse of its\n"
    "  /// middle, and -log(c) as a multiple of 2^-42 and the rest.\n"
    "  ///\n"
    "  /// The intervals are 1/256 wide below 1 and 1/128 from there; for both neighbours of 1, c is 1.\n"
    "  /// |z c - 1| is at most 1/128 for every z of an interval. Written by\n"
    "  /// Tests/QuantCoreTests/Fixtures/elementary/make_tables.py.\n",
    384,
    "logarithmTable",
    logarithm_table(),
)
ln2 = mpmath.log(2)
print("ln2", *map(text, split(ln2, 42)))
print("ln2/64", *map(text, split(ln2 / 64, 42)))
print("64/ln2", text(float(64 / ln2)))
