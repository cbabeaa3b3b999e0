"""Browser sessions and API keys: opened, found, ended; what they may is asked anew each time."""

from __future__ import annotations

import hashlib

import pytest

from backend.directory import api_keys, domains, sessions, users
from backend.directory.principal import SYSTEM
from backend.directory.roles import Permission, Role
from backend.kit import db
from backend.kit.errors import InvalidSyntax, LimitExceeded, NotFound, PermissionDenied
from schema.events import Event, SessionRevoked


async def test_only_the_digest_of_the_token_is_stored(world) -> None:
    token, principal = await sessions.create(
        world.as_ada, remote_address="192.0.2.1", user_agent="Lynx\x00 2"
    )

    row = await db.fetch_row("SELECT id, token_hash, user_agent FROM session")
    assert row == (principal.session_id, hashlib.sha256(token.encode()).hexdigest(), "Lynx 2")
    assert len(token) >= 43


async def test_session_is_found_by_its_token(world) -> None:
    token, opened = await sessions.create(world.as_ada, remote_address="192.0.2.1")

    found = await sessions.find(token, remote_address="192.0.2.1")

    assert found == opened
    for wrong in ("", token[:-1], token + "x", "\udcff"):
        assert await sessions.find(wrong) is None


async def test_session_lasts_while_it_is_used(world, moving_clock) -> None:
    token, _ = await sessions.create(world.as_ada, remote_address="")

    for _ in range(8):
        moving_clock.advance(sessions.IDLE_S - 60)
        used = await sessions.find(token)
        if used is None:
            break
    assert (
        6 * (sessions.IDLE_S - 60) < moving_clock.now - 1_800_000_000 <= sessions.LONGEST_S + sessions.IDLE_S
    )


async def test_unused_session_runs_out(world, moving_clock) -> None:
    token, _ = await sessions.create(world.as_ada, remote_address="")
    moving_clock.advance(sessions.IDLE_S)

    assert await sessions.find(token) is None
    assert await sessions.delete_expired() == 1
    assert await db.fetch_value("SELECT count(*) FROM session") == 0


async def test_revoked_session_is_over_at_once(world, heard: list[Event]) -> None:
    token, own = await sessions.create(world.as_ada, remote_address="")
    other_token, other = await sessions.create(world.as_ada, remote_address="")
    assert await sessions.find(other_token) is not None

    await sessions.revoke(own, other.session_id or 0)

    assert await sessions.find(other_token) is None
    assert await sessions.find(token) is not None
    assert heard == [SessionRevoked(other.session_id or 0)]


async def test_sessions_of_others_do_not_exist(world) -> None:
    token, ada = await sessions.create(world.as_ada, remote_address="")

    for session_id in (ada.session_id or 0, 999):
        with pytest.raises(NotFound, match="No such session"):
            await sessions.revoke(world.as_root, session_id)
    assert await sessions.find(token) is not None


async def test_all_but_this_one_are_ended(world) -> None:
    tokens = [(await sessions.create(world.as_ada, remote_address="")) for _ in range(3)]
    own = tokens[0][1]

    assert await sessions.revoke_all(own) == 2

    assert [session.id for session in await sessions.list_own(own)] == [own.session_id]


async def test_disabled_owner_is_out_at_once(world) -> None:
    token, _ = await sessions.create(world.as_ada, remote_address="")
    root_token, _ = await sessions.create(world.as_root, remote_address="")
    assert await sessions.find(token) is not None

    await domains.set_enabled(SYSTEM, world.example.id, enabled=False)

    assert await sessions.find(token) is None
    assert await sessions.find(root_token) is not None


async def test_lost_right_is_felt_at_the_next_request(world) -> None:
    token, _ = await sessions.create(world.as_deputy, remote_address="")
    await users.update(SYSTEM, world.deputy.id, role=Role.USER)

    found = await sessions.find(token)

    assert found is not None
    assert found.role is Role.USER
    assert Permission.USERS_READ not in found.permissions


