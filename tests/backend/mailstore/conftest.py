"""An account with its standard mailboxes, and messages to put into them."""

from __future__ import annotations

from collections.abc import Awaitable, Callable

import pytest

from backend.kit import ids
from backend.kit.runtime import Runtime
from backend.mailstore import mailboxes

MakeAccount = Callable[[], Awaitable[int]]


@pytest.fixture
async def account(rt: Runtime) -> int:
    """The id of an account with its standard mailboxes."""
    account_id = ids.new_id()
    await rt.db.write(lambda tx: mailboxes.create_standard(tx, account_id))
    return account_id
