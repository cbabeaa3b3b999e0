"""The one folding of text for search: what is stored at ingest and what is asked for meet in it."""

from __future__ import annotations

from unicodedata import is_normalized, normalize


def fold(text: str) -> str:
    """NFKC, case-folded, every run of white space one space, none at the ends."""
    if text.isascii():
        folded = text.lower()
    else:
        folded = normalize("NFKC", text).casefold()
        if not is_normalized("NFKC", folded):
            folded = normalize("NFKC", folded)  # case folding may undo the composition
    # Five times as fast as splitting into words: empty lines go first, of which HTML leaves many, and the
    # doubled spaces in a few halving passes.
    folded = folded.replace("\r", " ").replace("\t", " ")
    if "\n" in folded:
        folded = " ".join(filter(None, folded.split("\n")))
    while len(shorter := folded.replace("  ", " ")) < len(folded):
        folded = shorter
    return folded.strip()
