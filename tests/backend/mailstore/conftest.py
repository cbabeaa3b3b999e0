"""An account with its standard mailboxes, on SQLite or on both engines."""

from __future__ import annotations

import pytest

from backend.kit import ids
from backend.kit.runtime import Runtime
from backend.mailstore import mailboxes


async def make_account(runtime: Runtime) -> int:
    """A new account with its standard mailboxes."""
    account_id = ids.new_id()
    await runtime.db.write(lambda tx: mailboxes.create_standard(tx, account_id))
    return account_id


@pytest.fixture
async def account(rt: Runtime) -> int:
    """The id of an account on SQLite."""
    return await make_account(rt)


@pytest.fixture
async def any_account(any_rt: Runtime) -> int:
    """The id of an account, once on SQLite and once on PostgreSQL."""
    return await make_account(any_rt)
