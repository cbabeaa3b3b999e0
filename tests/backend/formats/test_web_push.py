"""Encryption for push subscriptions (RFC 8291) and our token (RFC 8292), by the RFCs' own examples."""

from __future__ import annotations

import json

import pytest
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.asymmetric.utils import encode_dss_signature
from cryptography.hazmat.primitives.hashes import SHA256
from hypothesis import given
from hypothesis import strategies as st

from backend.formats import vapid, web_push
from backend.formats.errors import InvalidSyntax, LimitPassed
from backend.formats.web_push import CURVE, Receiver, from_base64url, to_base64url
from tests.support.push_receiver import Browser

# RFC 8291 §5 and appendix A.
TEXT = b"When I grow up, I want to be a watermelon"
UA_PUBLIC = "BCVxsr7N_eNgVRqvHtD0zTZsEc6-VV-JvLexhqUzORcxaOzi6-AYWXvTBHm4bjyPjs7Vd8pZGH6SRpkNtoIAiw4"
AS_PRIVATE = "yfWPiYE-n46HLnH0KqZOF1fJJU3MYrct3AELtAQ-oRw"
AUTH = "BTBZMqHH6r4Tts7J_aSIgg"
SALT = "DGv6ra1nlYgDCS1FRnbzlw"
BODY = (
    "DGv6ra1nlYgDCS1FRnbzlwAAEABBBP4z9KsN6nGRTbVYI_c7VJSPQTBtkgcy27mlmlMoZIIgDll6e3vCYLocInmYWAmS6Tlz"
    "AC8wEqKK6PBru3jl7A_yl95bQpu6cVPTpK4Mqgkf1CXztLVBSt2Ks3oZwbuwXPXLWyouBWLVWGNWQexSgSxsj_Qulcy4a-fN"
)
# RFC 8292 §2.4.
TOKEN = (
    "eyJ0eXAiOiJKV1QiLCJhbGciOiJFUzI1NiJ9.eyJhdWQiOiJodHRwczovL3B1c2guZXhhbXBsZS5uZXQiLCJleHAiOjE0NTM1"
    "MjM3NjgsInN1YiI6Im1haWx0bzpwdXNoQGV4YW1wbGUuY29tIn0.i3CYb7t4xfxCDquptFOepC9GAu_HLGkMlMuCGSK2rpiUf"
    "nK9ojFwDXb1JrErtmysazNjjvW2L9OkSSHzvoD1oA"
)
TOKEN_KEY = "BA1Hxzyi1RUM1b5wjxsn7nGxAszw2u61m164i3MrAIxHF6YK5h4SDYic-dRuU_RCPCfA5aq9ojSwk5Y2EmClBPs"


def verify(token: str, key: str) -> dict[str, object]:
    """The claims of a token that this key has signed."""
    signed, _, signature = token.rpartition(".")
    raw = from_base64url(signature)
    assert len(raw) == 64
    der = encode_dss_signature(int.from_bytes(raw[:32], "big"), int.from_bytes(raw[32:], "big"))
    point = ec.EllipticCurvePublicKey.from_encoded_point(CURVE, from_base64url(key))
    point.verify(der, signed.encode(), ec.ECDSA(SHA256()))
    claims: dict[str, object] = json.loads(from_base64url(signed.partition(".")[2]))
    return claims


def test_the_example_of_rfc_8291_is_made_byte_for_byte() -> None:
    sender = ec.derive_private_key(int.from_bytes(from_base64url(AS_PRIVATE), "big"), CURVE)

    body = web_push.encrypt(TEXT, Receiver.parse(UA_PUBLIC, AUTH), sender=sender, salt=from_base64url(SALT))

    assert to_base64url(body) == BODY


@given(st.binary(max_size=300))
def test_only_the_browser_reads_it(text: bytes) -> None:
    browser = Browser()

    body = web_push.encrypt(text, Receiver.parse(browser.p256dh, browser.auth))

    assert browser.decrypt(body) == text
    assert text not in body or len(text) < 4


def test_a_message_fills_a_record_and_no_more() -> None:
    browser = Browser()
    receiver = Receiver.parse(browser.p256dh, browser.auth)

    body = web_push.encrypt(b"a" * web_push.MAX_TEXT_BYTES, receiver)

    assert len(body) == web_push.RECORD_BYTES
    with pytest.raises(LimitPassed):
        web_push.encrypt(b"a" * (web_push.MAX_TEXT_BYTES + 1), receiver)


@pytest.mark.parametrize(
    ("p256dh", "auth"),
    [
        ("", AUTH),
        (UA_PUBLIC[:-1], AUTH),
        (UA_PUBLIC + "AA", AUTH),
        (UA_PUBLIC.replace("B", "A", 1), AUTH),
        (UA_PUBLIC[:-3] + "AAA", AUTH),
        ("ü" * 87, AUTH),
        ("+/" * 43, AUTH),
        (UA_PUBLIC, ""),
        (UA_PUBLIC, AUTH + "AA"),
        (UA_PUBLIC, "a b"),
    ],
)
def test_keys_that_no_browser_gives_are_refused(p256dh: str, auth: str) -> None:
    with pytest.raises(InvalidSyntax):
        Receiver.parse(p256dh, auth)


@given(st.text(max_size=120), st.text(max_size=40))
def test_any_other_text_is_refused_in_one_way(p256dh: str, auth: str) -> None:
    with pytest.raises(InvalidSyntax):
        Receiver.parse(p256dh, auth)


def test_the_example_of_rfc_8292_verifies_as_ours_do() -> None:
    assert verify(TOKEN, TOKEN_KEY)["aud"] == "https://push.example.net"
    key = vapid.key_of(b"\x01" * 32)

    field = vapid.authorization(
        key, audience="https://push.example.net", subject="mailto:push@example.com", expires_at=1453523768
    )

    token, _, public = field.removeprefix("vapid t=").partition(", k=")
    assert public == vapid.public_key(key)
    assert verify(token, public) == verify(TOKEN, TOKEN_KEY)
    assert token.partition(".")[0] == TOKEN.partition(".")[0]
    with pytest.raises(InvalidSignature):
        verify(token, TOKEN_KEY)


@pytest.mark.parametrize("secret", [b"\x00" * 32, b"\xff" * 32, b"\x01" * 32])
def test_any_secret_is_a_key_always_the_same(secret: bytes) -> None:
    assert vapid.public_key(vapid.key_of(secret)) == vapid.public_key(vapid.key_of(secret))
    assert len(from_base64url(vapid.public_key(vapid.key_of(secret)))) == 65
