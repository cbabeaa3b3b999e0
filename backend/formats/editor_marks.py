"""What the composer marks in the HTML of a draft, for itself alone: `data-signature`, and `data-quoted` on
the original that is answered or forwarded.

A draft keeps the marks, so that whoever takes it up again can exchange the signature and finds the original
in one piece. A message that leaves has none.
"""

from __future__ import annotations

import re

from backend.formats.body_writer import text_part
from backend.formats.content import part_text
from backend.formats.mime import scan
from backend.formats.structure import bodies

# As the composer writes them: first in their element.
_MARK = re.compile(r'(<(?:div|blockquote)) data-(?:signature|quoted)="[^"<>]{0,64}"')


def strip(raw: bytes) -> bytes:
    """The message without them; the same object where it has none. All but such a part stays as it is."""
    pieces: list[bytes] = []
    at = 0
    for part in bodies(scan(raw)).html:
        # Ours stand beside their plain text, never alone: only such a part has a header of its own.
        if part.subtype != "html" or part.header_start == 0:
            continue
        text = part_text(raw, part)
        clean = _MARK.sub(r"\1", text)
        if clean != text:
            pieces += [raw[at : part.header_start], text_part(clean, "html")]
            at = part.end
    return b"".join([*pieces, raw[at:]]) if pieces else raw
