"""Writes gzip files of Python's own making, with fixed time stamps."""

import gzip
import zlib
from pathlib import Path

HERE = Path(__file__).parent
TEXT = b"date,price\n" + b"".join(b"2015-09-%02d,%d.25\n" % (i % 30 + 1, i * i) for i in range(400))


def member(data: bytes, name: bytes = b"") -> bytes:
    packed = gzip.compress(data, mtime=0)
    if name:  # an original name, a comment and a header checksum
        head = b"\x1f\x8b\x08\x1a" + packed[4:10] + name + b"\0" + b"a comment\0"
        packed = head + (zlib.crc32(head) & 0xFFFF).to_bytes(2, "little") + packed[10:]
    return packed


(HERE / "content.csv").write_bytes(TEXT)
(HERE / "plain.csv.gz").write_bytes(member(TEXT))
(HERE / "named.csv.gz").write_bytes(member(TEXT, b"content.csv"))
(HERE / "members.csv.gz").write_bytes(
    member(TEXT[:100]) + member(b"") + member(TEXT[100:5000], b"x") + member(TEXT[5000:])
)
(HERE / "padded.csv.gz").write_bytes(member(TEXT) + bytes(512))
(HERE / "empty.csv.gz").write_bytes(member(b""))
