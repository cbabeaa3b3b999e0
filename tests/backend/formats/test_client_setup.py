"""The three documents that mail programs read, and the request that Outlook sends."""

from __future__ import annotations

import plistlib
import xml.etree.ElementTree as ET

import pytest
from hypothesis import given
from hypothesis import strategies as st

from backend.formats import client_setup
from backend.formats.client_setup import MailServer

IMAPS = MailServer("imap", "mail.example.test", 993, True)
IMAP = MailServer("imap", "mail.example.test", 143, False)
SUBMISSIONS = MailServer("smtp", "mail.example.test", 465, True)
SUBMISSION = MailServer("smtp", "mail.example.test", 587, False)
OUTLOOK = "http://schemas.microsoft.com/exchange/autodiscover/outlook/responseschema/2006a"
REQUEST = f"""<?xml version="1.0" encoding="utf-8"?>
<Autodiscover xmlns="http://schemas.microsoft.com/exchange/autodiscover/outlook/requestschema/2006">
  <Request>
    <EMailAddress>maren@example.test</EMailAddress>
    <AcceptableResponseSchema>{OUTLOOK}</AcceptableResponseSchema>
  </Request>
</Autodiscover>"""


def test_autoconfig_names_every_server_and_how_it_is_secured() -> None:
    document = client_setup.autoconfig("example.test", "R & D", [IMAPS, IMAP, SUBMISSIONS, SUBMISSION])

    provider = ET.fromstring(document).find("emailProvider")
    assert provider is not None
    assert provider.get("id") == "example.test"
    assert provider.findtext("displayName") == "R & D"
    found = [
        (one.tag, one.get("type"), one.findtext("port"), one.findtext("socketType"), one.findtext("username"))
        for one in provider
        if one.tag.endswith("Server")
    ]
    assert found == [
        ("incomingServer", "imap", "993", "SSL", "%EMAILADDRESS%"),
        ("incomingServer", "imap", "143", "STARTTLS", "%EMAILADDRESS%"),
        ("outgoingServer", "smtp", "465", "SSL", "%EMAILADDRESS%"),
        ("outgoingServer", "smtp", "587", "STARTTLS", "%EMAILADDRESS%"),
    ]


def test_autodiscover_answers_with_the_best_server_of_each_protocol() -> None:
    document = client_setup.autodiscover("a&b@example.test", [IMAPS, IMAP, SUBMISSION])

    found = [
        tuple(one.findtext(f"{{{OUTLOOK}}}{name}") for name in ("Type", "Port", "Encryption", "LoginName"))
        for one in ET.fromstring(document).iter(f"{{{OUTLOOK}}}Protocol")
    ]
    assert found == [
        ("IMAP", "993", "SSL", "a&b@example.test"),
        ("SMTP", "587", "TLS", "a&b@example.test"),
    ]


def test_request_names_address_and_schema() -> None:
    assert client_setup.requested_address(REQUEST.encode()) == ("maren@example.test", OUTLOOK)
    assert client_setup.requested_address(b"\xef\xbb\xbf" + REQUEST.encode())[0] == "maren@example.test"


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"address=maren@example.test",
        b"<Autodiscover></Autodiscover>",
        REQUEST.replace("maren@example.test", " ").encode(),
        b'<!DOCTYPE a [<!ENTITY b "bbbb"><!ENTITY c "&b;&b;">]><a><EMailAddress>&c;</EMailAddress></a>',
        b'<!DOCTYPE a SYSTEM "file:///etc/passwd"><a><EMailAddress>x@y.test</EMailAddress></a>',
        REQUEST.encode() + b" " * client_setup.REQUEST_BYTES,
    ],
)
def test_what_is_no_request_is_refused(body: bytes) -> None:
    with pytest.raises(ValueError):
        client_setup.requested_address(body)


@given(st.binary(max_size=400))
def test_any_bytes_are_a_request_or_refused(body: bytes) -> None:
    try:
        address, _ = client_setup.requested_address(body)
    except ValueError:
        return
    assert address


def test_profile_sets_up_reading_and_sending() -> None:
    document = client_setup.mobileconfig("maren@example.test", "example.test", [IMAPS, SUBMISSIONS])

    assert document is not None
    profile = plistlib.loads(document)
    [account] = profile["PayloadContent"]
    assert profile["PayloadIdentifier"] == "test.example.mail"
    assert account["EmailAddress"] == account["IncomingMailServerUsername"] == "maren@example.test"
    assert (account["IncomingMailServerPortNumber"], account["OutgoingMailServerPortNumber"]) == (993, 465)
    assert account["IncomingMailServerUseSSL"] is account["OutgoingMailServerUseSSL"] is True


def test_profile_of_an_address_keeps_its_identifiers() -> None:
    def identifiers(address: str) -> tuple[str, str]:
        profile = plistlib.loads(client_setup.mobileconfig(address, "x", [IMAPS, SUBMISSIONS]) or b"")
        return profile["PayloadUUID"], profile["PayloadContent"][0]["PayloadUUID"]

    assert identifiers("maren@example.test") == identifiers("maren@example.test")
    assert len({*identifiers("maren@example.test"), *identifiers("sofia@example.test")}) == 4


def test_there_is_no_profile_without_a_server_to_send_by() -> None:
    assert client_setup.mobileconfig("maren@example.test", "x", [IMAPS]) is None
