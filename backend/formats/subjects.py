"""Base subjects for threads and for SORT and THREAD of IMAP (RFC 5256 §2.1), in linear time."""

from __future__ import annotations

import re

_SPACE = re.compile(r"\s+")
_BLOB = re.compile(r"\[[^\[\]]*+\]\s*+")
_REFWD = re.compile(r"(?:re|fwd?)\s*+(?:\[[^\[\]]*+\]\s*+)?:\s*+", re.IGNORECASE)
# What other languages' programs write for Re and Fwd; outside the RFC, so only on request.
_LOCAL_REFWD = re.compile(
    r"(?:re|fwd?|aw|antw|sv|vs|ynt|odp|res|rv|enc|tr|wg|vl|vb|doorst|i|r|回复|答复|转发)\s*+"
    r"(?:\[[^\[\]]*+\]\s*+)?[:：]\s*+",
    re.IGNORECASE,
)
_LONGEST = 4000


def base_subject(subject: str, *, localized: bool = False) -> tuple[str, bool]:
    """The subject without its reply and forward marks, and whether it had one.

    `localized` also removes marks such as `AW:` and `Sv:`; IMAP's own sorting must not.
    """
    text = _SPACE.sub(" ", subject[:_LONGEST]).strip()
    refwd = _LOCAL_REFWD if localized else _REFWD
    is_reply = False
    while True:
        text, had_trailer = _cut_trailers(text)
        start, had_leader = _skip_leaders(text, refwd)
        text = text[start:]
        is_reply = is_reply or had_trailer or had_leader
        # Each turn takes six characters at least off a bounded text.
        if not (text[:5].lower() == "[fwd:" and text.endswith("]")):
            return text, is_reply
        text = text[5:-1].strip()
        is_reply = True


def _cut_trailers(text: str) -> tuple[str, bool]:
    end = len(text)
    while text[max(0, end - 5) : end].lower() == "(fwd)":
        end -= 5
        while end and text[end - 1] == " ":
            end -= 1
    return text[:end], end != len(text)


def _skip_leaders(text: str, refwd: re.Pattern[str]) -> tuple[int, bool]:
    """Where the text begins after its leaders; a blob goes only if something is left after it."""
    start = 0
    found = False
    while True:
        # A leader is any number of blobs and then the mark. If the mark is missing behind this run of
        # blobs, it is missing behind each of its tails too, so the run is walked once.
        blobs = [start]
        while (blob := _BLOB.match(text, blobs[-1])) is not None:
            blobs.append(blob.end())
        mark = refwd.match(text, blobs[-1])
        if mark is None:
            last = blobs[-1] if blobs[-1] < len(text) else blobs[max(0, len(blobs) - 2)]
            return last, found
        start, found = mark.end(), True
