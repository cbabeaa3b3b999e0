"""IMAP BODY and BODYSTRUCTURE of a part tree (RFC 9051 §7.5.2), in the bytes that go on the wire.

Both are written in one walk. A parameter that is not ASCII goes as its RFC 2231 form (`filename*`), which
every client reads. The walk recurses; `Limits.depth` of the scanner bounds it.
"""

from __future__ import annotations

from urllib.parse import quote

from backend.formats.imap_strings import nstring, string
from backend.formats.parameters import Params
from backend.formats.part import Part


def bodystructure(part: Part) -> bytes:
    """The parenthesised BODYSTRUCTURE, extension data included."""
    return structures(part)[0]


def body(part: Part) -> bytes:
    """The parenthesised BODY: the same without extension data."""
    return structures(part)[1]


def structures(part: Part) -> tuple[bytes, bytes]:
    """BODYSTRUCTURE and BODY."""
    full, short = _structure(part)
    return full.encode("latin-1"), short.encode("latin-1")


def _structure(part: Part) -> tuple[str, str]:
    # Types and subtypes are tokens (the scanner sees to it), so they need no quoting.
    if part.children:
        pairs = [_structure(child) for child in part.children]
        full = "".join([pair[0] for pair in pairs])
        short = "".join([pair[1] for pair in pairs])
        return (
            f'({full} "{part.subtype}" {_params(part.params)}{_extension(part)})',
            f'({short} "{part.subtype}")',
        )
    fields = (
        f'("{part.type}" "{part.subtype}" {_params(part.params)}'
        f" {string(f'<{part.content_id}>') if part.content_id else 'NIL'} {nstring(part.description)}"
        f" {string(part.cte)} {part.end - part.body_start}"
    )
    md5 = f" {nstring(part.md5)}{_extension(part)})"
    if part.message is not None:
        full, short = _structure(part.message)
        envelope = part.message.envelope.decode("latin-1")
        return f"{fields} {envelope} {full} {part.lines}{md5}", f"{fields} {envelope} {short} {part.lines})"
    if part.type == "text":
        fields = f"{fields} {part.lines}"
    return fields + md5, fields + ")"


def _extension(part: Part) -> str:
    """Disposition, language and location, which close every BODYSTRUCTURE."""
    if not part.disposition and part.language is None and part.location is None:
        return " NIL NIL NIL"
    disposition = "NIL"
    if part.disposition:
        disposition = f"({string(part.disposition)} {_params(part.disposition_params)})"
    return f" {disposition} {_language(part.language)} {nstring(part.location)}"


def _language(value: str | None) -> str:
    tags = [tag for tag in (value or "").replace(",", " ").split() if tag]
    if not tags:
        return "NIL"
    return string(tags[0]) if len(tags) == 1 else f"({' '.join(map(string, tags))})"


def _params(params: Params) -> str:
    if not params:
        return "NIL"
    return f"({' '.join([_param(name, value) for name, value in params.items()])})"


def _param(name: str, value: str) -> str:
    if value.isascii():
        return f"{string(name)} {string(value)}"
    encoded = quote(value, safe="", errors="replace")
    return f"{string(name + '*')} \"utf-8''{encoded}\""
