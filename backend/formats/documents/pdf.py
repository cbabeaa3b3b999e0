"""Text of PDF files. Slow and hungry by nature: only to be called where that hurts nobody."""

from __future__ import annotations

from io import BytesIO

MAX_PAGES = 500


def text(data: bytes, limit: int) -> str:
    """The text of the first pages, at most `limit` characters. Raises what the library raises.

    A page that cannot be read is passed over. An encrypted file that opens without a password is read.
    """
    from pypdf import PdfReader
    from pypdf.errors import PyPdfError

    reader = PdfReader(BytesIO(data), strict=False)
    if reader.is_encrypted:
        reader.decrypt("")
    found: list[str] = []
    for page in reader.pages[:MAX_PAGES]:
        if limit <= 0:
            break
        try:
            piece = page.extract_text()
        except (PyPdfError, ValueError, KeyError, TypeError, AttributeError, IndexError):
            continue
        found.append(piece)
        limit -= len(piece)
    return "\n".join(found)
