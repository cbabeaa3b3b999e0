"""Small files that are what their names say: PDF, CSV, text, and pictures drawn from gradients."""

from __future__ import annotations

import struct
import zlib
from functools import cache
from math import exp, sin

from backend.formats.compose import Attachment

_TYPES = {"pdf": "application/pdf", "csv": "text/csv", "txt": "text/plain", "png": "image/png"}
_SHEET = "Materials,2360,2230\r\nLabour,3540,3780\r\nTransport,4720,4590\r\nPermits,5900,6140\r\n"
_WEEKS = 52
_LIST = "01 harbour, early\r\n02 the gate\r\n03 red umbrella\r\n04 ferry, late\r\n"
# Colours of sky above and ground below.
_PICTURES = {
    "harbour": ((244, 214, 186), (120, 164, 182), (31, 78, 96)),
    "garden": ((222, 232, 224), (150, 184, 150), (58, 92, 66)),
}
_WIDTH, _HEIGHT = 480, 240


@cache
def file(name: str) -> Attachment:
    """The file of that name."""
    kind = name.rpartition(".")[2]
    if kind == "pdf":
        content = _pdf(name.removesuffix(".pdf").replace("-", " ").capitalize())
    else:
        content = (_ledger() if kind == "csv" else _LIST).encode()
    return Attachment(name, _TYPES[kind], content)


@cache
def picture(name: str) -> Attachment:
    """A picture that the text names by its content id."""
    return Attachment(f"{name}.png", _TYPES["png"], _png(*_PICTURES[name]), content_id=f"{name}@demo")


def _ledger() -> str:
    """A sheet with four lines a week."""
    lines = _SHEET.splitlines()
    return "Week,Line,Plan,Actual\r\n" + "".join(
        f"{week},{line}\r\n" for week in range(1, _WEEKS + 1) for line in lines
    )


def _pdf(title: str) -> bytes:
    """One page with a title and a drawing of the ground (ISO 32000-1 §7.5, §8.5)."""
    text = b"BT /F1 28 Tf 72 740 Td (" + title.encode("latin-1", "replace") + b") Tj ET\n" + _contours()
    objects = (
        b"<< /Type /Catalog /Pages 2 0 R >>",
        b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R"
        b" /Resources << /Font << /F1 5 0 R >> >> >>",
        b"<< /Length %d >>\nstream\n%b\nendstream" % (len(text), text),
        b"<< /Type /Font /Subtype /Type1 /BaseFont /Times-Roman >>",
    )
    out, offsets = b"%PDF-1.4\n", []
    for number, content in enumerate(objects, 1):
        offsets.append(len(out))
        out += b"%d 0 obj\n%b\nendobj\n" % (number, content)
    table = b"".join(b"%010d 00000 n \n" % offset for offset in offsets)
    size = len(objects) + 1
    return (
        out
        + b"xref\n0 %d\n0000000000 65535 f \n%btrailer\n<< /Size %d /Root 1 0 R >>\nstartxref\n%d\n%%%%EOF\n"
        % (
            size,
            table,
            size,
            len(out),
        )
    )


def _contours() -> bytes:
    """Lines of equal height around two hills."""
    out = [b"0.4 w 0.25 0.38 0.36 RG"]
    for line in range(36):
        points = []
        for x in range(72, 524, 6):
            hills = 90 * exp(-(((x - 200) / 80) ** 2)) + 60 * exp(-(((x - 400) / 60) ** 2))
            points.append(f"{x} {90 + line * 16 + hills * sin(line / 11):.1f}")
        out.append(" l ".join(points).replace(" l ", " m ", 1).encode() + b" l S")
    return b"\n".join(out)


def _png(sky: tuple[int, ...], horizon: tuple[int, ...], ground: tuple[int, ...]) -> bytes:
    """A landscape of two gradients and a sun (PNG, RFC 2083)."""
    rows = []
    for y in range(_HEIGHT):
        above, below, part = (
            (sky, horizon, y / 150) if y < 150 else (horizon, ground, (y - 150) / (_HEIGHT - 150))
        )
        colour = bytes(round(a + (b - a) * part) for a, b in zip(above, below, strict=True))
        row = bytearray(colour * _WIDTH)
        reach = 26**2 - (y - 84) ** 2
        if reach > 0:
            half = int(reach**0.5)
            row[3 * (340 - half) : 3 * (340 + half)] = bytes((253, 246, 227)) * (2 * half)
        rows.append(b"\0" + bytes(row))
    header = struct.pack(">IIBBBBB", _WIDTH, _HEIGHT, 8, 2, 0, 0, 0)
    chunks = ((b"IHDR", header), (b"IDAT", zlib.compress(b"".join(rows), 9)), (b"IEND", b""))
    return b"\x89PNG\r\n\x1a\n" + b"".join(
        struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))
        for kind, data in chunks
    )
