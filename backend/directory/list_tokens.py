"""Tokens of mailing lists under a secret of the installation (`backend.formats.list_tokens`)."""

from __future__ import annotations

from backend.directory import server_secret
from backend.formats import list_tokens
from backend.formats.addresses import Address
from backend.formats.list_tokens import ListToken

_SECRET = "list-tokens"


async def issue(token: ListToken, domain: str) -> str:
    """The text of a token."""
    return list_tokens.sign(await server_secret.get(_SECRET), token, domain)


async def read(text: str, domain: str) -> ListToken | None:
    """What a text stands for; None for what is not ours."""
    return list_tokens.verify(await server_secret.get(_SECRET), text, domain)


async def address_of(token: ListToken, domain: str) -> Address:
    """The address that carries a token."""
    return Address(list_tokens.localpart(await issue(token, domain)), domain)


async def read_address(address: Address) -> ListToken | None:
    """What an address stands for; None for any other one."""
    found = list_tokens.token_of(address.localpart)
    return None if found is None else await read(found, address.domain)
