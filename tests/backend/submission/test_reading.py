# ruff: noqa: E501  # what goes over the wire stays on one line
"""What a reader learns of a message and does with it: origin, unsubscribe, invitations."""

from __future__ import annotations

from typing import Any

import pytest

from backend.formats.itip import Answer
from backend.kit import blobs, clock, db, public_http
from backend.kit.errors import InvalidSyntax, NotFound, Unavailable
from backend.mailstore import ingest, mailboxes, reader
from backend.mailstore.flag_bits import ANSWERED
from backend.submission import invitations, origin, unsubscribe
from backend.submission.origin import Standing
from backend.submission.unsubscribe import Way
from tests.backend.formats.test_icalendar import INVITE

RESULTS = (
    b"Authentication-Results: mail.example.test;\r\n\tdkim=pass header.d=news.example header.s=k header.b=AbCdEfGh;"
    b"\r\n\tspf=pass smtp.mailfrom=bounce@news.example;\r\n\tdmarc=pass (p=reject) header.from=news.example;"
    b"\r\n\tarc=none\r\n"
)
PREFIX = b"Return-Path: <bounce@news.example>\r\nDelivered-To: maren@example.test\r\n"
SIGNATURE = b"DKIM-Signature: v=1; d=news.example; s=k; h=from:list-unsubscribe:list-unsubscribe-post; b=AbCdEfGhIj\r\n"
LETTER = (
    b"From: News <hello@news.example>\r\nTo: maren@example.test\r\nSubject: Weekly\r\nList-Id: News <weekly.news>\r\n"
    b"Message-ID: <1@news.example>\r\n"
)
ONE_CLICK = (
    b"List-Unsubscribe: <https://news.example/leave>\r\nList-Unsubscribe-Post: List-Unsubscribe=One-Click\r\n"
)


async def file(account_id: int, raw: bytes, prefix: bytes = PREFIX + RESULTS) -> int:
    return (await ingest.store(raw, account_id, "inbox", prefix=prefix)).ref


async def offer(account_id: int, ref: int) -> unsubscribe.Offer | None:
    prefix = (await reader.stored(account_id, ref)).prefix
    return await unsubscribe.offer(account_id, prefix, await reader.read_message(account_id, ref))


class Post:
    """The world outside as far as a POST reaches it."""

    def __init__(self, status: int = 200) -> None:
        self.status = status
        self.asked: list[tuple[str, bytes]] = []

    async def __call__(self, url: Any, content: bytes, **_: Any) -> int:
        self.asked.append((str(url), content))
        return self.status


@pytest.fixture
def post(monkeypatch: pytest.MonkeyPatch) -> Post:
    recorder = Post()
    monkeypatch.setattr(public_http, "post", recorder)
    return recorder


async def spooled() -> list[tuple[str, bytes]]:
    rows = await db.fetch_rows("SELECT sender, blob_id FROM spool_message ORDER BY id")
    return [(row[0], await blobs.read(row[1])) for row in rows]


def test_only_what_delivery_wrote_is_believed() -> None:
    claimed = origin.read(b"", RESULTS + LETTER + b"\r\n")
    found = origin.read(PREFIX + RESULTS, PREFIX + RESULTS + LETTER + b"\r\n")

    assert (claimed.standing, claimed.signers) == (Standing.UNCHECKED, ())
    assert (found.standing, found.from_domain, found.signers) == (
        *(Standing.VERIFIED, "news.example", ("news.example",)),
    )
    assert found.aligned_by == ("dkim", "spf")
    assert (found.return_path, found.list_id) == ("bounce@news.example", "News <weekly.news>")


@pytest.mark.parametrize(
    ("results", "standing"),
    [
        ("dkim=pass header.d=x.example; spf=fail smtp.mailfrom=a@x.example; dmarc=fail header.from=news.example",
         Standing.FAILED),
        ("dkim=pass header.d=x.example; spf=none; dmarc=none header.from=news.example", Standing.SIGNED),
        ("dkim=none; spf=pass smtp.mailfrom=a@x.example; dmarc=none header.from=news.example", Standing.SIGNED),
        ("dkim=fail header.d=news.example; spf=softfail; dmarc=none header.from=news.example", Standing.UNPROVEN),
        ("dkim=none; spf=none; dmarc=pass header.from=other.example", Standing.UNPROVEN),
        ("dkim=temperror; spf=temperror; dmarc=temperror", Standing.UNPROVEN),
    ],
)  # fmt: skip
def test_standing_follows_from_what_was_found(results: str, standing: Standing) -> None:
    prefix = PREFIX + f"Authentication-Results: mail.example.test; {results}\r\n".encode()

    assert origin.read(prefix, prefix + LETTER + b"\r\n").standing is standing


async def test_one_click_is_a_post_that_is_remembered_for_the_list(maren: int, post: Post) -> None:
    clock.set_source(lambda: 1_800_000_000)
    ref = await file(maren, SIGNATURE + LETTER + ONE_CLICK + b"\r\nHi")
    before = await offer(maren, ref)

    done = await unsubscribe.leave(maren, maren, ref)

    clock.set_source(None)
    assert before == unsubscribe.Offer(Way.POST, "https://news.example/leave", None)
    assert done == unsubscribe.Offer(Way.POST, "https://news.example/leave", 1_800_000_000)
    assert post.asked == [("https://news.example/leave", b"List-Unsubscribe=One-Click")]
    another = await file(maren, SIGNATURE + LETTER.replace(b"<1@", b"<2@") + ONE_CLICK + b"\r\nHi again")
    assert await offer(maren, another) == done
    assert await spooled() == []


