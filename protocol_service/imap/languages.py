"""Human-readable texts of responses in the languages that LANGUAGE offers (RFC 5255 §3).

English is what the code says and what `i-default` is. A text without a translation stays English, which §3.4
allows: the codes are what programs read. What the mail store says is translated with the API's texts.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from functools import lru_cache

from backend.kit import languages

ENGLISH, GERMAN, DEFAULT = b"EN", b"DE", b"i-default"
OFFERED = (ENGLISH, GERMAN, DEFAULT)

_STATUS = re.compile(rb"((?:\* )?(?:OK|NO|BAD|BYE) (?:\[[^\]]*\] )?)(.*)", re.DOTALL)

_GERMAN = {
    "A message cannot be empty": "Eine Nachricht kann nicht leer sein",
    "Authentication failed": "Die Anmeldung ist fehlgeschlagen",
    "Authentication was cancelled": "Die Anmeldung wurde abgebrochen",
    "Begin TLS now": "TLS kann beginnen",
    "DEFLATE active": "DEFLATE ist eingeschaltet",
    "DEFLATE is active already": "DEFLATE ist bereits eingeschaltet",
    "Flags that are kept": "Kennzeichen, die bleiben",
    "Highest": "Höchster Stand",
    "Logging out": "Auf Wiedersehen",
    "Mailbox identifier": "Kennung des Postfachs",
    "Missing argument": "Es fehlt eine Angabe",
    "Moved": "Verschoben",
    "No mailbox is selected": "Es ist kein Postfach ausgewählt",
    "No messages were copied": "Es wurden keine Nachrichten kopiert",
    "No messages were moved": "Es wurden keine Nachrichten verschoben",
    "Only UIDs are spoken here": "Hier gelten nur UIDs",
    "Predicted next UID": "Voraussichtlich nächste UID",
    "Replacement stored": "Ersatz gespeichert",
    "SEARCH completed, result saved": "SEARCH abgeschlossen, Ergebnis gemerkt",
    "Sign in again": "Bitte erneut anmelden",
    "Signed in": "Angemeldet",
    "Still working": "Noch in Arbeit",
    "TLS is active already": "TLS ist bereits eingeschaltet",
    "The charset is not supported": "Der Zeichensatz wird nicht unterstützt",
    "The command is not allowed now": "Der Befehl ist jetzt nicht erlaubt",
    "The command line is too long": "Die Befehlszeile ist zu lang",
    "The literal is too large": "Das Literal ist zu groß",
    "The mailbox is selected read-only": "Das Postfach ist nur zum Lesen ausgewählt",
    "The mailbox name is not valid UTF-8": "Der Name des Postfachs ist kein gültiges UTF-8",
    "The mailbox name is not valid modified UTF-7": (
        "Der Name des Postfachs ist kein gültiges abgewandeltes UTF-7"
    ),
    "The mechanism is not supported": "Das Verfahren wird nicht unterstützt",
    "The message is gone": "Die Nachricht ist nicht mehr da",
    "The message is too large": "Die Nachricht ist zu groß",
    "The messages are in that mailbox already": "Die Nachrichten sind bereits in diesem Postfach",
    "The messages of one APPEND are too large together": "Die Nachrichten eines APPEND sind zusammen zu groß",
    "The previous mailbox is closed": "Das vorige Postfach ist geschlossen",
    "The selected mailbox is no longer shared with you": (
        "Das ausgewählte Postfach ist nicht mehr für Sie freigegeben"
    ),
    "The selected mailbox was deleted": "Das ausgewählte Postfach wurde gelöscht",
    "The server is shutting down": "Der Server wird beendet",
    "The transfer encoding of a part is not known": "Die Kodierung eines Teils ist nicht bekannt",
    "There is no such message number": "Eine solche Nachrichtennummer gibt es nicht",
    "There is no such system flag": "Ein solches Systemkennzeichen gibt es nicht",
    "There is too much to tell": "Es gibt zu viel mitzuteilen",
    "Timed out": "Zeitüberschreitung",
    "Too many bad commands": "Zu viele fehlerhafte Befehle",
    "Too many failed attempts": "Zu viele fehlgeschlagene Versuche",
    "Too many messages for one APPEND": "Zu viele Nachrichten für ein APPEND",
    "Too many messages for one COPY": "Zu viele Nachrichten für ein COPY",
    "Too much data": "Zu viele Daten",
    "UIDs valid": "UIDs gültig",
    "Unexpected argument": "Unerwartete Angabe",
    "Unknown command": "Unbekannter Befehl",
    "Use TLS before you sign in": "Bitte vor der Anmeldung TLS einschalten",
}
_GERMAN_PATTERNS = [
    (re.compile(r"([A-Z]+) completed"), r"\1 abgeschlossen"),
    (re.compile(r"Expected (.+)"), r"Erwartet wird \1"),
    (re.compile(r"Internal error, reference (.+)"), r"Interner Fehler, Kennung \1"),
    (re.compile(r"The message is larger than (\d+) bytes"), r"Die Nachricht ist größer als \1 Bytes"),
    (re.compile(r"Unknown (.+)"), r"Unbekannt: \1"),
]


@lru_cache(maxsize=512)
def german(text: str) -> str:
    """The text in German, or as it is."""
    found = _GERMAN.get(text)
    if found is not None:
        return found
    for pattern, template in _GERMAN_PATTERNS:
        match = pattern.fullmatch(text)
        if match is not None:
            return match.expand(template)
    return languages.translated(text, "de")


_TRANSLATIONS: dict[bytes, Callable[[str], str]] = {GERMAN: german}


def choose(ranges: Sequence[bytes]) -> bytes | None:
    """The language for the first of the ranges that fits one (RFC 4647 §3.4), `default` included."""
    for wanted in ranges:
        if wanted.lower() in {b"default", b"i-default", b"*"}:
            return DEFAULT
        primary = wanted.partition(b"-")[0].upper()
        if primary in OFFERED:
            return primary
    return None


def translate(language: bytes, status: bytes) -> bytes:
    """A status response, `[* ]OK [code] text` without its tag, with its text in the language, in UTF-8."""
    translation = _TRANSLATIONS.get(language)
    match = _STATUS.fullmatch(status) if translation is not None else None
    if translation is None or match is None:
        return status
    text = match[2].decode("utf-8", "replace")
    end = "\r\n" if text.endswith("\r\n") else ""
    return match[1] + (translation(text.removesuffix("\r\n")) + end).encode()
