"""No transcendental function of the C library in objects whose results are stored.

Their last bits change with the processor and the version of the library, so the package has its
own. Square roots and roundings are exact by IEEE 754 and may be called.

usage: objects.py BUILD_FOLDER
"""

import re
import subprocess
import sys
from pathlib import Path

MODULES = ["QuantCore", "QuantLearners"]

# Functions of libm that are not correctly rounded, or that hide a slow emulation (fma).
NAMES = """
    acos acosh asin asinh atan atan2 atanh cbrt cos cosh erf erfc exp exp10 exp2 expm1 fma hypot
    j0 j1 jn lgamma lgamma_r log log10 log1p log2 pow powi sin sincos sinh tan tanh tgamma y0 y1 yn
""".split()
FORBIDDEN = {name + suffix for name in NAMES for suffix in ("", "f", "l")}
# Symbols that are needed and harmless, each with its reason. None so far.
ALLOWED: dict[str, str] = {}


def undefined_symbols(build: Path, module: str) -> dict[str, set[str]]:
    """For each object file of a module the symbols that it takes from elsewhere."""
    objects = sorted((build / f"{module}.build").rglob("*.o"))
    if not objects:
        sys.exit(f"objects: {build}/{module}.build has no object files; build first")
    listing = subprocess.run(
        [nm(), "--undefined-only", "--no-sort", *map(str, objects)], capture_output=True, text=True,
        check=True).stdout
    symbols: dict[str, set[str]] = {}
    current = objects[0].name
    for line in listing.split("\n"):
        if line.endswith(":"):
            current = Path(line[:-1]).name
        match = re.match(r"^\s*U (\w+)(?:@.*)?$", line)
        if match:
            symbols.setdefault(current, set()).add(match.group(1))
    return symbols


def nm() -> str:
    """The toolchain's nm where it is on the path, else that of the system."""
    for name in ("llvm-nm", "nm"):
        if subprocess.run(["which", name], capture_output=True, check=False).returncode == 0:
            return name
    sys.exit("objects: no llvm-nm and no nm on PATH; install binutils")


def main() -> None:
    build = Path(sys.argv[1])
    count = 0
    failed = False
    for module in MODULES:
        for name, symbols in undefined_symbols(build, module).items():
            count += 1
            for symbol in sorted(symbols & FORBIDDEN - ALLOWED.keys()):
                failed = True
                print(f"{module}/{name}: calls {symbol} of libm; use Elementary or plain arithmetic")
    if failed:
        sys.exit(1)
    print(f"lint: no libm function in {count} object files of {', '.join(MODULES)}")


if __name__ == "__main__":
    main()
