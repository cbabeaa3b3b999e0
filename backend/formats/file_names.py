"""Names of files as people gave them, made safe to show, to save and to put into a header."""

from __future__ import annotations

import re
import unicodedata
from urllib.parse import quote

MAX_CHARS = 200
_FORBIDDEN = re.compile(r"[\x00-\x1f\x7f/\\:*?\"<>|]")
# Marks that turn the reading direction make "exe.pdf" of "fdp.exe".
_DIRECTION = re.compile("[\u200e\u200f\u202a-\u202e\u2066-\u2069]")


def safe_name(name: str) -> str:
    """The last path component without control, direction and separator characters; may be empty."""
    name = unicodedata.normalize("NFC", name.replace("\\", "/").rpartition("/")[2])
    name = _FORBIDDEN.sub("_", _DIRECTION.sub("", name)).strip(" .")
    if len(name) <= MAX_CHARS:
        return name
    stem, dot, extension = name.rpartition(".")
    return (
        (stem[: MAX_CHARS - len(extension) - 1] + dot + extension)
        if dot and len(extension) < 20
        else name[:MAX_CHARS]
    )


def message_name(subject: str, *, otherwise: str = "message") -> str:
    """The name of a file that holds a message."""
    # A stroke in a subject parts no folders.
    stem = safe_name(subject.replace("/", "_").replace("\\", "_"))[:80].rstrip(" .")
    return f"{stem or otherwise}.eml"


def content_disposition(kind: str, name: str) -> str:
    """A Content-Disposition value for HTTP (RFC 6266): plain ASCII beside the exact name."""
    name = safe_name(name) or "attachment"
    ascii_name = (
        unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode().strip() or "attachment"
    )
    return f"{kind}; filename=\"{ascii_name}\"; filename*=UTF-8''{quote(name, safe='')}"
