"""Argon2id hashes (RFC 9106) in a small thread pool, and what a new password must be.

The parameters are OWASP's profile (19 MiB, 2 passes, 1 lane): about 30 ms of one core. The pool is bounded in
threads and in what may wait for it, so a flood of sign-ins cannot eat every core or pile up without end.
"""

from __future__ import annotations

import asyncio
import threading
import unicodedata
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import TypeVar

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

from backend.directory.common_passwords import is_common
from backend.formats import precis
from backend.kit.errors import InvalidSyntax, Unavailable

T = TypeVar("T")

THREADS = 2
# At 30 ms each on two threads the last of these waits one second.
MOST_WAITING = 64
SHORTEST = 10
LONGEST_BYTES = 1000

_hasher = PasswordHasher(time_cost=2, memory_cost=19 * 1024, parallelism=1, hash_len=32, salt_len=16)
_pool = ThreadPoolExecutor(THREADS, thread_name_prefix="argon2")
_places = threading.BoundedSemaphore(MOST_WAITING)

# Hash of a password that nobody has (its text was random): what unknown users are verified against.
NOBODY = "$argon2id$v=19$m=19456,t=2,p=1$wts4LlqB7u8bGj2m4QOsIg$gnB9CjiLCjfK9Pcuw7bOhcMQF4fQylOgEviRNWS+cys"


async def hash_password(password: str) -> str:
    """The PHC string to store."""
    return await in_pool(lambda: _hasher.hash(precis.opaque_string(password)))


async def verify(stored: str, password: str) -> bool:
    """Whether the password is that of the stored hash; the same time is spent where it is empty or broken."""
    if len(password) > LONGEST_BYTES:
        return False
    plain = precis.opaque_string(password)
    return await in_pool(lambda: _verify(stored or NOBODY, plain) and bool(stored))


def needs_rehash(stored: str) -> bool:
    """Whether the hash was made with other parameters than today's."""
    return _hasher.check_needs_rehash(stored)


def require_acceptable(password: str, *, names: tuple[str, ...], shortest: int = SHORTEST) -> None:
    """Refuse a new password that is short, common, or one of `names` (address, localpart, …) in disguise."""
    if len(password) < shortest:
        raise InvalidSyntax(f"The password needs at least {shortest} characters", field="password")
    if len(password.encode("utf-8", "replace")) > LONGEST_BYTES:
        raise InvalidSyntax(f"The password is longer than {LONGEST_BYTES} bytes", field="password")
    if any(unicodedata.category(char) in {"Cc", "Cs"} for char in password):
        raise InvalidSyntax("The password contains control characters", field="password")
    folded = password.lower()
    if any(folded == name.lower() or folded == name.lower()[::-1] for name in names if name):
        raise InvalidSyntax("The password must not be the name or address", field="password")
    if is_common(folded, names):
        raise InvalidSyntax("This password is too easy to guess", field="password")


def _verify(stored: str, password: str) -> bool:
    try:
        return _hasher.verify(stored, password)
    except (VerificationError, InvalidHashError):
        return False


async def in_pool(work: Callable[[], T]) -> T:
    """Do slow work on a password in one of the threads; `Unavailable` where too many wait for theirs."""
    if not _places.acquire(blocking=False):
        raise Unavailable("Too many sign-ins at this moment; try again in a few seconds")
    future = _pool.submit(work)
    # The place is given back when the work is done, not when whoever asked has gone.
    future.add_done_callback(lambda _: _places.release())
    return await asyncio.wrap_future(future)
