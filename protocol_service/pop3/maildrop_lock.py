"""Exclusive access to maildrops (RFC 1939 §4), over all processes of the installation.

Each is a lease that the server's sweep renews: a process that dies loses it within `LOCK_S`. A lock keeps two
programs from fetching the same mail twice; nothing breaks where it is lost. So where Redis is away a maildrop
is exclusive within its process only, and mail can still be fetched.
"""

from __future__ import annotations

import logging

from backend.kit import leases
from backend.kit.errors import Unavailable
from backend.kit.leases import Lease
from protocol_service.pop3.limits import LOCK_S

log = logging.getLogger(__name__)

_GONE = object()


class MaildropLocks:
    """The maildrops that this process has open; None stands for a lease that could not be asked for."""

    __slots__ = ("_held",)

    def __init__(self) -> None:
        self._held: dict[int, Lease | None] = {}

    async def acquire(self, account_id: int) -> bool:
        """Whether the maildrop is ours now; otherwise another session has it."""
        if account_id in self._held:
            return False
        self._held[account_id] = None
        try:
            taken = await _take(account_id)
        except Unavailable as exc:
            log.warning("the maildrop of account %d is locked here only: %s", account_id, exc.__cause__)
            return True
        except BaseException:
            self._held.pop(account_id, None)
            raise
        if taken is None:
            del self._held[account_id]
            return False
        self._held[account_id] = taken
        return True

    async def release(self, account_id: int) -> None:
        """Let others have the maildrop."""
        held = self._held.pop(account_id, None)
        if held is not None:
            await held.release()

    async def renew(self) -> list[int]:
        """Keep what is held, and take what could not be asked for; the accounts that another one has now."""
        lost = []
        for account_id, held in tuple(self._held.items()):
            try:
                if held is not None and await held.renew():
                    continue
                taken = await _take(account_id)
            except Unavailable as exc:
                log.warning("maildrop locks cannot be renewed: %s", exc.__cause__)
                break
            if self._held.get(account_id, _GONE) is not held:  # its session has ended meanwhile
                if taken is not None:
                    await taken.release()
            elif taken is None:
                lost.append(account_id)
            else:
                self._held[account_id] = taken
        return lost


async def _take(account_id: int) -> Lease | None:
    return await leases.take(f"pop3:{account_id}", LOCK_S)
