"""Cards (RFC 6350 and the older versions) as a reader of mail sees them: who, and how to reach them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from backend.formats.content_lines import Line, lines, split_values

MAX_CARDS = 100
MAX_ENTRIES = 30
_LONGEST = 1000
_KINDS = re.compile(r"[A-Za-z-]+")
_SHOWN_KINDS = frozenset({"work", "home", "cell", "fax", "main", "other"})


@dataclass(frozen=True, slots=True)
class Entry:
    """An address, number or the like, and what it is for (`work`, `home`, …)."""

    value: str
    kind: str


@dataclass(slots=True)
class Card:
    """One person or organisation."""

    name: str = ""
    organisation: str = ""
    title: str = ""
    birthday: str = ""
    note: str = ""
    emails: list[Entry] = field(default_factory=list)
    phones: list[Entry] = field(default_factory=list)
    addresses: list[Entry] = field(default_factory=list)
    urls: list[Entry] = field(default_factory=list)


def parse(text: str) -> list[Card]:
    """The cards of a file, those without anything to show left out."""
    found = []
    for properties in _cards(text):
        card = _card(properties)
        if card.name or card.organisation or card.emails or card.phones:
            found.append(card)
        if len(found) >= MAX_CARDS:
            break
    return found


def _cards(text: str) -> Iterator[list[Line]]:
    card: list[Line] | None = None
    for line in lines(text):
        word = line.value.strip().upper()
        if line.name == "BEGIN" and word == "VCARD":
            card = []
        elif line.name == "END" and word == "VCARD" and card is not None:
            yield card
            card = None
        elif card is not None:
            card.append(line)


def _card(properties: list[Line]) -> Card:
    card = Card()
    structured = ""
    for line in properties:
        value = line.text.strip()[:_LONGEST]
        match line.name:
            case "FN":
                card.name = card.name or value
            case "N":
                structured = _person_name(line.value[:_LONGEST])
            case "ORG":
                card.organisation = ", ".join(filter(None, split_values(line.value[:_LONGEST])))
            case "TITLE" | "ROLE":
                card.title = card.title or value
            case "BDAY":
                card.birthday = value[:40]
            case "NOTE":
                card.note = value
            case "EMAIL":
                _add(card.emails, value, line)
            case "TEL":
                _add(card.phones, value.removeprefix("tel:"), line)
            case "ADR":
                _add(card.addresses, ", ".join(filter(None, split_values(line.value[:_LONGEST]))), line)
            case "URL":
                _add(card.urls, value, line)
    card.name = card.name or structured or card.organisation
    return card


def _person_name(value: str) -> str:
    family, given, middle, prefix, suffix, *_ = [*split_values(value), "", "", "", "", ""]
    return " ".join(filter(None, (prefix, given, middle, family, suffix)))


def _add(entries: list[Entry], value: str, line: Line) -> None:
    if value and len(entries) < MAX_ENTRIES:
        kinds = [kind.lower() for kind in _KINDS.findall(line.parameters.get("TYPE", ""))]
        entries.append(Entry(value, next((kind for kind in kinds if kind in _SHOWN_KINDS), "")))
