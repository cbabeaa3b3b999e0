"""Everyday conversations put together from `phrases`, the same for the same seed."""

from __future__ import annotations

from collections.abc import Iterator
from random import Random

from backend.operations.demo import phrases
from backend.operations.demo.conversations import Conversation, Letter
from backend.operations.demo.people import MAREN, NOAH, OLIVER, OUTSIDERS, PRIYA, SOFIA

_WRITERS = (*OUTSIDERS, SOFIA, OLIVER, NOAH, PRIYA)
_MAILBOXES = ("inbox",) * 13 + ("archive",) * 4 + ("Projects/North wing", "Projects/Planning day", "Receipts")
_FILES = ("site-plan.pdf", "north-wing-budget.csv", "minutes.pdf", "photos-list.txt")

# Words of a subject, and the tag that Maren gave.
_TAGS = {"north wing": "North_wing", "Timber": "Suppliers", "Reading list": "$label5"}


def conversations(count: int, seed: int = 20418, span_minutes: int = 100 * 1440) -> Iterator[Conversation]:
    """That many conversations, the newest four hours old, the oldest `span_minutes`."""
    chance = Random(seed)
    for number in range(count):
        age = 240 + int((span_minutes - 240) * ((number + chance.random()) / count) ** 1.6)
        yield _conversation(chance, age, is_recent=number < count // 4)


def _conversation(chance: Random, age: int, *, is_recent: bool) -> Conversation:
    writer = chance.choice(_WRITERS)
    count = chance.choice((1, 1, 1, 1, 2, 2, 3, 5))
    letters = [
        Letter(
            writer if (count - number) % 2 else MAREN,
            age + (count - 1 - number) * chance.randint(40, 400),
            text(chance),
            (chance.choice(_FILES),) if chance.random() < 0.18 else (),
        )
        for number in range(count)
    ]
    letters.sort(key=lambda letter: -letter.minutes)
    title = subject(chance)
    return Conversation(
        title,
        tuple(letters),
        mailbox=chance.choice(_MAILBOXES),
        is_unread=chance.random() < (0.4 if is_recent else 0.06),
        is_starred=chance.random() < 0.06,
        is_plain=chance.random() < 0.4,
        tags=tuple(tag for word, tag in _TAGS.items() if word in title),
    )


def subject(chance: Random) -> str:
    """A subject."""
    return _filled(chance, chance.choice(phrases.SUBJECTS))


def text(chance: Random, most: int = 3) -> str:
    """One to `most` paragraphs."""
    return "\n\n".join(
        " ".join(_filled(chance, line) for line in chance.sample(phrases.SENTENCES, chance.randint(2, 4)))
        for _ in range(chance.randint(1, most))
    )


def _filled(chance: Random, line: str) -> str:
    return line.replace("{place}", chance.choice(phrases.PLACES)).replace(
        "{day}", chance.choice(phrases.DAYS)
    )
