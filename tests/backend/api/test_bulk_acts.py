"""Acts on all of a mailbox or a search over the schema: begun, followed, stopped, taken back."""

from __future__ import annotations

import asyncio

from backend.api import subscriptions
from backend.directory.principal import Principal
from backend.kit import events
from backend.mailstore.bulk import runner
from schema.events import BulkActChanged
from tests.backend.api.test_mail import box, codes, data, fill, maren  # noqa: F401  # the fixture

FIELDS = "id state total done skipped addFlags removeFlags moveTo destroy undoOf error label"
BEGIN = f"mutation($input: BeginBulkActInput!) {{ beginBulkAct(input: $input) {{ {FIELDS} }} }}"
ACTS = f"{{ bulkActs {{ {FIELDS} }} }}"


async def test_all_of_a_mailbox_is_archived_and_brought_back(maren: Principal) -> None:  # noqa: F811
    await fill(maren, 3)
    inbox, archive = await box(maren, "INBOX"), await box(maren, "ARCHIVE")

    begun = (await data(BEGIN, maren, input={"mailboxId": inbox, "moveTo": archive, "label": "Archive"}))[
        "beginBulkAct"
    ]
    await runner.run_due()

    assert (begun["state"], begun["total"], begun["done"], begun["moveTo"]) == ("OPEN", 3, 0, archive)
    [act] = (await data(ACTS, maren))["bulkActs"]
    assert act == begun | {"state": "DONE", "done": 3}
    undone = await data("mutation($id: ID!) { undoBulkAct(id: $id) { undoOf total } }", maren, id=begun["id"])
    await runner.run_due()
    assert undone["undoBulkAct"] == {"undoOf": begun["id"], "total": 3}
    totals = await data("{ mailboxes { id total } }", maren)
    assert {"id": inbox, "total": 3} in totals["mailboxes"]
    assert [one["state"] for one in (await data(ACTS, maren))["bulkActs"]] == ["DONE", "UNDONE"]


async def test_a_search_is_starred_and_the_act_is_cancelled(maren: Principal) -> None:  # noqa: F811
    await fill(maren, 3)
    await data('{ view(search: "subject:letter") { total } }', maren)

    begun = (await data(BEGIN, maren, input={"search": "subject:letter", "addFlags": ["\\Flagged"]}))[
        "beginBulkAct"
    ]
    cancelled = await data("mutation($id: ID!) { cancelBulkAct(id: $id) { state } }", maren, id=begun["id"])

    assert begun["total"] == 3
    assert cancelled == {"cancelBulkAct": {"state": "CANCELLED"}}
    assert await runner.run_due() == 0


async def test_wrong_acts_are_refused(maren: Principal) -> None:  # noqa: F811
    inbox = await box(maren, "INBOX")

    assert await codes(BEGIN, maren, input={"mailboxId": inbox}) == ["INVALID"]
    assert await codes(BEGIN, maren, input={"addFlags": ["\\Seen"]}) == ["INVALID"]
    assert await codes(BEGIN, maren, input={"mailboxId": "77", "addFlags": ["\\Seen"]}) == ["NOT_FOUND"]
    assert await codes(BEGIN, maren, input={"search": "a" * 501, "addFlags": ["\\Seen"]}) == ["INVALID"]
    assert await codes("mutation { undoBulkAct(id: 1) { id } }", maren) == ["NOT_FOUND"]
    assert (await data(ACTS, maren)) == {"bulkActs": []}


async def test_every_window_hears_how_an_act_goes_on(maren: Principal) -> None:  # noqa: F811
    pending = subscriptions._Pending(maren.id, None, None)
    stop = events.bus().subscribe(BulkActChanged, pending.on_act)
    await fill(maren, 2)

    await data(BEGIN, maren, input={"mailboxId": await box(maren, "INBOX"), "addFlags": ["\\Seen"]})
    await runner.run_due()
    async with asyncio.timeout(5):
        await pending.wake.wait()
    stop()

    told = await subscriptions._change(maren.id, pending.take())
    assert [(act.state.name, act.done, act.total) for act in told.bulk_acts] == [("DONE", 2, 2)]