@pytest.mark.parametrize("status", [301, 302, 404, 500])
async def test_a_refusal_of_the_lists_server_is_told_and_not_remembered(
    maren: int, post: Post, status: int
) -> None:
    post.status = status
    ref = await file(maren, SIGNATURE + LETTER + ONE_CLICK + b"\r\nHi")

    with pytest.raises(Unavailable, match=str(status)):
        await unsubscribe.leave(maren, maren, ref)

    left = await offer(maren, ref)
    assert left is not None
    assert left.left_at is None


async def test_an_address_of_our_own_network_is_never_asked(maren: int) -> None:
    click = ONE_CLICK.replace(b"news.example/leave", b"127.0.0.1/leave")
    ref = await file(maren, SIGNATURE + LETTER + click + b"\r\nHi")

    with pytest.raises(Unavailable):
        await unsubscribe.leave(maren, maren, ref)


@pytest.mark.parametrize(
    ("signature", "prefix"),
    [
        (b"", PREFIX + RESULTS),
        (SIGNATURE, PREFIX),
        (SIGNATURE, PREFIX + RESULTS.replace(b"dkim=pass", b"dkim=fail")),
        (SIGNATURE.replace(b":list-unsubscribe-post", b""), PREFIX + RESULTS),
        # Two signatures that look alike: one that holds, one that names the fields.
        (SIGNATURE, PREFIX + RESULTS.replace(b"\r\n\tspf", b"\r\n\tdkim=fail header.d=news.example header.s=k"
                                             b" header.b=AbCdEfGh;\r\n\tspf", 1)),
    ],
)  # fmt: skip
async def test_without_a_signature_over_both_fields_the_page_is_visited(
    maren: int, post: Post, signature: bytes, prefix: bytes
) -> None:
    ref = await file(maren, signature + LETTER + ONE_CLICK + b"\r\nHi", prefix)

    done = await unsubscribe.leave(maren, maren, ref)

    assert (done.way, done.target, post.asked) == (Way.WEB, "https://news.example/leave", [])


async def test_a_letter_asks_where_there_is_no_click(maren: int, post: Post) -> None:
    field = b"List-Unsubscribe: <mailto:leave@news.example?subject=leave%20weekly>\r\n"
    ref = await file(maren, LETTER + field + b"\r\nHi")

    done = await unsubscribe.leave(maren, maren, ref)

    assert (done.way, done.target) == (Way.MAIL, "leave@news.example")
    [(sender, raw)] = await spooled()
    assert sender == "maren@example.test"
    assert b"To: leave@news.example\r\n" in raw
    assert b"Subject: leave weekly\r\n" in raw
    assert (await mailboxes.by_use(maren, "sent")).exists == 1


async def test_a_message_of_no_list_offers_nothing(maren: int) -> None:
    ref = await file(maren, LETTER + b"\r\nHi")

    assert await offer(maren, ref) is None
    with pytest.raises(NotFound):
        await unsubscribe.leave(maren, maren, ref)


def invitation(calendar: str = INVITE) -> bytes:
    head = b"From: Amara <amara@north.example>\r\nSubject: Budget\r\nMessage-ID: <i@north.example>\r\n"
    return head + b"Content-Type: text/calendar; method=REQUEST; charset=utf-8\r\n\r\n" + calendar.encode()


async def test_an_answer_goes_to_the_organizer_and_is_remembered(maren: int) -> None:
    ref = await file(maren, invitation())
    asked = await invitations.read(maren, invitation(), "1")

    done = await invitations.answer(maren, maren, ref, "1", Answer.ACCEPTED, "Gladly")

    assert asked is not None
    assert (asked.can_answer, asked.answer, asked.own_address) == (True, None, "maren@example.test")
    assert done.answer is Answer.ACCEPTED
    [(sender, raw)] = await spooled()
    assert sender == "maren@example.test"
    assert b"To: Okafor" in raw or b'To: "Okafor, Amara" <amara@north.example>' in raw
    assert b"Subject: Accepted: Budget, first pass\r\n" in raw
    assert b"In-Reply-To: <i@north.example>\r\n" in raw
    assert b"method=REPLY" in raw
    assert b'PARTSTAT=ACCEPTED;CN="Maren Holt":mailto:maren@example.test' in raw.replace(b"\r\n ", b"")
    assert (await reader.stored(maren, ref)).flags & ANSWERED
    again = await invitations.read(maren, invitation(), "1")
    newer = await invitations.read(maren, invitation(INVITE.replace("SEQUENCE:3", "SEQUENCE:4")), "1")
    assert again is not None
    assert newer is not None
    assert (again.answer, newer.answer) == (Answer.ACCEPTED, None)


@pytest.mark.parametrize(
    "change",
    [
        ("METHOD:REQUEST", "METHOD:PUBLISH"),
        ("METHOD:REQUEST", "METHOD:CANCEL"),
        ("MAILTO:maren@example.test", "MAILTO:somebody@else.example"),
        ("mailto:amara@north.example", "mailto:not an address"),
        ("mailto:amara@north.example", "https://north.example/amara"),
    ],
)
async def test_nothing_is_sent_where_nothing_is_asked(maren: int, change: tuple[str, str]) -> None:
    ref = await file(maren, invitation(INVITE.replace(*change)))

    with pytest.raises(InvalidSyntax):
        await invitations.answer(maren, maren, ref, "1", Answer.ACCEPTED, "")

    assert await spooled() == []


async def test_a_part_without_an_event_is_no_invitation(maren: int) -> None:
    ref = await file(maren, LETTER + b"\r\nHi")

    with pytest.raises(NotFound):
        await invitations.answer(maren, maren, ref, "1", Answer.ACCEPTED, "")
    with pytest.raises(NotFound):
        await invitations.answer(maren, maren, ref, "7", Answer.ACCEPTED, "")
