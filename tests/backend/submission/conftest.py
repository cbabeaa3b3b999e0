"""A domain with two users who have mailboxes."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from backend.kit import db
from backend.kit.db import Tx
from backend.kit.runtime import Runtime
from backend.mailstore import mailboxes
from tests.support.clocks import Clock, standing


@pytest.fixture
async def maren(rt: Runtime) -> int:
    """The account of maren@example.test."""
    return await add_account("maren", "Maren Holt")


async def add_account(localpart: str, name: str) -> int:
    """A user row with an account, without the cost of a password."""

    async def verb(tx: Tx) -> int:
        domain_id = await tx.fetch_value("SELECT id FROM domain WHERE name = 'example.test'")
        if domain_id is None:
            domain_id = 7
            await tx.execute(
                "INSERT INTO domain (id, name, is_enabled, created_at) VALUES (?, 'example.test', 1, 0)",
                domain_id,
            )
        user_id = 100 + await tx.fetch_value("SELECT COUNT(*) FROM user_account")
        await tx.execute(
            "INSERT INTO user_account (id, domain_id, localpart, name, created_at) VALUES (?, ?, ?, ?, 0)",
            user_id,
            domain_id,
            localpart,
            name,
        )
        await mailboxes.create_standard(tx, user_id)
        return int(user_id)

    return await db.write(verb)


@pytest.fixture
def time() -> Iterator[Clock]:
    with standing(1_900_000_000.0) as moved:
        yield moved
