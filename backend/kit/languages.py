"""The language that somebody is spoken to in: the server's sentences are English, and put into the reader's
language where they leave (`said`).

`texts/<language>.json` has for each sentence its translation. Names in braces stand for what was filled in:
`There is no user {wanted}` fits `There is no user liv`, and what stood there is put into the translation,
translated itself where it is a sentence of ours.
"""

from __future__ import annotations

import json
import re
from contextvars import ContextVar
from dataclasses import dataclass
from functools import cache
from pathlib import Path

FOLDER = Path(__file__).parent / "texts"
ORIGINAL = "en"
LANGUAGES = frozenset({ORIGINAL, *(path.stem for path in FOLDER.glob("*.json"))})
# Longer texts are somebody's own.
MAX_CHARS = 1000
MAX_DEPTH = 3
_PLACE = re.compile(r"\{(\w+)\}")

language: ContextVar[str] = ContextVar("language", default=ORIGINAL)


def said(text: str) -> str:
    """The text in the language of whoever asks, or as it is."""
    return translated(text, language.get())


def translated(text: str, tongue: str) -> str:
    """The text in that language, one of `LANGUAGES`, or as it is."""
    return text if tongue == ORIGINAL else _catalogue(tongue).translate(text)


def preferred(accept_language: str) -> str:
    """The language of ours that an Accept-Language (RFC 9110, 12.5.4) likes best; English without one."""
    best, liked = ORIGINAL, 0.0
    for entry in accept_language[:500].lower().split(","):
        tag, _, parameter = entry.partition(";")
        name = tag.strip().split("-")[0]
        weight = _weight(parameter.strip())
        if name in LANGUAGES and weight > liked:
            best, liked = name, weight
    return best


def _weight(parameter: str) -> float:
    if not parameter:
        return 1.0
    try:
        return float(parameter.removeprefix("q="))
    except ValueError:
        return 0.0


@dataclass(frozen=True, slots=True)
class Template:
    """A sentence with places: the texts around them, one more than there are names."""

    literals: tuple[str, ...]
    names: tuple[str, ...]

    @classmethod
    def parse(cls, text: str) -> Template:
        """From `There is no user {wanted}`."""
        parts = _PLACE.split(text)
        return cls(tuple(parts[::2]), tuple(parts[1::2]))

    @property
    def weight(self) -> int:
        """How much of it is its own: the heaviest that fits is meant."""
        return sum(map(len, self.literals))

    def read(self, text: str) -> dict[str, str] | None:
        """What stands in its places, if the text is of this kind; in one pass over the text."""
        first, *inner, last = self.literals
        end = len(text) - len(last)
        if not text.startswith(first) or not text.endswith(last) or end < len(first):
            return None
        values, start = [], len(first)
        for literal in inner:
            found = text.find(literal, start, end)
            if found < 0:
                return None
            values.append(text[start:found])
            start = found + len(literal)
        values.append(text[start:end])
        return dict(zip(self.names, values, strict=True))


class Catalogue:
    """The sentences of a language."""

    def __init__(self, texts: dict[str, str]) -> None:
        self._whole = {text: own for text, own in texts.items() if not _PLACE.search(text)}
        self._templates = sorted(
            ((Template.parse(text), own) for text, own in texts.items() if _PLACE.search(text)),
            key=lambda entry: -entry[0].weight,
        )

    def translate(self, text: str, depth: int = 0) -> str:
        """The text in this language, or as it is."""
        if text in self._whole:
            return self._whole[text]
        if not text or len(text) > MAX_CHARS or depth > MAX_DEPTH:
            return text
        for template, own in self._templates:
            values = template.read(text)
            if values is not None:
                filled = {name: self.translate(value, depth + 1) for name, value in values.items()}
                return _PLACE.sub(lambda place: filled.get(place[1], ""), own)  # noqa: B023  # used at once
        return text


@cache
def _catalogue(tongue: str) -> Catalogue:
    return Catalogue(texts(tongue))


def texts(tongue: str) -> dict[str, str]:
    """What is written for a language."""
    found: dict[str, str] = json.loads((FOLDER / f"{tongue}.json").read_text("utf-8"))
    return found