async def test_ended_session_is_refused_in_seconds_without_events(world, moving_clock) -> None:
    token, _ = await sessions.create(world.as_ada, remote_address="")
    assert await sessions.find(token) is not None
    await db.write(lambda tx: tx.execute("DELETE FROM session"))

    moving_clock.advance(5)

    assert await sessions.find(token) is None


async def test_key_acts_as_its_owner_with_what_it_was_given(world) -> None:
    text, key = await api_keys.create(world.as_deputy, " Reports ", permissions=[Permission.USERS_READ])

    found = await api_keys.find(text, remote_address="192.0.2.1")

    assert found is not None
    assert (found.user_id, found.session_id, found.remote_address) == (world.deputy.id, key.id, "192.0.2.1")
    assert found.permissions == {Permission.USERS_READ}
    assert key.label == "Reports"
    stored = await db.fetch_value("SELECT key_hash FROM api_key")
    assert stored == hashlib.sha256(text.encode()).hexdigest()


async def test_key_loses_what_its_owner_loses(world) -> None:
    text, _ = await api_keys.create(world.as_deputy, "all", permissions=None)
    await users.update(SYSTEM, world.deputy.id, role=Role.USER)

    found = await api_keys.find(text)

    assert found is not None
    assert found.permissions == {Permission.MAIL_USE, Permission.API_KEYS_MANAGE}


async def test_key_cannot_hold_more_than_its_maker(world) -> None:
    with pytest.raises(PermissionDenied):
        await api_keys.create(world.as_ada, "x", permissions=[Permission.USERS_READ])

    narrow, _ = await api_keys.create(world.as_deputy, "narrow", permissions=[Permission.API_KEYS_MANAGE])
    principal = await api_keys.find(narrow)
    assert principal is not None
    _, child = await api_keys.create(principal, "child")
    assert child.permissions == frozenset({Permission.API_KEYS_MANAGE})


async def test_key_without_the_right_makes_and_shows_no_keys(world) -> None:
    text, key = await api_keys.create(world.as_deputy, "reader", permissions=[Permission.USERS_READ])
    principal = await api_keys.find(text)
    assert principal is not None

    for attempt in (
        api_keys.create(principal, "x"),
        api_keys.list_own(principal),
        api_keys.revoke(principal, key.id),
    ):
        with pytest.raises(PermissionDenied):
            await attempt


async def test_key_runs_out_and_is_revoked(world, moving_clock, heard: list[Event]) -> None:
    soon, _ = await api_keys.create(world.as_ada, "soon", expires_at=1_800_000_100)
    later, key = await api_keys.create(world.as_ada, "later")

    moving_clock.advance(100)
    assert await api_keys.find(soon) is None
    assert await api_keys.find(later) is not None
    await api_keys.revoke(world.as_ada, key.id)
    assert await api_keys.find(later) is None
    assert heard == [SessionRevoked(key.id)]
    assert [found.label for found in await api_keys.list_own(world.as_ada)] == ["soon"]


@pytest.mark.parametrize("text", ["", "postroom_", "Bearer x", "postroom_\udcff"])
async def test_what_is_no_key_is_nobody(world, text: str) -> None:
    assert await api_keys.find(text) is None


async def test_keys_of_others_do_not_exist(world) -> None:
    _, key = await api_keys.create(world.as_ada, "mine")

    for key_id in (key.id, 999):
        with pytest.raises(NotFound, match="No such key"):
            await api_keys.revoke(world.as_root, key_id)


async def test_wrong_wishes_for_a_key_are_refused(
    world, moving_clock, monkeypatch: pytest.MonkeyPatch
) -> None:
    with pytest.raises(InvalidSyntax):
        await api_keys.create(world.as_ada, "  ")
    with pytest.raises(InvalidSyntax):
        await api_keys.create(world.as_ada, "x", expires_at=1_800_000_000)
    with pytest.raises(PermissionDenied):
        await api_keys.create(SYSTEM, "x")
    monkeypatch.setattr(api_keys, "MOST_KEYS", 0)
    with pytest.raises(LimitExceeded):
        await api_keys.create(world.as_ada, "x")
    assert await db.fetch_value("SELECT count(*) FROM api_key") == 0
