"""The one line under the subject in a message list: what the writer says, not what is quoted or signed."""

from __future__ import annotations

import re

LONGEST = 200
_READ = 8000

_ATTRIBUTION = re.compile(
    r".{0,200}\b(?:wrote|schrieb|écrit|escribió|scrisse|ha scritto|skrev|schreef|napisał\(?a?\)?|пишет)"
    r"\s?:\s*\Z"
)
_FORWARD = re.compile(r"-{4,}\s?[^-\n]{1,60}-{4,}\s*\Z|_{10,}\s*\Z")
_INVISIBLE = re.compile(
    "[\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180e\u200b-\u200f\u202a-\u202e\u2060-\u206f\u2800\ufeff]+"
)


def preview(text: str) -> str:
    """At most 200 characters on one line; empty only for a text without words."""
    text = text[:_READ]
    if not text.isascii():
        text = _INVISIBLE.sub("", text)
    return _shorten(_own_words(text)) or _shorten(text.split())


def _own_words(text: str) -> list[str]:
    found: list[str] = []
    size = 0
    for line in text.split("\n"):
        if (line.startswith("-- ") and not line.strip("- ")) or _FORWARD.match(line):
            break  # the signature, or a forwarded message
        if line.startswith(">") or (line.endswith(":") and _ATTRIBUTION.match(line)):
            continue
        words = line.split()
        found += words
        size += len(line)
        if size > LONGEST + 50:
            break
    return found


def _shorten(words: list[str]) -> str:
    line = " ".join(words[:LONGEST])
    return line if len(line) <= LONGEST else line[: LONGEST - 1].rstrip() + "…"
