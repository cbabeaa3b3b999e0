"""Is this password right? The one answer for HTTP, SMTP, IMAP and the rest.

Argon2 is slow by design and mail clients sign in every few minutes, so a verification is remembered for five
minutes: a keyed digest of login, password, address and stored hash, never the password. The stored hash in it
ends every remembered verification with a new password by itself. Unknown logins cost the same time as known
ones, and everything that tells a guesser more than "wrong" (a disabled account) is said only after the
password was right. What else opens a mailbox stands beside it: app passwords here, SCRAM proofs in `scram`,
tokens in `bearer`.
"""

from __future__ import annotations

import asyncio
import functools
import hashlib
import logging
import secrets

from backend.directory import (
    administrators,
    app_passwords,
    guessing,
    passwords,
    resolve,
    scram_keys,
    sign_in_audit,
    subjects,
    users,
)
from backend.directory.caches import Cache
from backend.directory.principal import Kind, Principal
from backend.directory.scram_keys import Derived
from backend.directory.subjects import NOBODY, Subject
from backend.formats.addresses import Address
from backend.kit import clock, db
from backend.kit.db import Tx
from backend.kit.errors import NotFound, PermissionDenied, RateLimited, Unauthenticated, Unavailable
from schema.events import Event, UserChanged

log = logging.getLogger(__name__)

REMEMBERED_S = 300
# Administrators have no mailbox: they sign in to the web only.
WEB = "web"
LONGEST_LOGIN = 400
_SEEN_EVERY_S = 60
APP_PASSWORD_NEEDED = "Two-step sign-in is on: make an app password for this program in the web settings"

_KEY = secrets.token_bytes(32)
_pending: dict[bytes, asyncio.Task[bool]] = {}
_TABLES: dict[Kind, str] = {"user": "user_account", "administrator": "administrator"}


def _forget(cache: Cache[bytes, int], event: Event) -> None:
    if isinstance(event, UserChanged) and event.credentials:
        cache.drop_group(event.user_id)


_remembered: Cache[bytes, int] = Cache(
    ttl_s=REMEMBERED_S, limit=100_000, drop=_forget, group=lambda subject_id: subject_id
)


async def verify_password(login: str, password: str, *, protocol: str, remote_address: str) -> Principal:
    """Who signs in with a full address (or an administrator's name) and a password or app password.

    Raises `Unauthenticated` for a wrong password or login, `RateLimited` after too many of them,
    `PermissionDenied` for a disabled account with the right password and for the own password of somebody
    with two-step sign-in outside the web, `Unavailable` where too many wait for their turn.
    """
    folded = await login_of(login)
    subject = await subject_of(folded, protocol)
    if protocol != WEB:
        by_app_password = await _by_app_password(subject, password, protocol, remote_address)
        if by_app_password is not None:
            return by_app_password
    digest = _digest(folded, password, remote_address, subject.password_hash)
    if _remembered.peek(digest) is None or subject.principal is None:
        await _verify_once(digest, subject, folded, password, protocol, remote_address)
    if protocol != WEB and subject.is_two_step:
        raise PermissionDenied(APP_PASSWORD_NEEDED)
    return admitted(subject, remote_address)


async def subject_of(login: str, protocol: str) -> Subject:
    """Who signs in to a protocol by a login as `login_of` made it; or `NOBODY`."""
    subject = await subjects.by_login(login)
    if protocol != WEB and subject.principal is not None and subject.principal.kind == "administrator":
        return NOBODY
    return subject


async def begin_try(subject: Subject, login: str, protocol: str, remote_address: str) -> guessing.Try:
    """Count a try; raises `RateLimited`, which the audit learns."""
    try:
        return await guessing.begin(login, remote_address)
    except RateLimited as refusal:
        await sign_in_audit.note_refusal(subject.principal, refusal, protocol, remote_address)
        raise


async def refuse(
    tried: guessing.Try, subject: Subject, protocol: str, remote_address: str
) -> Unauthenticated:
    """Count a failure; the one refusal for everything that is wrong."""
    await guessing.fail(tried)
    # An unknown login may be a password typed into the wrong field: it is no word for the log.
    who = subject.principal.name if subject.principal is not None else "an unknown login"
    log.info("wrong password for %s by %s from %s", who, protocol, remote_address)
    return Unauthenticated("Wrong name or password")


async def change_own_password(principal: Principal, current: str, new: str) -> None:
    """Change the password of whoever is signed in; the other sessions end."""
    scram: Derived | None = None
    try:
        await verify_password(principal.name, current, protocol=WEB, remote_address=principal.remote_address)
    except Unauthenticated:
        raise PermissionDenied("The current password is not right", field="current") from None
    if principal.kind == "administrator":
        password_hash = await administrators.acceptable_hash(principal.name, new)
    else:
        address = Address.parse(principal.name)
        await users.require_acceptable_password(new, principal.domain_id or 0, address, "")
        password_hash = await passwords.hash_password(new)
        scram = await scram_keys.derive(principal.name, new, principal.id)
    await db.write(lambda tx: _save_own(tx, principal, password_hash, scram))


