"""`postroom spool`: what it prints, what it refuses, and with which status."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from backend.__main__ import main
from backend.cli import frame


@dataclass(frozen=True, slots=True)
class Outcome:
    """What a command left behind."""

    status: int
    out: str
    err: str

    @property
    def json(self) -> Any:
        return json.loads(self.out)


Command = Callable[..., Outcome]


@pytest.fixture
def postroom(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Command:
    """Run `postroom spool` on a fresh data folder: `postroom("list")`."""
    monkeypatch.setenv("POSTROOM_DATA", str(tmp_path / "data"))

    def run(*arguments: str) -> Outcome:
        monkeypatch.setattr(frame, "options", frame.Options())
        capsys.readouterr()
        with pytest.raises(SystemExit) as end:
            main(["spool", *arguments])
        said = capsys.readouterr()
        return Outcome(int(end.value.code or 0), said.out, said.err)

    return run


@pytest.fixture
def spooled(postroom: Command) -> str:
    """The id of a message that waits for two recipients; its subject would steer a terminal."""
    from backend.kit import blobs, db
    from backend.kit.db import Tx
    from backend.kit.runtime import Runtime
    from backend.spool.enqueue import enqueue
    from backend.spool.types import Envelope, SpoolRcpt

    async def work(rt: Runtime) -> int:
        new = await blobs.prepare(b"Subject: x\r\n\r\nx\r\n")
        rcpts = (SpoolRcpt("ada", "one.test"), SpoolRcpt("eve", "two.test"))
        envelope = Envelope(sender="bob@remote.test", recipients=rcpts, subject="plan\x1b[2J")

        async def verb(tx: Tx) -> int:
            return await enqueue(tx, envelope, new)

        return await db.write(verb)

    return str(frame.run(work))


def test_an_empty_spool_is_said_to_be_empty(postroom: Command) -> None:
    listed = postroom("list")

    assert (listed.status, listed.out) == (0, "the spool is empty\n")
    assert postroom("list", "--json").json == []


def test_messages_are_listed_and_shown(postroom: Command, spooled: str) -> None:
    (row,) = postroom("list", "--json").json
    assert (row["id"], row["sender"], row["open"], row["held"]) == (spooled, "bob@remote.test", 2, False)
    assert row["to"] == "ada@one.test and 1 more"
    assert postroom("list", "--search", "EVE").out.splitlines()[1].startswith(spooled)
    assert postroom("list", "--domain", "three.test").out == "no message matches\n"
    assert postroom("list", "--state", "delivered").out == "no message matches\n"

    shown = postroom("show", spooled)
    assert "\x1b" not in shown.out
    assert "plan?[2J" in shown.out
    assert [one["address"] for one in postroom("show", spooled, "--json").json["recipients"]] == [
        "ada@one.test",
        "eve@two.test",
    ]


def test_messages_are_held_released_retried_and_dropped(postroom: Command, spooled: str) -> None:
    assert postroom("hold", spooled).out == "1 message held\n"
    assert postroom("list", "--json").json[0]["held"] is True
    assert postroom("list", "--state", "held").status == 0
    again = postroom("hold", spooled)
    assert (again.status, again.out) == (1, "")
    assert again.err == "postroom: nothing to do: no such message, or nothing of it is open for this\n"
    assert postroom("release", "--all").out == "1 message released\n"
    assert postroom("retry", spooled, "--json").json == {"messages": 1}
    assert postroom("drop", "--all").out == "1 message dropped\n"
    assert postroom("drop", "--all").out == "0 messages dropped\n"
    assert postroom("list").out == "the spool is empty\n"
    assert {one["state"] for one in postroom("show", spooled, "--json").json["recipients"]} == {"dropped"}


@pytest.mark.parametrize("action", ["retry", "hold", "release", "drop"])
def test_wrong_usage_changes_nothing(postroom: Command, spooled: str, action: str) -> None:
    before = postroom("show", spooled, "--json").json

    assert postroom(action).status == 2
    assert postroom(action, spooled, "--all").status == 2
    assert postroom(action, "x-1").status == 2
    assert postroom(action, "123456789012345678").status == 1

    assert postroom("show", spooled, "--json").json == before


def test_what_is_not_there_is_said_in_one_line(postroom: Command) -> None:
    shown = postroom("show", "123456789012345678")

    assert (shown.status, shown.out) == (1, "")
    assert shown.err == "postroom: There is no such message in the spool\n"
    assert postroom("show", "x-1").status == 2


def test_messages_go_another_way_and_back(postroom: Command, spooled: str) -> None:
    assert postroom("reroute", spooled, "--to", "inside.test:2525", "--domain", "one.test").out == (
        "1 messages go another way\n"
    )
    shown = postroom("show", spooled, "--json").json["recipients"]
    assert [(one["address"], one["route"]) for one in shown] == [
        ("ada@one.test", "inside.test:2525 opportunistic"),
        ("eve@two.test", ""),
    ]
    assert postroom("reset-route", "--all").out == "1 messages go their usual way\n"
    assert postroom("reroute", "--all", "--domain", "two.test", "--address", "eve@three.test").status == 0
    shown = postroom("show", spooled, "--json").json["recipients"]
    assert [(one["address"], one["named"]) for one in shown] == [
        ("ada@one.test", ""),
        ("eve@three.test", "eve@two.test"),
    ]
    assert postroom("reroute", spooled, "--gateway", "none").status == 1
    for wrong in (("--to", "a.test", "--address", "b@c.test"), (), ("--to", "a:b")):
        assert postroom("reroute", spooled, *wrong).status == 2
    assert postroom("reset-route").status == 2


def test_refused_mail_is_listed(postroom: Command) -> None:
    from backend.kit import db, ids
    from backend.kit.runtime import Runtime
    from backend.spool import refusals
    from backend.spool.refusals import Refusal

    async def work(rt: Runtime) -> None:
        said = ("192.0.2.1", "mx.far.test", "ESMTP", "4.2.2", "452 4.2.2 Mailbox is full")
        rows = [Refusal(ids.new_id(), "eve@far.test", name, "one.test", None, None, *said) for name in "ab"]
        await db.write(lambda tx: refusals.record(tx, rows))

    assert postroom("refused").out == "nothing was refused\n"
    frame.run(work)

    (row,) = postroom("refused", "--search", "B@one", "--json").json
    assert (row["sender"], row["to"], row["status"]) == ("eve@far.test", "b@one.test", "4.2.2")
    assert [row["to"] for row in postroom("refused", "--limit", "1", "--json").json] == ["b@one.test"]
    assert "mx.far.test [192.0.2.1]" in postroom("refused").out
    assert postroom("refused", "--search", "carol").out == "nothing like it was refused\n"
