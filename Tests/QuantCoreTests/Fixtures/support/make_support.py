"""Writes sums.txt and digests.txt beside this script. Needs Python 3 and PyPI xxhash.

sums.txt: name, bits of the exactly rounded sum (math.fsum, or fractions where fsum overflows on the
way), and the bits of the summands. digests.txt: length, seed, XXH64, CRC-32 and SHA-256 of the bytes
of the pattern (7 i + i / 251) mod 256.
"""

import hashlib
import math
import random
import struct
import zlib
from fractions import Fraction
from pathlib import Path

import xxhash

HERE = Path(__file__).parent
source = random.Random(7)


def bits(value: float) -> str:
    return struct.pack(">d", value).hex()


def from_bits(number: int) -> float:
    return struct.unpack(">d", struct.pack(">Q", number))[0]


def exact(values: list[float]) -> float:
    total = sum(map(Fraction, values), Fraction(0))
    try:
        return float(total)
    except OverflowError:
        return math.inf if total > 0 else -math.inf


def anywhere() -> float:
    return from_bits(source.randrange(0, 0x7FF0 << 48) | source.randrange(2) << 63)


cases: dict[str, list[float]] = {
    "empty": [],
    "one": [0.1],
    "tenths": [0.1] * 10,
    "cancel": [1e100, 1.0, -1e100],
    "tie-even": [1.0, 2.0**-53],
    "tie-odd": [1.0 + 2.0**-52, 2.0**-53],
    "tie-broken-up": [1.0, 2.0**-53, 2.0**-1074],
    "tie-broken-down": [1.0, 2.0**-53, -(2.0**-1074)],
    "subnormals": [5e-324] * 7 + [-5e-324] * 3,
    "to-normal": [2.0**-1022, -5e-324],
    "largest": [from_bits(0x7FEF_FFFF_FFFF_FFFF)],
    "overflow-on-the-way": [1e308, 1e308, -1e308, -1e308, 3.5],
    "overflow": [1e308, 1e308],
    "overflow-by-tie": [from_bits(0x7FEF_FFFF_FFFF_FFFF), 2.0**969, 2.0**969],
    "just-no-overflow": [from_bits(0x7FEF_FFFF_FFFF_FFFF), 2.0**969],
    "negative": [-1.5, 0.25, -(2.0**-80)],
}
for seed in range(12):
    cases[f"normal-{seed}"] = [source.gauss(0, 1) for _ in range(40)]
    cases[f"wide-{seed}"] = [math.ldexp(source.uniform(-1, 1), source.randrange(-300, 300)) for _ in range(30)]
    cases[f"anywhere-{seed}"] = [anywhere() for _ in range(20)]
    tail = [anywhere() for _ in range(8)]
    cases[f"cancelling-{seed}"] = tail + [-v for v in tail] + [source.gauss(0, 1e-200)]
lines = []
for name, values in cases.items():
    expected = exact(values)
    try:
        assert math.fsum(values) == expected, name
    except OverflowError:
        assert name.startswith("overflow") or name.startswith(("anywhere", "cancelling"))
    lines.append(" ".join([name, bits(expected + 0.0), *map(bits, values)]))
(HERE / "sums.txt").write_text("\n".join(lines) + "\n")

lines = []
for length in [*range(0, 70), 127, 128, 129, 255, 256, 1000, 4096, 65537]:
    data = bytes((7 * i + i // 251) % 256 for i in range(length))
    for seed in [0, 0x9E3779B97F4A7C15] if length < 70 else [0]:
        lines.append(
            f"{length} {seed:016x} {xxhash.xxh64_intdigest(data, seed):016x}"
            f" {zlib.crc32(data):08x} {hashlib.sha256(data).hexdigest()}"
        )
(HERE / "digests.txt").write_text("\n".join(lines) + "\n")
