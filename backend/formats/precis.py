"""How names and passwords are prepared before they are compared: RFC 4013 (SASLprep) and parts of RFC 8265.

SCRAM clients prepare a password by SASLprep (RFC 5802 §5.1), others by the newer OpaqueString profile (RFC
8265 §4.2); the two differ only beyond ASCII.
"""

from __future__ import annotations

import stringprep
import unicodedata

_PROHIBITED = (
    stringprep.in_table_c12,
    stringprep.in_table_c21_c22,
    stringprep.in_table_c3,
    stringprep.in_table_c4,
    stringprep.in_table_c5,
    stringprep.in_table_c6,
    stringprep.in_table_c7,
    stringprep.in_table_c8,
    stringprep.in_table_c9,
)


def saslprep(text: str) -> str:
    """The text as a query by RFC 4013 (code points that Unicode 3.2 did not know pass); ValueError for what
    it prohibits.
    """
    if text.isascii() and text.isprintable():
        return text
    mapped = "".join(
        " " if stringprep.in_table_c12(char) else char for char in text if not stringprep.in_table_b1(char)
    )
    prepared = unicodedata.ucd_3_2_0.normalize("NFKC", mapped)
    if any(is_prohibited(char) for char in prepared for is_prohibited in _PROHIBITED):
        raise ValueError("a character that SASLprep prohibits")
    _check_directions(prepared)
    return prepared


def opaque_string(text: str) -> str:
    """RFC 8265 §4.2: NFC, any kind of space as a plain one."""
    if text.isascii():
        return text
    spaced = "".join(" " if unicodedata.category(char) == "Zs" else char for char in text)
    return unicodedata.normalize("NFC", spaced)


def width_mapped(text: str) -> str:
    """Full-width and half-width characters as the usual ones, the rest unchanged (RFC 8265 §3.3.1)."""
    if text.isascii():
        return text
    return "".join(
        unicodedata.normalize("NFKC", char) if unicodedata.east_asian_width(char) in {"F", "H"} else char
        for char in text
    )


def _check_directions(text: str) -> None:
    """RFC 3454 §6: right-to-left text holds no left-to-right character and has its own kind at both ends."""
    if not any(stringprep.in_table_d1(char) for char in text):
        return
    if any(stringprep.in_table_d2(char) for char in text):
        raise ValueError("left-to-right characters within right-to-left text")
    if not (stringprep.in_table_d1(text[0]) and stringprep.in_table_d1(text[-1])):
        raise ValueError("right-to-left text must begin and end with such characters")
