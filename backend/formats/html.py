"""Hostile HTML made fit to show, with `html_shape` before the parser and `css` for its styles.

The result is the inside of a document that is shown in a sandboxed frame: one `<style>` element, whose rules
are confined to the class `m-body`, and one `div` of that class. No script, form, frame, or address that loads
by itself is in it: pictures of the message (`cid:`) go through `part_url`, remote ones are held back unless
they are asked for, links open outside. Time and size are bounded whatever comes in.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from hashlib import blake2b
from html import escape
from urllib.parse import unquote

import nh3

from backend.formats import html_shape
from backend.formats.css import SCOPE, Styles
from backend.formats.html_text import to_text
from backend.formats.html_words import unescape
from backend.formats.text_html import text_to_html

__all__ = ["MAX_CHARS", "SafeHtml", "sanitize", "text_to_html", "to_text"]

MAX_CHARS = 2 * 1024 * 1024
_MAX_DATA_CHARS = 1024 * 1024

_SCHEMES = {"http", "https", "mailto", "tel", "cid", "data"}
_LINK = re.compile(r"(?:https?://|mailto:|tel:)", re.IGNORECASE)
_REMOTE = re.compile(r"(?:https?:)?//", re.IGNORECASE)
_DATA_IMAGE = re.compile(r"data:image/(?:png|gif|jpe?g|webp|avif|bmp)[;,]", re.IGNORECASE)
_IGNORED = re.compile(r"[\0-\x20\x7f-\x9f]+")
_COLOR = re.compile(r"#[0-9a-fA-F]{3,8}|[a-zA-Z]{3,30}|[0-9a-fA-F]{6}")
_QUOTE = re.compile(
    r"<blockquote|class=\"[^\"]*(?:gmail_quote|moz-cite-prefix|yahoo_quoted|protonmail_quote|OutlookMessageHeader)"
    r"|id=\"(?:divRplyFwdMsg|appendonsend|reply-intro)"
)

Rewrite = Callable[[str], str | None]


@dataclass(frozen=True, slots=True)
class SafeHtml:
    """HTML fit for the frame, and what a reader must know of it.

    `blocked_images` counts remote pictures held back (their address is in `data-blocked-src`), `has_quote`
    tells that earlier mail is quoted, `dark_friendly` that the writer provided a dark form, `is_truncated`
    that the document was longer than we show.
    """

    html: str
    blocked_images: int
    has_quote: bool
    dark_friendly: bool
    is_truncated: bool = False


def sanitize(
    html: str,
    *,
    part_url: Callable[[str], str | None],
    show_remote: bool = False,
    image_url: Callable[[str], str] | None = None,
) -> SafeHtml:
    """Make a message's HTML fit to show.

    `part_url` gives the address of the part with a content id, None if there is none; `image_url` the address
    of our proxy for a remote picture, used when `show_remote` is set.
    """
    shape = html_shape.balance(html[:MAX_CHARS])
    cleaner = _Cleaner(part_url, show_remote, image_url, html)
    body = cleaner.clean(shape.html)
    sheets = "".join([cleaner.styles.sheet(sheet) for sheet in shape.sheets])
    style = f"<style>{sheets}</style>" if sheets else ""
    attributes = cleaner.wrapper_attributes(shape.body)
    return SafeHtml(
        html=f"{style}<div {attributes}>{body}</div>",
        blocked_images=cleaner.blocked,
        has_quote=_QUOTE.search(body) is not None,
        dark_friendly=_is_dark_friendly(shape),
        is_truncated=shape.is_cut or len(html) > MAX_CHARS,
    )


def _is_dark_friendly(shape: html_shape.Shape) -> bool:
    return any("prefers-color-scheme" in sheet.lower() for sheet in shape.sheets) or any(
        meta.get("name", "").lower() in ("color-scheme", "supported-color-schemes")
        and "dark" in meta.get("content", "").lower()
        for meta in shape.metas
    )


class _Cleaner:
    """One document's gate for attribute values; nh3 parses, this decides."""

    def __init__(
        self, part_url: Rewrite, show_remote: bool, image_url: Callable[[str], str] | None, html: str
    ) -> None:
        self._part_url = part_url
        self._show_remote = show_remote
        self._image_url = image_url
        self.blocked = 0
        self.styles = Styles(self._picture)
        # nh3 cannot rename an attribute. A mark that the document cannot contain lets us do it afterwards.
        self._mark = (
            f"https://{blake2b(html.encode('utf-8', 'replace'), digest_size=16).hexdigest()}.invalid/"
        )

    def clean(self, html: str) -> str:
        cleaned = nh3.clean(
            html,
            tags=set(html_shape.TAGS),
            clean_content_tags=set(),
            attributes={"*": set(html_shape.ATTRIBUTES)},
            attribute_filter=self._attribute,
            url_schemes=_SCHEMES,
            link_rel="noopener noreferrer",
            set_tag_attribute_values={
                "a": {"target": "_blank"},
                "area": {"target": "_blank", "rel": "noopener noreferrer"},
            },
        )
        return cleaned.replace(f'src="{self._mark}', 'data-blocked-src="')

    def wrapper_attributes(self, body: dict[str, str]) -> str:
        """What the body element asked for, on the `div` that stands for it."""
        style = self.styles.inline(unescape(body.get("style", "")))
        for attribute, name in (("bgcolor", "background-color"), ("text", "color")):
            color = body.get(attribute, "").strip()
            if _COLOR.fullmatch(color):
                color = f"#{color}" if len(color) == 6 and color[0].isdigit() else color
                style = f"{name}:{color};{style}"
        direction = body.get("dir", "").lower()
        out = [f'class="{SCOPE[1:]}"']
        if direction in ("rtl", "ltr"):
            out.append(f'dir="{direction}"')
        if style:
            out.append(f'style="{escape(style)}"')
        return " ".join(out)

    def _attribute(self, tag: str, name: str, value: str) -> str | None:
        if name == "style":
            return self.styles.inline(value) or None
        if name == "href":
            return _link(value)
        if name == "src":
            return self._image(value) if tag == "img" else None
        if name == "background":
            return self._picture(value)
        if name == "usemap":
            return value if value.startswith("#") else None
        if name == "name":
            # A picture called `body` would stand for the document's body in every script that looks at it.
            return value if tag in ("a", "map") else None
        return value

    def _image(self, value: str) -> str | None:
        """The address for an `img`; one held back carries the mark."""
        url = _IGNORED.sub("", value)
        before = self.blocked
        target = self._picture(url)
        return self._mark + url if target is None and self.blocked > before else target

    def _picture(self, value: str) -> str | None:
        """Where a picture may be loaded from, None if nowhere."""
        url = _IGNORED.sub("", value)
        if url[:4].lower() == "cid:":
            return self._part_url(unquote(url[4:]).strip("<>"))
        if _DATA_IMAGE.match(url):
            return url if len(url) <= _MAX_DATA_CHARS else None
        if _REMOTE.match(url) is None:
            return None
        if not self._show_remote:
            self.blocked += 1
            return None
        url = f"https:{url}" if url.startswith("//") else url
        return self._image_url(url) if self._image_url is not None else url


def _link(value: str) -> str | None:
    url = value.strip()
    if url.startswith("#"):
        return url
    # Browsers leave out tabs and line ends inside a scheme; so does this test.
    return url if _LINK.match(_IGNORED.sub("", url)) else None
