"""Posts that wait for a moderator: held with their bytes until somebody decides or their time is over.

Approving sends the post on as it would have gone, rejecting tells its sender why, discarding tells nobody.
The moderators hear of it by mail, a bounded number of times an hour: what comes in a flood they find in the
queue.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass

from backend.directory import audit, list_standing, list_tokens
from backend.directory.list_types import MailingList, Standing
from backend.directory.principal import Principal
from backend.formats.addresses import Address
from backend.formats.list_commands import Decision, Verdict, text_of
from backend.formats.list_tokens import ListToken, Purpose
from backend.kit import blobs, clock, db, ids, ratelimit
from backend.kit.db import Row, Tx
from backend.kit.errors import LimitExceeded, NotFound
from backend.submission.lists import distribution, letters

KEPT_S = 14 * 86_400
MOST_AT_ONCE = 100
MOST_TEXT_CHARS = 20_000
NOTICES_AN_HOUR = 20
HOUR_S = 3600


@dataclass(frozen=True, slots=True)
class NewPost:
    """A post that is to be held; its body lies in the spool. `authentication` as in `SpooledMessage`."""

    sender: str
    author: str
    subject: str
    reason: str
    blob_id: int
    size_bytes: int
    authentication: str = ""


@dataclass(frozen=True, slots=True)
class Notice:
    """How the moderators are told: under which id the post is held, and where their answer goes."""

    post_id: int
    return_path: str
    reply_to: Address
    is_sent: bool


async def notice(mailing_list: MailingList) -> Notice:
    """Make ready for one more held post."""
    post_id = ids.new_id()
    token = ListToken(Purpose.MODERATE, mailing_list.id, post_id)
    allowed = await ratelimit.take(f"list-notices:{mailing_list.id}", NOTICES_AN_HOUR, HOUR_S, fail_open=True)
    return Notice(
        post_id,
        await distribution.return_path(mailing_list),
        await list_tokens.address_of(token, mailing_list.domain),
        allowed.allowed,
    )


async def hold(tx: Tx, mailing_list: MailingList, post: NewPost, notice: Notice, raw: bytes) -> None:
    """Keep a post, in the transaction that settles its recipient."""
    now = clock.now()
    await blobs.add_refs(tx, post.blob_id, 1)
    await tx.execute(
        "INSERT INTO list_post (id, list_id, blob_id, size_bytes, sender, author, subject, reason, held_at,"
        " expires_at, authentication) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        notice.post_id,
        mailing_list.id,
        post.blob_id,
        post.size_bytes,
        post.sender[:320],
        post.author,
        post.subject,
        post.reason[:200],
        now,
        now + KEPT_S,
        post.authentication,
    )
    if notice.is_sent:
        await letters.send_to_moderators(
            tx,
            mailing_list,
            letters.Letter(
                f"A post to {mailing_list.title} waits for you",
                _TEXT.format(
                    address=mailing_list.address,
                    author=post.author,
                    subject=post.subject or "(no subject)",
                    reason=post.reason,
                    days=KEPT_S // 86_400,
                ),
                notice.reply_to,
                attached=raw,
            ),
            return_path=notice.return_path,
        )


_TEXT = """\
A post to {address} is held:

  From:    {author}
  Subject: {subject}
  Reason:  {reason}

Answer this message with one of these words in its first line:

  approve            the post goes to all members
  reject REASON      its author is told why it does not
  discard            it goes away, and nobody is told

