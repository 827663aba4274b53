"""Opens with NumPy, mapped and not, what this package writes.

python3 Tests/QuantFormatsTests/Fixtures/check_numpy.py [further arguments of `swift test`]

Runs the test that writes the files, from the root of the package, and compares every value.
"""

import os
import subprocess
import sys
import tempfile
import zipfile
from pathlib import Path

import numpy as np

ROOT = Path(__file__).resolve().parents[3]
MATRIX = (np.arange(12000, dtype="<f4") * np.float32(0.25)).reshape((4000, 3), order="F")
INTEGERS = np.arange(1000, dtype="<i4") * np.int32(-3)
DAYS = (np.arange(100) + 16000).astype("<M8[D]")
TEXTS = np.array([b"0001", b"abcd", b"ZZ"], "|S4")


def equal(found: np.ndarray, expected: np.ndarray) -> None:
    assert found.dtype == expected.dtype, (found.dtype, expected.dtype)
    assert found.shape == expected.shape and np.array_equal(found, expected)


with tempfile.TemporaryDirectory() as name:
    folder = Path(name)
    subprocess.run(
        ["swift", "test", "--disable-xctest", "--filter", "NumPyOracleTests", *sys.argv[1:]],
        cwd=ROOT, env={**os.environ, "QUANT_NUMPY_FOLDER": name}, check=True)
    for mode in [None, "r"]:
        matrix = np.load(folder / "X_global.npy", mmap_mode=mode)
        equal(matrix, MATRIX)
        assert matrix.flags.f_contiguous and isinstance(matrix, np.memmap) == (mode == "r")
        equal(np.load(folder / "integers.npy", mmap_mode=mode), INTEGERS)
        equal(np.load(folder / "days.npy", mmap_mode=mode), DAYS)
        equal(np.load(folder / "texts.npy", mmap_mode=mode), TEXTS)
    for archive in ["plain.npz", "zip64.npz"]:
        assert zipfile.ZipFile(folder / archive).testzip() is None
        with np.load(folder / archive) as arrays:
            assert arrays.files == ["integers", "matrix", "période", "packed", "texts"]
            equal(arrays["integers"], INTEGERS)
            equal(arrays["matrix"], MATRIX)
            equal(arrays["période"], DAYS)
            equal(arrays["packed"], INTEGERS)
            equal(arrays["texts"], TEXTS)
print("NumPy", np.__version__, "reads every array and archive")
