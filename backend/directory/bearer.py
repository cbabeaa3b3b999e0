"""Signing in to a mail protocol by a token (RFC 6750, RFC 7628): an API key that may use its owner's mail.

A key has 256 random bits, so only the address that tries is counted.
"""

from __future__ import annotations

import logging

from backend.directory import api_keys, authentication, guessing, policy, sign_in_audit
from backend.directory.principal import Principal
from backend.directory.roles import Permission
from backend.kit.errors import PermissionDenied, RateLimited, Unauthenticated

log = logging.getLogger(__name__)

# What a key must allow; said to clients whose token is refused.
SCOPE = Permission.MAIL_USE


async def verify(token: str, login: str, *, protocol: str, remote_address: str) -> Principal:
    """Who comes by the token, which must be that of `login` where a client names one.

    Raises `Unauthenticated` for every token that does not do, `RateLimited` after too many from an address.
    """
    try:
        tried = await guessing.begin_token(remote_address)
    except RateLimited as refusal:
        await sign_in_audit.note_refusal(None, refusal, protocol, remote_address)
        raise
    principal = await api_keys.find(token, remote_address=remote_address)
    if principal is None or not await _opens(principal, login):
        await guessing.fail(tried)
        log.info("wrong token by %s from %s", protocol, remote_address)
        raise Unauthenticated("The token is not valid here")
    return principal


async def _opens(principal: Principal, login: str) -> bool:
    try:
        policy.require_mail(principal)
    except PermissionDenied:
        return False
    own = authentication.fold_login(principal.name)
    return not login or await authentication.login_of(login) == own
