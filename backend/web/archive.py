"""The attachments of a message as a zip archive, made part by part while it is sent.

Nothing is compressed: most attachments are already, and the archive then costs what copying costs.
"""

from __future__ import annotations

import zipfile
from collections.abc import Iterator

from backend.formats.content import decode_part
from backend.formats.file_names import safe_name
from backend.formats.mime import scan
from backend.formats.structure import bodies
from backend.formats.zip_sink import ZipSink
from backend.submission.parts import READING

# Zip knows no year before this one; the files have no dates of their own.
_DATE = (1980, 1, 1, 0, 0, 0)


def of_attachments(raw: bytes) -> Iterator[bytes]:
    """The archive in pieces, one attachment at a time; names that come twice are numbered."""
    sink = ZipSink()
    used: set[str] = set()
    with zipfile.ZipFile(sink, "w", zipfile.ZIP_STORED) as archive:
        for part in bodies(scan(raw, READING)).attachments:
            fallback = f"message-{part.number}.eml" if part.type == "message" else f"part-{part.number}"
            name = _unused(safe_name(part.filename) or fallback, used)
            archive.writestr(zipfile.ZipInfo(name, _DATE), decode_part(raw, part))
            yield sink.take()
    yield sink.take()


def _unused(name: str, used: set[str]) -> str:
    stem, dot, extension = name.rpartition(".")
    shown, number = name, 1
    while shown.casefold() in used:
        number += 1
        shown = f"{stem} ({number}).{extension}" if dot and stem else f"{name} ({number})"
    used.add(shown.casefold())
    return shown
