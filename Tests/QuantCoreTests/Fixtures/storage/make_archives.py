"""Writes written*.npz: the archives that NPZWriter must produce, built here record by record.

python3 make_archives.py; NumPy opens every one of them before it is written. The layout follows
PKWARE's APPNOTE.TXT, sections 4.3 and 4.5; stored members start at multiples of 64 bytes.
"""

import io
import struct
import zlib
from pathlib import Path

import numpy as np

HERE = Path(__file__).parent
ARRAYS = {
    "y": np.array([0, 1, 255], "|u1"),
    "known_on": np.array([16708, -5, 7, 9], "<i4"),
    "gvkey": np.array([b"0001", b"abcd"], "|S4"),
}
ALL = 0xFFFF_FFFF


def archive(threshold: int) -> bytes:
    body, directory = b"", b""
    for name, array in ARRAYS.items():
        file = io.BytesIO()
        np.save(file, array)
        data = file.getvalue()
        path = f"{name}.npy".encode()
        offset = len(body)
        is_long, is_far = len(data) >= threshold, offset >= threshold
        sizes = (ALL, ALL) if is_long else (len(data), len(data))
        long_sizes = struct.pack("<QQ", len(data), len(data)) if is_long else b""

        def common(needed: int) -> bytes:
            return struct.pack("<5H3I", needed, 0, 0, 0, 0x21, zlib.crc32(data), *sizes)

        extra = struct.pack("<HH", 1, 16) + long_sizes if is_long else b""
        padding = -(offset + 30 + len(path) + len(extra) + 6) % 64
        extra += struct.pack("<HHH", 0xD935, 2 + padding, 64) + bytes(padding)
        local = b"PK\3\4" + common(45 if is_long else 20)
        body += local + struct.pack("<HH", len(path), len(extra)) + path + extra
        assert len(body) % 64 == 0
        body += data
        far = struct.pack("<Q", offset) if is_far else b""
        extra = long_sizes + far
        extra = struct.pack("<HH", 1, len(extra)) + extra if extra else b""
        needed = 45 if extra else 20
        directory += b"PK\1\2" + struct.pack("<H", needed) + common(needed)
        directory += struct.pack("<5H", len(path), len(extra), 0, 0, 0)
        directory += struct.pack("<II", 0, ALL if is_far else offset) + path + extra
    end = b""
    start, size, count = len(body), len(directory), len(ARRAYS)
    if max(start, size) >= threshold:
        end += b"PK\6\6" + struct.pack("<QHHIIQQQQ", 44, 45, 45, 0, 0, count, count, size, start)
        end += b"PK\6\7" + struct.pack("<IQI", 0, start + size, 1)
        start, size, count = ALL, ALL, 0xFFFF
    end += b"PK\5\6" + struct.pack("<4HIIH", 0, 0, count, count, size, start, 0)
    return body + directory + end


for threshold, name in [(ALL, "written"), (0, "written64-0"), (130, "written64-130"), (300, "written64-300")]:
    content = archive(threshold)
    loaded = np.load(io.BytesIO(content))
    assert loaded.files == list(ARRAYS)
    for key, array in ARRAYS.items():
        assert loaded[key].dtype == array.dtype and (loaded[key] == array).all()
    (HERE / f"{name}.npz").write_bytes(content)
