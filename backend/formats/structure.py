"""Which parts of a message are its text, its HTML, its pictures and its attachments (RFC 8621 §4.1.4)."""

from __future__ import annotations

from dataclasses import dataclass, field

from backend.formats.part import Part

_MEDIA = ("image", "audio", "video")
# Parts that belong to the wrapping of a message: nobody would save them.
_WRAPPING = frozenset(
    {
        "application/pgp-signature",
        "application/pgp-encrypted",
        "application/pkcs7-signature",
        "application/x-pkcs7-signature",
        "message/delivery-status",
        "message/global-delivery-status",
        "message/disposition-notification",
        "message/feedback-report",
        "message/tracking-status",
        "text/rfc822-headers",
    }
)


@dataclass(slots=True)
class Bodies:
    """Parts by the use a reader makes of them.

    `text` and `html` are what to show, in order, as plain text or as HTML; a part may be in both. `inline`
    are pictures the HTML refers to, `attachments` what to offer for download, `wrapping` signatures, reports
    and alternatives of other kinds (a calendar object).
    """

    text: list[Part] = field(default_factory=list)
    html: list[Part] = field(default_factory=list)
    inline: list[Part] = field(default_factory=list)
    attachments: list[Part] = field(default_factory=list)
    wrapping: list[Part] = field(default_factory=list)


def bodies(root: Part) -> Bodies:
    """Sort the parts of one message; embedded messages are attachments and are not looked into."""
    found = Bodies()
    _sort(found, root.children or [root], root.subtype if root.children else "mixed", True, True, False)
    return found


def _sort(
    found: Bodies, parts: list[Part], multipart: str, to_text: bool, to_html: bool, in_alternative: bool
) -> None:
    # Recursive: the scanner's depth limit bounds it.
    texts, htmls = len(found.text), len(found.html)
    for number, part in enumerate(parts):
        if part.children:
            inside = in_alternative or part.subtype == "alternative"
            _sort(found, part.children, part.subtype, to_text, to_html, inside)
        elif not _is_shown(part, number, multipart):
            _put_aside(found, part, multipart)
        elif multipart == "alternative":
            _put_alternative(found, part)
        else:
            if in_alternative and part.type == "text":
                to_text, to_html = part.subtype == "plain" and to_text, part.subtype == "html" and to_html
            if to_text:
                found.text.append(part)
            if to_html:
                found.html.append(part)
            if part.type in _MEDIA:
                _put_aside(found, part, multipart)
    if multipart == "alternative":
        # One kind is missing: the other serves for both.
        if len(found.text) == texts:
            found.text.extend(found.html[htmls:])
        elif len(found.html) == htmls:
            found.html.extend(found.text[texts:])


def _is_shown(part: Part, number: int, multipart: str) -> bool:
    is_media = part.type in _MEDIA
    if part.disposition == "attachment" or not (
        is_media or (part.type == "text" and part.subtype in ("plain", "html"))
    ):
        return False
    return number == 0 or (multipart != "related" and (is_media or not part.filename))


def _put_alternative(found: Bodies, part: Part) -> None:
    if part.type != "text":
        _put_aside(found, part, "alternative")
    elif part.subtype == "plain":
        found.text.append(part)
    else:
        found.html.append(part)


def _put_aside(found: Bodies, part: Part, multipart: str) -> None:
    if (
        part.content_type in _WRAPPING
        or (multipart == "report" and part.message is not None)
        or (multipart == "alternative" and part.type == "text" and part.disposition != "attachment")
    ):
        found.wrapping.append(part)
    elif part.content_id and (multipart == "related" or part.disposition == "inline"):
        found.inline.append(part)
    else:
        found.attachments.append(part)
