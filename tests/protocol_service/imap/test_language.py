"""LANGUAGE (RFC 5255): texts in German, codes as ever."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from protocol_service.imap import languages
from tests.protocol_service.imap.conftest import PASSWORD, ImapHouse
from tests.protocol_service.imap.messages import PLAIN
from tests.support.imap_client import ImapClient

NAMESPACES = b'* NAMESPACE (("" "/")) (("Users/" "/")) (("Shared/" "/"))'


@pytest.fixture
async def german(imap: ImapClient) -> ImapClient:
    """alice, who reads German."""
    answer = await imap.command('LANGUAGE "de"')
    assert answer.untagged == [b"* LANGUAGE (DE)", NAMESPACES]
    assert answer.status == b"OK LANGUAGE abgeschlossen"
    return imap


async def test_the_languages_are_named(house: ImapHouse) -> None:
    imap = await house.connect()

    assert b" LANGUAGE " in imap.greeting.replace(b"]", b" ")
    assert await imap.ok("LANGUAGE") == [b"* LANGUAGE (EN DE i-default)"]


async def test_a_stranger_may_choose_and_keeps_the_choice(house: ImapHouse) -> None:
    imap = await house.connect()

    assert (await imap.command("LANGUAGE fr de-AT en")).untagged == [b"* LANGUAGE (DE)"]
    assert await imap.refused(f'LOGIN alice@example.test "not {PASSWORD}"') == (
        b"NO [AUTHENTICATIONFAILED] Die Anmeldung ist fehlgeschlagen"
    )
    answer = await imap.command(f'LOGIN alice@example.test "{PASSWORD}"')
    assert answer.status.endswith(b"] Angemeldet")


async def test_answers_and_untagged_texts_are_german(german: ImapClient) -> None:
    told = await german.command("SELECT INBOX")

    assert told.status == b"OK [READ-WRITE] SELECT abgeschlossen"
    assert "* OK [UIDNEXT 1] Voraussichtlich nächste UID".encode() in told.untagged
    assert await german.refused("SELECT nowhere") == b"NO [NONEXISTENT] Diesen Ordner gibt es nicht"
    assert await german.refused("XYZZY") == b"BAD Unbekannter Befehl"
    assert await german.ok("LOGOUT") == [b"* BYE Auf Wiedersehen"]


async def test_what_messages_hold_is_not_translated(german: ImapClient) -> None:
    raw = PLAIN + b"* OK Signed in\r\n"
    await german.ok(b"APPEND INBOX {%d+}\r\n%b" % (len(raw), raw))
    await german.ok("SELECT INBOX")

    assert await german.ok("FETCH 1 BODY.PEEK[]") == [b"* 1 FETCH (BODY[] {%d}\r\n%b)" % (len(raw), raw)]


@pytest.mark.parametrize(
    ("wanted", "told"), [("EN", b"EN"), ("default", b"i-default"), ("i-default", b"i-default")]
)
async def test_back_to_english(german: ImapClient, wanted: str, told: bytes) -> None:
    answer = await german.command(f"LANGUAGE {wanted}")

    assert answer.untagged[0] == b"* LANGUAGE (%b)" % told
    assert answer.status == b"OK LANGUAGE completed"


async def test_a_language_that_is_not_offered_changes_nothing(german: ImapClient) -> None:
    assert (await german.refused("LANGUAGE fr x-klingon")).startswith(b"NO ")
    assert (await german.refused("LANGUAGE " + " ".join(["fr"] * 30))).startswith(b"NO [LIMIT] ")
    assert (await german.refused('LANGUAGE "fr')).startswith(b"BAD ")

    assert (await german.command("NOOP")).status == b"OK NOOP abgeschlossen"


@given(st.text(max_size=60), st.sampled_from(["OK ", "NO [CANNOT] ", "* BAD ", "BYE [X (a b)] "]))
def test_any_text_keeps_its_status_and_code(text: str, start: str) -> None:
    status = (start + text).encode()

    assert languages.translate(languages.GERMAN, status).startswith(start.encode())
    assert languages.translate(languages.ENGLISH, status) == status
