"""Protocols that somebody above has turned off: from system to domain to user."""

from __future__ import annotations

import pytest

from backend.directory import protocols, settings
from backend.directory.principal import for_user
from backend.directory.protocols import Protocol, ProtocolDisabled
from backend.directory.setting_key import Level
from backend.kit.errors import LimitExceeded


@pytest.mark.parametrize(
    ("protocol", "text"),
    [
        ("imap", "IMAP is turned off for this account"),
        ("smtp", "Sending by mail programs is turned off for this account"),
    ],
)
async def test_a_protocol_is_on_until_a_domain_turns_it_off(world, protocol: Protocol, text: str) -> None:
    ada, key = for_user(world.ada), f"{protocol}.enabled"
    await protocols.require(ada, protocol)

    await settings.set_value(world.as_deputy, key, Level.DOMAIN, world.example.id, False)
    with pytest.raises(ProtocolDisabled) as refusal:
        await protocols.require(ada, protocol)
    assert refusal.value.public == text
    await protocols.require(for_user(world.stranger), protocol)

    await settings.set_value(world.as_deputy, key, Level.USER, world.ada.id, True)
    await protocols.require(ada, protocol)


async def test_what_the_system_forbids_nobody_below_allows(world) -> None:
    await settings.set_value(world.as_deputy, "imap.enabled", Level.USER, world.ada.id, True)

    await settings.set_ceiling(world.as_root, "imap.enabled", Level.DOMAIN, world.example.id, False)

    with pytest.raises(ProtocolDisabled):
        await protocols.require(for_user(world.ada), "imap")
    with pytest.raises(
        LimitExceeded, match=r"^IMAP: off, set by the system administrator for example\.test$"
    ):
        await settings.set_value(world.as_deputy, "imap.enabled", Level.DOMAIN, world.example.id, True)
