"""Writes decimals.txt: decimals that are hard to round to Float32, with the bits they must give.

The oracle is exact: a decimal is a fraction, and the nearest float is found with integers alone.
NumPy's own conversion is no oracle, because it rounds twice (text to double, double to float);
the C library's strtof rounds once and must agree. Run: python3 make_decimals.py
"""
import ctypes
import random
import struct
from fractions import Fraction

random.seed(20151231)
libc = ctypes.CDLL("libc.so.6")
libc.strtof.restype = ctypes.c_float
libc.strtof.argtypes = [ctypes.c_char_p, ctypes.c_void_p]


def bits_of(value):
    return struct.unpack("<I", struct.pack("<f", value))[0]


def exact(bits):
    """The value of a finite non-negative float."""
    exponent, significand = bits >> 23, bits & 0x7FFFFF
    if exponent == 0:
        return Fraction(significand, 1 << 149)
    return Fraction(significand | 1 << 23) * Fraction(2) ** (exponent - 150)


def nearest(value):
    """Bits of the float nearest to a non-negative fraction, ties to even; infinity past the end."""
    if value >= Fraction(2) ** 128 - Fraction(2) ** 103:
        return 0x7F800000
    low, high = 0, 0x7F7FFFFF
    while low < high:
        middle = (low + high + 1) // 2
        if exact(middle) <= value:
            low = middle
        else:
            high = middle - 1
    if low == 0x7F7FFFFF:
        return low
    below, above = value - exact(low), exact(low + 1) - value
    if below != above:
        return low if below < above else low + 1
    return low if low % 2 == 0 else low + 1


def expansion(value):
    """The exact decimal expansion of a dyadic fraction."""
    places = value.denominator.bit_length() - 1
    digits = str(value.numerator * 10**places // value.denominator)
    if places == 0:
        return digits
    digits = digits.rjust(places + 1, "0")
    return digits[:-places] + "." + digits[-places:]


def fraction(text):
    return Fraction(text.rstrip(".") if text.endswith(".") else text)


texts = []


def add(text):
    texts.append(random.choice(["", "", "", "-", "+"]) + text)


def random_bits(kind):
    if kind == 0:
        return random.randrange(0, 0x7F7FFFFF)
    if kind == 1:  # near one, where prices and ratios lie
        return random.randrange(0x33000000, 0x4F000000)
    if kind == 2:  # subnormal
        return random.randrange(0, 0x00800000)
    return random.randrange(0x7F000000, 0x7F7FFFFF)  # close to overflow


for index in range(700):
    bits = random_bits(index % 4)
    middle = (exact(bits) + exact(bits + 1)) / 2
    text = expansion(middle)
    if len(text) > 180:
        continue
    add(text)  # exactly between two floats
    if "." not in text:
        text += "."
    add(text + "0" * random.randrange(1, 12) + "1")  # a hair above
    digits = list(text)
    for place in range(len(digits) - 1, -1, -1):  # a hair below
        if digits[place] in "123456789":
            digits[place] = str(int(digits[place]) - 1)
            break
    add("".join(digits) + "9" * random.randrange(3, 25))
    add(text[: random.randrange(4, len(text))].rstrip(".") or "0")  # cut off

for _ in range(600):
    digits = "".join(random.choice("0123456789") for _ in range(random.randrange(1, 40)))
    place = random.randrange(0, len(digits) + 1)
    add(digits[:place] + "." + digits[place:])
for _ in range(600):
    digits = str(random.randrange(1, 10 ** random.randrange(1, 25)))
    add(digits + random.choice("eE") + random.choice(["", "+", "-"]) + str(random.randrange(0, 50)))
for _ in range(200):
    add("0." + "0" * random.randrange(30, 50) + str(random.randrange(1, 10**9)))
for _ in range(200):
    add(str(random.randrange(1 << 24, 1 << 25)))  # every second odd one is a midpoint
    add(str(random.randrange(0, 1 << 24)) + ".5")
for exponent in range(-60, 45):
    add(f"1e{exponent}")
    add(f"9.99999999999999999999e{exponent}")
texts += ["0", "-0", "+0", "0.0", "-.5", "5.", "+3", "1e5", "00012.50", "0e99999", "1e-99999",
          "1e99999", "340282346638528859811704183484516925440",
          "340282356779733661637539395458142568447",
          "340282356779733661637539395458142568448", "1.401298464324817e-45",
          "7.006492321624085e-46", "7.006492321624086e-46", "1.17549435e-38", "1.1754943e-38",
          "0." + "0" * 400 + "1e400", "1" + "0" * 400 + "e-400", "1." + "0" * 700 + "1"]

with open("decimals.txt", "w") as file:
    for text in dict.fromkeys(texts):
        mantissa, _, exponent = text.lower().lstrip("+-").partition("e")
        if abs(int(exponent or 0)) > 1000:
            bits = 0 if exponent.startswith("-") or mantissa.strip("0") == "" else 0x7F800000
        else:
            bits = nearest(fraction(mantissa) * Fraction(10) ** int(exponent or 0))
        if text.startswith("-"):
            bits |= 0x80000000
        assert bits == bits_of(libc.strtof(text.encode(), None)), text
        file.write(f"{bits:08x} {text}\n")
