"""Writes small NumPy files for the reader and the writer to be compared with.

python3 make_arrays.py, with NumPy 2; the archives are written with fixed time stamps by NumPy itself.
"""

from pathlib import Path

import numpy as np
from numpy.lib import format as npy

HERE = Path(__file__).parent

ARRAYS = {
    "float32": np.array([0.0, -0.0, 1.5, np.nan, np.inf, -3.25e-40], "<f4"),
    "float64": np.array([1 / 3, -1e300, 5e-324], "<f8"),
    "int8": np.array([-128, 127, 0], "|i1"),
    "int16": np.array([-32768, 32767], "<i2"),
    "int32": np.array([-(2**31), 2**31 - 1, 42], "<i4"),
    "int64": np.array([-(2**63), 2**63 - 1], "<i8"),
    "uint8": np.array([0, 1, 255], "|u1"),
    "uint16": np.array([65535], "<u2"),
    "uint32": np.array([2**32 - 1], "<u4"),
    "uint64": np.array([2**64 - 1, 1], "<u8"),
    "boolean": np.array([True, False, True], "|b1"),
    "days": np.array(["1970-01-01", "2015-09-30", "NaT"], "<M8[D]"),
    "text": np.array([b"0001", b"abcdefgh", b""], "|S8"),
    "matrix": np.asfortranarray(np.arange(12, dtype="<f4").reshape(4, 3)),
    "rows": np.arange(6, dtype="<i4").reshape(2, 3),
    "scalar": np.array(2.5, "<f8"),
    "empty": np.zeros(0, "<f4"),
    "emptymatrix": np.zeros((0, 3), "<f4", order="F"),
}
if __name__ == "__main__":
    for name, array in ARRAYS.items():
        np.save(HERE / f"{name}.npy", array)
    with open(HERE / "version2.npy", "wb") as file:
        npy.write_array(file, ARRAYS["int32"], version=(2, 0))
    np.save(HERE / "bigendian.npy", np.array([1, 2], ">i4"))
    np.savez(HERE / "stored.npz", y=ARRAYS["uint8"], t=ARRAYS["int32"], matrix=ARRAYS["matrix"])
    np.savez_compressed(HERE / "deflated.npz", y=np.zeros(5000, "|u1"), t=ARRAYS["int32"])
