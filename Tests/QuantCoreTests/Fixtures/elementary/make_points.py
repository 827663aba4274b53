"""Writes elementary.txt: arguments and values of elementary functions, from mpmath.

python3 Tests/QuantCoreTests/Fixtures/elementary/make_points.py [points for each function] [file]

A line is: name, argument bits (two for pow), bits of the nearest double, and the bits of what is left
of the true value after that double is subtracted, so that an error can be told in fractions of a unit.
"""

import math
import random
import struct
import sys
from pathlib import Path

import mpmath

mpmath.mp.prec = 400
COUNT = int(sys.argv[1]) if len(sys.argv) > 1 else 220
FILE = Path(sys.argv[2]) if len(sys.argv) > 2 else Path(__file__).with_name("elementary.txt")
source = random.Random(20240607)


def bits(value: float) -> str:
    return struct.pack(">d", value).hex()


def nearest(value) -> tuple[float, float]:
    """Round to nearest even, with subnormals, which float(mpf) does too; overflow gives inf."""
    high = float(value)
    if math.isinf(high):
        return high, 0.0
    return high, float(value - mpmath.mpf(high))


def log_uniform(low: float, high: float) -> float:
    return math.exp(source.uniform(math.log(low), math.log(high)))


def signed(value: float) -> float:
    return value if source.random() < 0.5 else -value


def any_positive() -> float:
    return struct.unpack(">d", struct.pack(">Q", source.randrange(1, 0x7FEF_FFFF_FFFF_FFFF)))[0]


DOMAINS = {
    "exp": [
        lambda: source.uniform(-746, 710),
        lambda: source.uniform(-1, 1),
        lambda: signed(log_uniform(1e-18, 1)),
        lambda: source.uniform(-746, -707),
    ],
    "log": [any_positive, lambda: source.uniform(0.5, 2), lambda: 1 + signed(log_uniform(1e-15, 0.1)),
            lambda: log_uniform(5e-324, 1e-307)],
    "log1p": [lambda: source.uniform(-1, 1), lambda: signed(log_uniform(1e-18, 0.5)), any_positive,
              lambda: -1 + log_uniform(1e-15, 0.5)],
    "expm1": [lambda: source.uniform(-1, 1), lambda: source.uniform(-42, 710),
              lambda: signed(log_uniform(1e-18, 1)), lambda: source.uniform(-0.3, 0.3)],
    "logistic": [lambda: source.uniform(-6, 6), lambda: source.uniform(-50, 50),
                 lambda: signed(log_uniform(1e-12, 10)), lambda: source.uniform(-746, 45)],
    "softplus": [lambda: source.uniform(-6, 6), lambda: source.uniform(-50, 50),
                 lambda: signed(log_uniform(1e-12, 10)), lambda: source.uniform(-746, 45)],
}
FUNCTIONS = {
    "exp": mpmath.exp,
    "log": mpmath.log,
    "log1p": lambda x: mpmath.log(1 + x),
    "expm1": lambda x: mpmath.exp(x) - 1,
    "logistic": lambda x: 1 / (1 + mpmath.exp(-x)),
    "softplus": lambda x: mpmath.log(1 + mpmath.exp(x)),
}

lines = ["# " + __doc__.splitlines()[0]]
# mpmath's float() of a subnormal must be the nearest one.
assert float(mpmath.mpf(2) ** -1075 * 1.5) == 5e-324 and float(mpmath.mpf(2) ** -1075) == 0.0
for name, domains in DOMAINS.items():
    for index in range(COUNT):
        x = domains[index % len(domains)]()
        if x == -1:
            continue
        # e^800 needs no more precision than this; the 1 in 1 + e^-x does.
        with mpmath.workprec(1600):
            high, low = nearest(FUNCTIONS[name](mpmath.mpf(x)))
        lines.append(f"{name} {bits(x)} {bits(high)} {bits(low)}")
for index in range(COUNT):
    kind = index % 4
    if kind == 0:
        x, y = log_uniform(1e-3, 1e3), source.uniform(-20, 20)
    elif kind == 1:
        x, y = 1 + signed(log_uniform(1e-12, 0.5)), source.uniform(-1, 1) * log_uniform(1, 1e6)
    elif kind == 2:
        x, y = float(source.randrange(1, 100)), float(source.randrange(-30, 40))
    else:
        # The result anywhere in the range of doubles, subnormal ones included.
        x = any_positive()
        if x == 1:
            continue
        y = source.uniform(-745, 709) / float(mpmath.log(mpmath.mpf(x)))
    high, low = nearest(mpmath.mpf(x) ** mpmath.mpf(y))
    lines.append(f"pow {bits(x)} {bits(y)} {bits(high)} {bits(low)}")
FILE.write_text("\n".join(lines) + "\n")
print(FILE, len(lines))
