"""A message as a reader sees it: its body as safe HTML, and what can be downloaded.

One pipeline for the API, for the stand-alone document and for the picture proxy, so that they agree on the
number of every remote picture.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from backend.formats import headers, html
from backend.formats.content import part_text
from backend.formats.encoded_words import decode, unfold
from backend.formats.mime import scan
from backend.formats.part import Part
from backend.formats.structure import Bodies, bodies

MAX_TEXT_CHARS = 1_000_000


@dataclass(frozen=True, slots=True)
class RenderedBody:
    """Safe HTML for the sandboxed frame and the plain text."""

    subject: str
    html: str
    text: str
    blocked_images: int
    has_quote: bool
    is_truncated: bool
    is_dark_friendly: bool


@dataclass(frozen=True, slots=True)
class FileOfMessage:
    """A part to download."""

    part: str
    name: str
    content_type: str
    size_bytes: int
    is_inline: bool
    url: str


def render(raw: bytes, message_id: int, *, show_images: bool) -> RenderedBody:
    """The body: the HTML parts sanitised, or the text made into HTML. Pure but for its cost: 1 ms for 20
    KB.
    """
    root = scan(raw)
    found = bodies(root)
    text = "\n".join(part_text(raw, part) for part in found.text)[:MAX_TEXT_CHARS]
    safe = _sanitize(
        raw,
        found,
        part_url=_part_urls(root, message_id),
        image_url=(lambda url, index: f"/img/{message_id}/{index}") if show_images else None,
    )
    return RenderedBody(
        subject=decode(unfold(headers.first(raw, b"subject") or b"")),
        html=safe.html,
        text=text,
        blocked_images=safe.blocked_images,
        has_quote=safe.has_quote,
        is_truncated=safe.is_truncated,
        is_dark_friendly=safe.dark_friendly,
    )


def remote_images(raw: bytes) -> list[str]:
    """The URLs of the remote pictures, in the order of their numbers."""
    urls: list[str] = []

    def note(url: str, index: int) -> str:
        urls.append(url)
        return ""

    _sanitize(raw, bodies(scan(raw)), part_url=lambda cid: None, image_url=note)
    return urls


def files(raw: bytes, message_id: int) -> list[FileOfMessage]:
    """Attachments, then the pictures that the body shows itself."""
    found = bodies(scan(raw))
    return [_file(part, message_id, is_inline=False) for part in found.attachments] + [
        _file(part, message_id, is_inline=True) for part in found.inline
    ]


def _file(part: Part, message_id: int, *, is_inline: bool) -> FileOfMessage:
    # Three bytes of content in every four of base64, less the line ends.
    size = part.size_bytes * 3 // 4 * 76 // 78 if part.cte == "base64" else part.size_bytes
    name = part.filename or (
        f"message-{part.number}.eml" if part.type == "message" else f"part-{part.number}"
    )
    return FileOfMessage(
        part.number, name, part.content_type, size, is_inline, f"/files/{message_id}/{part.number}"
    )


def _part_urls(root: Part, message_id: int) -> Callable[[str], str | None]:
    by_cid = {part.content_id.strip("<>"): part.number for part in root.walk() if part.content_id}

    def url(cid: str) -> str | None:
        number = by_cid.get(cid)
        return f"/files/{message_id}/{number}?inline=1" if number else None

    return url


def _sanitize(
    raw: bytes,
    found: Bodies,
    *,
    part_url: Callable[[str], str | None],
    image_url: Callable[[str, int], str] | None,
) -> html.SafeHtml:
    index = 0

    def numbered(url: str) -> str:
        nonlocal index
        index += 1
        return image_url(url, index - 1) if image_url is not None else ""

    pieces = []
    for part in found.html:
        if part.content_type == "text/html":
            pieces.append(part_text(raw, part))
        else:
            pieces.append(html.text_to_html(part_text(raw, part)))
    return html.sanitize(
        "\n".join(pieces),
        part_url=part_url,
        show_remote=image_url is not None,
        image_url=numbered if image_url is not None else None,
    )