Or decide in the webmail, under Lists. After {days} days it is discarded.
"""


@dataclass(frozen=True, slots=True)
class HeldPost:
    """A post as moderators see it."""

    id: int
    list_id: int
    sender: str
    author: str
    subject: str
    reason: str
    size_bytes: int
    held_at: int
    expires_at: int
    blob_id: int
    authentication: str


_COLUMNS = (
    "id, list_id, sender, author, subject, reason, size_bytes, held_at, expires_at, blob_id, authentication"
)


async def list_page(
    actor: Principal, list_id: int, *, after: int = 0, limit: int = 50
) -> tuple[list[HeldPost], int, bool]:
    """Posts that wait, the oldest first: rows, how many there are in all, whether more follow."""
    await list_standing.found(actor, list_id, Standing.MODERATOR)
    total = await db.fetch_value("SELECT count(*) FROM list_post WHERE list_id = ?", list_id)
    rows = await db.fetch_rows(
        f"SELECT {_COLUMNS} FROM list_post WHERE list_id = ? AND id > ? ORDER BY id LIMIT ?",
        list_id,
        after,
        limit + 1,
    )
    return [HeldPost(*row) for row in rows[:limit]], int(total), len(rows) > limit


async def counts(list_ids: Sequence[int]) -> dict[int, int]:
    """How many posts of each list wait."""
    rows = await db.fetch_rows(
        f"SELECT list_id, count(*) FROM list_post WHERE list_id IN ({db.marks(len(list_ids))})"
        " GROUP BY list_id",
        *list_ids,
    )
    return dict.fromkeys(list_ids, 0) | {row[0]: row[1] for row in rows}


async def read(actor: Principal, list_id: int, post_id: int) -> bytes:
    """The bytes of a held post."""
    await list_standing.found(actor, list_id, Standing.MODERATOR)
    row = await db.fetch_row("SELECT blob_id FROM list_post WHERE id = ? AND list_id = ?", post_id, list_id)
    if row is None:
        raise NotFound("No such post")
    return await blobs.read(row[0])


async def decide(actor: Principal, list_id: int, post_ids: Sequence[int], verdict: Verdict) -> int:
    """Decide about up to `MOST_AT_ONCE` posts; how many there were and nobody else has decided about."""
    if len(post_ids) > MOST_AT_ONCE:
        raise LimitExceeded(f"At most {MOST_AT_ONCE} posts at once", field="ids")
    mailing_list = await list_standing.found(actor, list_id, Standing.MODERATOR)
    done = 0
    for post_id in post_ids:
        part = await prepare_decision(mailing_list, post_id, verdict)

        async def verb(tx: Tx, part: Part = part) -> bool:
            return await part(tx, actor)

        done += await db.write(verb)
    return done


async def text(actor: Principal, list_id: int, post_id: int) -> str:
    """What a held post says, as plain text of bounded length."""
    raw = await read(actor, list_id, post_id)
    return text_of(raw)[:MOST_TEXT_CHARS]


Part = Callable[[Tx, Principal], Awaitable[bool]]


async def prepare_decision(mailing_list: MailingList, post_id: int, verdict: Verdict) -> Part:
    """The part of a verb that carries a decision out; it tells whether the post was still there."""
    row = await db.fetch_row(
        f"SELECT {_COLUMNS} FROM list_post WHERE id = ? AND list_id = ?", post_id, mailing_list.id
    )
    if row is None:
        return _gone
    held = HeldPost(*row)
    raw = await blobs.read(held.blob_id)
    post = None
    if verdict.decision is Decision.APPROVE:
        post = await distribution.prepare(mailing_list, raw, held.authentication)
    return_path = await distribution.return_path(mailing_list)

    async def part(tx: Tx, actor: Principal) -> bool:
        if not await tx.execute("DELETE FROM list_post WHERE id = ?", post_id):
            return False
        await blobs.release(tx, held.blob_id)
        if post is not None:
            await distribution.begin(tx, post)
        elif verdict.decision is Decision.REJECT:
            await _tell_author(tx, mailing_list, held, verdict.reason, raw, return_path)
        detail = {"author": held.author, "subject": held.subject, "reason": verdict.reason}
        action = f"list.{verdict.decision.value}"
        await audit.record(tx, actor, action, mailing_list.address, mailing_list.domain_id, detail)
        return True

    return part


async def _gone(tx: Tx, actor: Principal) -> bool:
    """Somebody else has decided."""
    return False


async def _tell_author(
    tx: Tx, mailing_list: MailingList, held: HeldPost, reason: str, raw: bytes, return_path: str
) -> None:
    try:
        author = Address.parse(held.sender)
    except ValueError:
        return
    because = f"\n\nand says\n\n  {reason}\n" if reason else "\n"
    await letters.send(
        tx,
        mailing_list,
        author,
        letters.Letter(
            f"Your post to {mailing_list.title} was not accepted",
            f"A moderator of {mailing_list.address} has not accepted your post\n\n  {held.subject}{because}",
            attached=raw,
        ),
        return_path=return_path,
    )


async def expire() -> int:
    """Discard posts whose time is over; how many."""
    done = 0
    while rows := await db.fetch_rows(
        "SELECT id, blob_id FROM list_post WHERE expires_at <= ? ORDER BY expires_at LIMIT 200", clock.now()
    ):

        async def verb(tx: Tx, rows: Sequence[Row] = tuple(rows)) -> int:
            gone = 0
            for post_id, blob_id in rows:
                if await tx.execute("DELETE FROM list_post WHERE id = ?", post_id):
                    await blobs.release(tx, blob_id)
                    gone += 1
            return gone

        done += await db.write(verb)
    return done
