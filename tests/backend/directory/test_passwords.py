"""Hashes and what a new password must be."""

from __future__ import annotations

import pytest

from backend.directory import passwords
from backend.kit.errors import InvalidSyntax, Unavailable

NAMES = ("jane.doe@example.test", "jane.doe", "example.test", "Jane Doe")


async def test_hash_is_argon2id_of_the_declared_profile() -> None:
    stored = await passwords.hash_password("violet-anchor-73")

    assert stored.startswith("$argon2id$v=19$m=19456,t=2,p=1$")
    assert not passwords.needs_rehash(stored)
    assert await passwords.verify(stored, "violet-anchor-73")
    assert not await passwords.verify(stored, "violet-anchor-74")


async def test_composed_and_decomposed_letters_are_the_same_password() -> None:
    stored = await passwords.hash_password("Zürich-und-Köln")

    assert await passwords.verify(stored, "Zu\u0308rich-und-Ko\u0308ln")


@pytest.mark.parametrize("stored", ["", "garbage", "$argon2id$v=19$m=19456,t=2,p=1$broken"])
async def test_nothing_matches_an_absent_or_broken_hash(stored: str) -> None:
    assert not await passwords.verify(stored, "violet-anchor-73")


async def test_absent_hash_costs_a_verification(monkeypatch: pytest.MonkeyPatch) -> None:
    verified: list[str] = []

    def verify(stored: str, _: str) -> bool:
        verified.append(stored)
        return True

    monkeypatch.setattr(passwords, "_verify", verify)

    assert not await passwords.verify("", "violet-anchor-73")

    assert verified == [passwords.NOBODY]


def test_hash_of_nobody_has_the_parameters_of_today() -> None:
    assert not passwords.needs_rehash(passwords.NOBODY)


def test_older_parameters_want_a_new_hash() -> None:
    assert passwords.needs_rehash(passwords.NOBODY.replace("t=2", "t=1"))


@pytest.mark.parametrize(
    "password",
    [
        "short-one",
        "1234567890",
        "2024010112345",
        "password123",
        "P@ssw0rd2024!",
        "Qwertyuiop",
        "abcabcabcabc",
        "aaaaaaaaaaaa",
        "sunshine-1999",
        "letmein!!!!",
        "welcomeadmin",
        "jane.doe12345",
        "JaneDoe2024",
        "jane.doe@example.test",
        "tset.elpmaxe",
        "violet\x00anchor",
        "x1" * 600,
    ],
)
def test_weak_password_is_refused(password: str) -> None:
    with pytest.raises(InvalidSyntax) as refusal:
        passwords.require_acceptable(password, names=NAMES)

    assert refusal.value.field == "password"


@pytest.mark.parametrize(
    "password",
    ["violet-anchor-73", "walrus velvet 19", "tr0ub4dor&3xx", "xk3fz9qqmm", "correcte pferd klammer"],
)
def test_strong_password_is_taken(password: str) -> None:
    passwords.require_acceptable(password, names=NAMES)


def test_shortest_is_what_the_policy_says() -> None:
    with pytest.raises(InvalidSyntax, match="at least 20 characters"):
        passwords.require_acceptable("violet-anchor-73", names=(), shortest=20)


async def test_flood_of_hashes_is_refused_not_queued_without_end(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(passwords._places, "acquire", lambda blocking: False)

    with pytest.raises(Unavailable):
        await passwords.verify("", "violet-anchor-73")
