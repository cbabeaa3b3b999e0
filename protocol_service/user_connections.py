"""How many connections each user has, over all protocols, processes and nodes (`connections.per_user`).

A process counts its own and tells Redis the number for each user, in a hash with a field for each process
that ends by itself if the process dies. Without Redis a process counts alone. Trusted networks are counted
and never refused.

A number that was told stands until the next `tell_changes`: within it connections come and go without asking,
since everybody else counts it in. So a client that signs in again and again asks once, not each time.
"""

from __future__ import annotations

import logging
import secrets
from collections import Counter

from redis.exceptions import RedisError

from backend.directory import settings as directory_settings
from backend.kit import clock
from backend.kit.config import Settings
from backend.kit.errors import LimitExceeded
from backend.kit.redis import redis_or_none

log = logging.getLogger(__name__)

KEY_PREFIX = "postroom:connections:"
LASTS_S = 180
_PAUSE_S = 5

# KEYS[1]; ARGV: process, its count, limit (0: none), seconds. 1 where all processes together are within it.
_SCRIPT = """
local now, count, limit = tonumber(redis.call('TIME')[1]), tonumber(ARGV[2]), tonumber(ARGV[3])
local others = 0
local all = redis.call('HGETALL', KEYS[1])
for at = 1, #all, 2 do
  if all[at] ~= ARGV[1] then
    local number, ends = string.match(all[at + 1], '^(%d+):(%d+)$')
    if tonumber(ends) < now then
      redis.call('HDEL', KEYS[1], all[at])
    else
      others = others + tonumber(number)
    end
  end
end
if limit > 0 and others + count > limit then
  return 0
end
if count == 0 then
  redis.call('HDEL', KEYS[1], ARGV[1])
else
  redis.call('HSET', KEYS[1], ARGV[1], string.format('%d:%d', count, now + ARGV[4]))
  redis.call('EXPIRE', KEYS[1], ARGV[4])
end
return 1
"""


class UserConnections:
    """The signed-in connections of a process."""

    def __init__(self, settings: Settings) -> None:
        self._settings = settings
        self._process = secrets.token_hex(8)
        self._by_user: Counter[int] = Counter()
        self._told: dict[int, tuple[int, int]] = {}  # user -> what Redis knows, and under which limit
        self._changed: set[int] = set()
        self._paused_until = 0

    def count(self, user_id: int) -> int:
        """How many this process has of a user."""
        return self._by_user[user_id]

    async def enter(self, user_id: int, remote_address: str) -> None:
        """Count a connection of a user in; raises `LimitExceeded`, and counts nothing, where it is one too
        many.
        """
        limit = await directory_settings.get_number("connections.per_user", user_id=user_id)
        if limit and self._settings.is_trusted(remote_address):
            limit = 0
        # Counted before anything is awaited: connections that come together must see each other.
        self._by_user[user_id] += 1
        is_within = False
        try:
            if not 0 < limit < self._by_user[user_id]:
                is_within = self._is_told(user_id, limit) or await self._tell(user_id, limit)
        finally:
            if not is_within:
                self.leave(user_id)
        if not is_within:
            raise LimitExceeded(f"There are {limit} connections of this user already")

    def leave(self, user_id: int) -> None:
        """Count a connection out; other processes learn it at the next `tell_changes`."""
        self._by_user[user_id] -= 1
        if self._by_user[user_id] <= 0:
            del self._by_user[user_id]
        self._changed.add(user_id)

    async def tell_changes(self) -> None:
        """Tell Redis of users who have fewer connections than it was told."""
        changed, self._changed = self._changed, set()
        for user_id in changed:
            await self._tell(user_id, 0)

    async def renew(self) -> None:
        """Tell Redis of all users once more, before what it knows of them ends."""
        self._changed.update(self._by_user)
        await self.tell_changes()

    def _is_told(self, user_id: int, limit: int) -> bool:
        """Whether Redis knows of as many already, and was asked under a limit that is as strict."""
        number, under = self._told.get(user_id, (0, 0))
        return number >= self._by_user[user_id] and (limit == 0 or 0 < under <= limit)

    async def _tell(self, user_id: int, limit: int) -> bool:
        client = redis_or_none()
        number = self._by_user[user_id]
        # Whoever enters while a lower number is on its way must ask.
        self._told.pop(user_id, None)
        if client is None or self._paused_until > clock.now():
            return True
        try:
            answer = await client.eval(
                _SCRIPT,
                1,
                f"{KEY_PREFIX}{user_id}",
                self._process,
                str(number),
                str(limit),
                str(LASTS_S),
            )
        except (RedisError, OSError) as exc:
            # A frozen Redis must not slow every sign-in down.
            self._paused_until = clock.now() + _PAUSE_S
            log.warning("connections of users are counted by each process alone: %s", exc)
            return True
        if answer and number:
            self._told[user_id] = (number, limit)
        if number != self._by_user[user_id]:  # of several that were on their way any may have come last
            self._changed.add(user_id)
        return bool(answer)
