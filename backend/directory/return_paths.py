"""Return paths that say by themselves what came back (VERP), signed with a secret of the installation.

`issue` makes one, `read` tells what one of ours stands for. A report that comes to such an address, or names
the token as its envelope identifier, comes from someone whom we sent the message: only then may it have
consequences.
"""

from __future__ import annotations

from backend.directory import server_secret
from backend.formats import bounce_addresses
from backend.formats.addresses import Address
from backend.formats.bounce_addresses import Tag
from backend.kit import clock

_SECRET = "bounce-addresses"


async def issue(tag: Tag, domain: str) -> Address:
    """The return path with which something leaves in the name of a domain of ours."""
    return Address(bounce_addresses.localpart(await token(tag, domain)), domain)


async def token(tag: Tag, domain: str) -> str:
    """The tag by itself, for an envelope identifier."""
    return bounce_addresses.sign(await server_secret.get(_SECRET), tag, domain)


async def read(address: Address) -> Tag | None:
    """What a return path stands for; None for any other address."""
    found = bounce_addresses.token_of(address.localpart)
    return None if found is None else await read_token(found, address.domain)


async def read_token(text: str, domain: str) -> Tag | None:
    """What a token stands for; None for what is not ours, or no longer."""
    return bounce_addresses.verify(await server_secret.get(_SECRET), text, domain, now=clock.now())
