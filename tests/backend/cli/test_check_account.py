"""`postroom check --account`: a line for each finding, and the status."""

from __future__ import annotations

import pytest

from backend.cli import frame
from backend.kit import db
from backend.kit.db import Tx
from backend.kit.runtime import Runtime
from backend.mailstore import ingest
from tests.backend.cli.conftest import Command

ADDRESS = "ada@example.test"


def change(sql: str) -> None:
    """Break something in the tables."""

    async def work(rt: Runtime) -> None:
        async def verb(tx: Tx) -> None:
            await tx.execute(sql)

        await db.write(verb)

    frame.run(work)


@pytest.fixture
def filled(example: Command) -> Command:
    """Ada has a message."""

    async def work(rt: Runtime) -> None:
        account = await db.fetch_value("SELECT id FROM account")
        await ingest.store(b"Subject: hello\r\nMessage-ID: <a@b.test>\r\n\r\nHello\r\n", account, "inbox")

    frame.run(work)
    return example


def test_a_whole_account_is_one_line(filled: Command) -> None:
    done = filled("check", "--account", ADDRESS)

    assert (done.status, done.out) == (0, f"{ADDRESS}: 1 messages in 6 mailboxes, 0 findings, 0 repaired\n")


def test_findings_are_told_and_mended(filled: Command) -> None:
    change("UPDATE mailbox SET unseen_count = 4 WHERE name = 'INBOX'")

    found = filled("check", "--account", ADDRESS)
    mended = filled("check", "--account", ADDRESS, "--repair", "--json")

    assert found.status == 1
    assert found.out.splitlines()[0] == "counters INBOX: unseen 4 instead of 1 (can be repaired)"
    assert found.err == (
        f"postroom: 1 findings are left in the mail of {ADDRESS}; --repair mends what can be derived\n"
    )
    assert mended.status == 0
    assert mended.json == {
        "mailboxes": 6,
        "messages": 1,
        "findings": 1,
        "repaired": 1,
        "list": [
            {
                "kind": "counters",
                "where": "INBOX",
                "text": "unseen 4 instead of 1",
                "outcome": "repaired",
            }
        ],
    }
    assert filled("check", "--account", ADDRESS).status == 0


def test_what_cannot_be_mended_is_left_and_told(filled: Command) -> None:
    change("DELETE FROM blob_data")

    done = filled("check", "--account", ADDRESS, "--repair")

    assert done.status == 1
    assert "are gone (cannot be repaired)" in done.out
    assert done.err == f"postroom: 1 findings are left in the mail of {ADDRESS}\n"


def test_wrong_use_is_refused(example: Command) -> None:
    assert example("check", "--repair").status == 2
    unknown = example("check", "--account", "nobody@example.test")
    assert (unknown.status, unknown.out) == (1, "")
