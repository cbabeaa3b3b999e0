"""Browsers that are told of new mail: one push subscription of a session, which goes when the session does.

What they are told, and how, is decided in `backend.notifications`; here are the rows.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from backend.directory import settings
from backend.directory.principal import Principal
from backend.kit import clock, db, ids
from backend.kit.db import Tx
from backend.kit.errors import LimitExceeded, NotFound
from schema.events import PushDeviceAdded


@dataclass(frozen=True, slots=True)
class Subscription:
    """What the browser's push service gave it; `public_key` and `secret` are in base64url."""

    endpoint: str
    public_key: str
    secret: str


@dataclass(frozen=True, slots=True)
class PushDevice:
    """A row with what is known of its session. `told_to` is a place in the inbox."""

    id: int
    user_id: int
    session_id: int
    subscription: Subscription
    zone: str
    told_to: int
    created_at: int
    pushed_at: int | None
    user_agent: str


_SELECT = (
    "SELECT d.id, d.user_id, d.session_id, d.endpoint, d.public_key, d.secret, d.zone, d.told_to,"
    " d.created_at, d.pushed_at, s.user_agent FROM push_device d JOIN session s ON s.id = d.session_id"
    " JOIN user_account u ON u.id = d.user_id WHERE d.user_id = ? AND s.expires_at > ? AND u.is_enabled = 1"
)


async def of_user(user_id: int) -> list[PushDevice]:
    """The devices of an enabled user whose sessions last, the newest first."""
    rows = await db.fetch_rows(f"{_SELECT} ORDER BY d.id DESC LIMIT 100", user_id, clock.now())
    return [_device(row) for row in rows]


async def put(principal: Principal, user_id: int, given: Subscription, *, zone: str, told_to: int) -> None:
    """Make the session's browser one that is told of what comes after the place `told_to`, in the stead of
    an earlier subscription of the session or the browser. Raises LimitExceeded, NotFound for a session that
    has ended.
    """
    most = await settings.get_number("notifications.max_devices", user_id=user_id)

    async def verb(tx: Tx) -> None:
        session_id = principal.session_id
        if await tx.fetch_value("SELECT 1 FROM session WHERE id = ?", session_id) is None:
            raise NotFound("This sign-in has ended")
        # Whoever was signed in at this browser before is told nothing there any more.
        await tx.execute(
            "DELETE FROM push_device WHERE session_id = ? OR endpoint = ?", session_id, given.endpoint
        )
        count = await tx.fetch_value("SELECT COUNT(*) FROM push_device WHERE user_id = ?", user_id)
        if count >= most:
            raise LimitExceeded(f"At most {most} devices are notified: remove one of them first")
        await tx.execute(
            "INSERT INTO push_device (id, user_id, session_id, endpoint, public_key, secret, zone, told_to,"
            " created_at) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",
            ids.new_id(),
            user_id,
            session_id,
            given.endpoint,
            given.public_key,
            given.secret,
            zone,
            told_to,
            clock.now(),
        )
        tx.announce(PushDeviceAdded(user_id))

    await db.write(verb)


async def remove(user_id: int, device_id: int) -> None:
    """Tell a device nothing any more; raises NotFound where it is not the user's."""
    gone = await db.write(
        lambda tx: tx.execute("DELETE FROM push_device WHERE id = ? AND user_id = ?", device_id, user_id)
    )
    if not gone:
        raise NotFound("No such device")


async def forget(device_id: int, endpoint: str) -> None:
    """Forget a subscription that its push service no longer knows, unless there is a newer one."""
    await db.write(
        lambda tx: tx.execute("DELETE FROM push_device WHERE id = ? AND endpoint = ?", device_id, endpoint)
    )


async def note_pushed(device_ids: Sequence[int]) -> None:
    """Something was handed to the push service for these."""
    now = clock.now()
    await db.write(
        lambda tx: tx.execute_many(
            "UPDATE push_device SET pushed_at = ? WHERE id = ?", [(now, one) for one in device_ids]
        ),
        durable=False,
    )


async def forget_sessions(tx: Tx, session_ids: Iterable[int]) -> None:
    """Part of a verb that ends sessions."""
    await tx.execute_many(
        "DELETE FROM push_device WHERE session_id = ?", [(session_id,) for session_id in session_ids]
    )


async def watched() -> set[int]:
    """The users who have devices."""
    return {row[0] for row in await db.scan("SELECT DISTINCT user_id FROM push_device")}


async def behind(user_id: int, place: int) -> bool:
    """Whether a device of the user has not been told up to this place."""
    found = await db.fetch_value(
        "SELECT 1 FROM push_device WHERE user_id = ? AND told_to < ? LIMIT 1", user_id, place
    )
    return found is not None


async def claim(user_id: int, place: int) -> list[PushDevice]:
    """Take it on to tell the user's devices what stands up to `place`: those that nobody else has taken on,
    with the places they had.
    """

    async def verb(tx: Tx) -> list[PushDevice]:
        # On PostgreSQL a second process waits for the rows here, and then finds them told.
        lock = " FOR UPDATE OF d" if tx.dialect == "postgres" else ""
        rows = await tx.fetch_rows(
            f"{_SELECT} AND d.told_to < ? ORDER BY d.id{lock}", user_id, clock.now(), place
        )
        await tx.execute_many(
            "UPDATE push_device SET told_to = ? WHERE id = ?", [(place, row[0]) for row in rows]
        )
        return [_device(row) for row in rows]

    return await db.write(verb, durable=False)


def _device(row: db.Row) -> PushDevice:
    return PushDevice(row[0], row[1], row[2], Subscription(row[3], row[4], row[5]), *row[6:])
