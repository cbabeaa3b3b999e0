"""List-Unsubscribe (RFC 2369) and its one-click form (RFC 8058): how a reader leaves a list."""

from __future__ import annotations

import re
from dataclasses import dataclass
from urllib.parse import parse_qsl, unquote, urlsplit

from backend.formats import tag_list
from backend.formats.addresses import Address
from backend.formats.encoded_words import unfold
from backend.formats.errors import InvalidSyntax
from backend.formats.headers import index, spans, split

MAX_URIS = 10
_LONGEST = 4000
_URI = re.compile(r"<\s*([^<>\s]{1,2000})\s*>")
_ONE_CLICK = "list-unsubscribe=one-click"
_NEEDED = frozenset({"list-unsubscribe", "list-unsubscribe-post"})


@dataclass(frozen=True, slots=True)
class Letter:
    """What a `mailto:` asks to be sent."""

    to: Address
    subject: str
    body: str


@dataclass(frozen=True, slots=True)
class Ways:
    """The ways out. `post` is an HTTPS address that takes RFC 8058's POST, `web` a page to visit."""

    post: str
    letter: Letter | None
    web: str


def ways(raw: bytes) -> Ways | None:
    """What a message offers; None for nothing that can be used.

    A signature covers one field of a name, so nothing is one-click where a name stands twice.
    """
    found = index(raw[: split(raw)[0]])
    wanted, asked = found.get(b"list-unsubscribe", []), found.get(b"list-unsubscribe-post", [])
    value = unfold(wanted[0])[:_LONGEST].decode("utf-8", "replace") if wanted else ""
    post = unfold(asked[0]).decode("latin-1").lower() if len(asked) == len(wanted) == 1 else ""
    web, letter = "", None
    for uri in _URI.findall(value)[:MAX_URIS]:
        scheme = uri.partition(":")[0].lower()
        if scheme in ("https", "http") and not web and _is_sound(uri):
            web = uri
        elif scheme == "mailto" and letter is None:
            letter = _letter(uri)
    if not web and letter is None:
        return None
    is_one_click = "".join(post.split()) == _ONE_CLICK and web[:8].lower() == "https://"
    return Ways(web if is_one_click else "", letter, web)


def _is_sound(uri: str) -> bool:
    """Whether a URI has a host and no login in it."""
    try:
        parts = urlsplit(uri)
        return bool(parts.hostname) and "@" not in parts.netloc and (parts.port or 1) > 0
    except ValueError:
        return False


def _letter(uri: str) -> Letter | None:
    target, _, query = uri[len("mailto:") :].partition("?")
    try:
        to = Address.parse(unquote(target))
    except InvalidSyntax:
        return None
    fields = {name.lower(): value for name, value in parse_qsl(query, max_num_fields=10)} if query else {}
    subject = " ".join(fields.get("subject", "").split())[:200] or "unsubscribe"
    return Letter(to, subject, fields.get("body", "")[:1000])


def covered_by(raw: bytes, domain: str, selector: str, start_of_signature: str) -> bool:
    """Whether the DKIM signature of that domain, selector and value signs both fields (RFC 8058 §4)."""
    for name, start, end in spans(raw):
        if name.lower() != b"dkim-signature":
            continue
        try:
            tags = tag_list.parse(unfold(raw[start:end].partition(b":")[2]).decode("ascii", "replace"))
        except InvalidSyntax:
            continue
        value = tag_list.packed(tags.get("b", ""))
        signed = {field.strip().lower() for field in tags.get("h", "").split(":")}
        if (
            tags.get("d", "").lower() == domain.lower()
            and tags.get("s", "").lower() == selector.lower()
            and (not start_of_signature or value.startswith(start_of_signature))
            and signed >= _NEEDED
        ):
            return True
    return False
