"""Words of a text as the full-text index knows them, the same for SQLite and PostgreSQL, for texts and
queries.

A word is a run of letters and digits, folded and without diacritics. Han and kana are written without spaces:
each of their characters is a word, and a search for several finds them side by side.
"""

from __future__ import annotations

import re
from unicodedata import combining, normalize

from backend.formats.search_text import fold

_UNSPACED = (
    "\u3005-\u3007\u3040-\u30ff\u31f0-\u31ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003ffff"
)
# Vowel signs of Indic and other scripts, which are marks that belong into words.
_SIGNS = "\u0900-\u0963\u0966-\u109f\u0e31-\u0e4e\u0f71-\u0f84\u1780-\u17d3"
_ASCII_SPACES = {code: " " for code in range(128) if not chr(code).isalnum()}
_WORD = re.compile(rf"[{_UNSPACED}]|(?:[^\W_{_UNSPACED}]|[{_SIGNS}])+")


def words(text: str) -> list[str]:
    """The words of any text."""
    return spaced(fold(text)).split()


def spaced(text: str) -> str:
    """A folded text as its words with spaces between."""
    if text.isascii():
        return text.translate(_ASCII_SPACES)
    text = "".join(char for char in normalize("NFD", text) if not combining(char))
    return " ".join(_WORD.findall(normalize("NFC", text)))
