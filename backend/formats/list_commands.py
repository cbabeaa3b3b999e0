"""What people write to a list's addresses: a word in the subject or the first line of the text.

People answer from any mail program, above or below a quote, in plain text or HTML: quoted lines, blank ones
and those that introduce a quote are passed over. Nothing here raises.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from backend.formats.content import part_text
from backend.formats.html_text import to_text
from backend.formats.mime import scan

_READ_BYTES = 64 * 1024
_MOST_LINES = 40
_LONGEST_REASON = 500


class Word(StrEnum):
    """What is asked of a list."""

    HELP = "help"
    SUBSCRIBE = "subscribe"
    UNSUBSCRIBE = "unsubscribe"


class Decision(StrEnum):
    """What becomes of a held post."""

    APPROVE = "approve"
    REJECT = "reject"
    DISCARD = "discard"


@dataclass(frozen=True, slots=True)
class Verdict:
    """A moderator's decision, with what the author is told."""

    decision: Decision
    reason: str = ""


_WORDS = {
    "help": Word.HELP,
    "info": Word.HELP,
    "subscribe": Word.SUBSCRIBE,
    "join": Word.SUBSCRIBE,
    "unsubscribe": Word.UNSUBSCRIBE,
    "leave": Word.UNSUBSCRIBE,
    "remove": Word.UNSUBSCRIBE,
}
_DECISIONS = {
    "approve": Decision.APPROVE,
    "approved": Decision.APPROVE,
    "accept": Decision.APPROVE,
    "reject": Decision.REJECT,
    "rejected": Decision.REJECT,
    "discard": Decision.DISCARD,
}


def text_of(raw: bytes) -> str:
    """The first text of a message, as plain text; empty where there is none."""
    root = scan(raw)
    parts = [part for part in root.walk() if part.type == "text" and part.disposition != "attachment"]
    chosen = next((part for part in parts if part.subtype == "plain"), parts[0] if parts else None)
    if chosen is None:
        return ""
    text = part_text(raw, chosen, _READ_BYTES)
    return to_text(text) if chosen.subtype == "html" else text


def first_line(raw: bytes) -> str:
    """The first line of a message's text that its writer wrote; empty where there is none."""
    for line in text_of(raw).split("\n")[:_MOST_LINES]:
        line = line.strip()
        if line and not line.startswith((">", "|")) and not line.endswith(":"):
            return line
    return ""


def word_of(subject: str, line: str) -> Word:
    """The word of a command mail, the subject first; help where there is none."""
    for text in (subject, line):
        words = text.lower().split()
        if words and words[0].strip(".!") in _WORDS:
            return _WORDS[words[0].strip(".!")]
    return Word.HELP


def verdict_of(line: str) -> Verdict | None:
    """A moderator's answer; None where the line begins with none of the words."""
    word, _, rest = line.strip().partition(" ")
    decision = _DECISIONS.get(word.lower().strip(".,:!"))
    return Verdict(decision, " ".join(rest.split())[:_LONGEST_REASON]) if decision is not None else None
