"""Words of a text as the full-text index knows them, the same for SQLite and PostgreSQL, for texts and
queries.

A word is a run of letters and digits, folded and without diacritics. Han, kana, Thai, Lao, Khmer and Burmese
are written without spaces: each of their characters, with its vowel signs, is a word, and a search for
several finds them side by side.
"""

from __future__ import annotations

import re
from unicodedata import combining, normalize

from backend.formats.search_text import fold

VERSION = 3  # an index with words of another version is made anew

_UNSPACED = (
    "\u3005-\u3007\u3040-\u30ff\u31f0-\u31ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003ffff"
)
# Vowel signs of Indic and other scripts, which are marks that belong into words.
_SIGNS = "\u0900-\u0963\u0966-\u109f\u0e31-\u0e4e\u0f71-\u0f84\u1780-\u17d3"
# Letters and signs of Thai, Lao, Burmese and Khmer.
_BASES = "\u0e01-\u0e30\u0e32-\u0e33\u0e3f-\u0e46\u0e81-\u0eb0\u0eb2-\u0eb3\u0ebd-\u0ec6\u0edc-\u0edf"
_BASES += (
    "\u1000-\u102a\u103f\u1050-\u1055\u105a-\u105d\u1061\u1065\u1066\u106e-\u1070\u1075-\u1081\u1780-\u17b3"
)
_MARKS = "\u0e31\u0e34-\u0e3a\u0e47-\u0e4e\u0eb1\u0eb4-\u0ebc\u0ec8-\u0ece"
_MARKS += (
    "\u102b-\u103e\u1056-\u1059\u105e-\u1060\u1062-\u1064\u1067-\u106d\u1071-\u1074\u1082-\u108d\u17b4-\u17d3"
)
_ASCII_SPACES = {code: " " for code in range(128) if not chr(code).isalnum()}
_WORD = re.compile(rf"[{_UNSPACED}]|[{_BASES}][{_MARKS}]*|(?:[^\W_{_UNSPACED}{_BASES}]|[{_SIGNS}])+")


# Before the words of a List-Id, among the recipients'. No text and no search has it in a word (private use).
LIST_MARK = "\ue000"


def words(text: str) -> list[str]:
    """The words of any text."""
    return spaced(fold(text)).split()


def spaced(text: str) -> str:
    """A folded text as its words with spaces between."""
    if text.isascii():
        return text.translate(_ASCII_SPACES)
    text = "".join(char for char in normalize("NFD", text) if not combining(char))
    return " ".join(_WORD.findall(normalize("NFC", text)))