async def _save_own(tx: Tx, principal: Principal, password_hash: str, scram: Derived | None) -> None:
    if scram is None:
        administrator = await administrators.find_row(tx, principal.id)
        await administrators.save_password(tx, principal, administrator, password_hash)
        return
    user = await users.find_row(tx, principal.id)
    if user is None:
        raise NotFound("No such user")
    await users.save_password(tx, principal, user, password_hash, scram)


async def _by_app_password(
    subject: Subject, password: str, protocol: str, remote_address: str
) -> Principal | None:
    principal = subject.principal
    # Asked for unknown logins as well, so that the time tells nothing.
    found = await app_passwords.find(principal.id if principal is not None else 0, password, protocol)
    if found is None or principal is None or not subject.is_enabled:
        return None
    return await app_passwords.admitted(principal, found, remote_address)


async def _verify_once(
    digest: bytes, subject: Subject, login: str, password: str, protocol: str, remote_address: str
) -> None:
    """Verify; those who ask the same at the same moment (clients open several connections) share one
    answer.
    """
    task = _pending.get(digest)
    if task is None or task.get_loop() is not asyncio.get_running_loop():
        work = _verify(subject, login, password, protocol, remote_address)
        task = _pending[digest] = asyncio.create_task(work, name="verify-password")
        task.add_done_callback(functools.partial(_finished, digest))
    if await asyncio.shield(task) and subject.principal is not None:
        _remembered.put(digest, subject.principal.id)


def _finished(digest: bytes, task: asyncio.Task[bool]) -> None:
    if _pending.get(digest) is task:
        del _pending[digest]
    if not task.cancelled():
        task.exception()  # whoever asked has seen it, or is gone


async def _verify(subject: Subject, login: str, password: str, protocol: str, remote_address: str) -> bool:
    tried = await begin_try(subject, login, protocol, remote_address)
    try:
        is_right = await passwords.verify(subject.password_hash, password)
    except Unavailable:
        await guessing.give_back(tried)
        raise
    if not is_right or subject.principal is None:
        raise await refuse(tried, subject, protocol, remote_address)
    await guessing.succeed(tried)
    await note_sign_in(subject)
    await _renew(subject, password)
    return True


async def note_sign_in(subject: Subject) -> None:
    """Keep when it was."""
    principal = subject.principal
    now = clock.now()
    if principal is None or not subject.is_enabled or now - subject.last_sign_in_at < _SEEN_EVERY_S:
        return
    sql = f"UPDATE {_TABLES[principal.kind]} SET last_sign_in_at = ? WHERE id = ?"
    try:
        await db.write(lambda tx: tx.execute(sql, now, principal.id), durable=False)
    except Unavailable as error:
        # Reading mail goes on while nothing can be written (a full disk).
        log.warning("the time of a sign-in cannot be kept: %s", error)


async def _renew(subject: Subject, password: str) -> None:
    """Make the keys of SCRAM where there are none, and hash anew what was hashed with older parameters."""
    principal = subject.principal
    if principal is None or not subject.is_enabled:
        return
    try:
        if principal.kind == "user" and not await scram_keys.has_own(principal.id):
            scram = await scram_keys.derive(principal.name, password, principal.id)
            await db.write(lambda tx: _save_keys(tx, principal.id, subject.password_hash, scram))
        if passwords.needs_rehash(subject.password_hash):
            fresh = await passwords.hash_password(password)
            sql = f"UPDATE {_TABLES[principal.kind]} SET password_hash = ? WHERE id = ? AND password_hash = ?"
            await db.write(lambda tx: tx.execute(sql, fresh, principal.id, subject.password_hash))
    except Unavailable as error:
        log.warning("a password cannot be hashed anew: %s", error)


async def _save_keys(tx: Tx, user_id: int, password_hash: str, scram: Derived) -> None:
    # The row is locked while its password is still this one: a new one may be set at the same moment.
    sql = "UPDATE user_account SET password_hash = password_hash WHERE id = ? AND password_hash = ?"
    if await tx.execute(sql, user_id, password_hash):
        await scram_keys.replace(tx, user_id, scram)


def admitted(subject: Subject, remote_address: str) -> Principal:
    """The principal of somebody who proved to be it; raises for the disabled."""
    if subject.principal is None:
        raise Unauthenticated("Wrong name or password")
    if not subject.is_enabled:
        raise PermissionDenied("This account is disabled")
    return subject.principal.through(None, remote_address)


def _digest(login: str, password: str, remote_address: str, password_hash: str) -> bytes:
    text = "\0".join((login, password, guessing.network_of(remote_address), password_hash))
    return hashlib.blake2b(text.encode("utf-8", "surrogatepass"), key=_KEY, digest_size=16).digest()


@functools.lru_cache(maxsize=20_000)
def fold_login(login: str) -> str:
    """The form under which a login of any length is looked up, counted and remembered."""
    return subjects.fold_login(login[:LONGEST_LOGIN])


async def login_of(login: str) -> str:
    """`fold_login`, and under the domain's own name where an alias of the domain was given: however somebody
    is named, the tries are counted together.
    """
    folded = fold_login(login)
    localpart, _, domain = folded.rpartition("@")
    if not localpart or "\0" in domain or any("\ud800" <= char <= "\udfff" for char in domain):
        return folded
    return f"{localpart}@{await resolve.own_name(domain)}"
