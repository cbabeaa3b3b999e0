"""The house that strangers write to, and the domain of one that vouches for its mail."""

from __future__ import annotations

from collections.abc import AsyncIterator

import pytest
from cryptography.hazmat.primitives.asymmetric import ed25519

from backend.formats import dkim
from backend.formats.dkim import SigningKey
from backend.kit.runtime import Runtime
from tests.protocol_service.spool.origin.strangers import PEER, open_house
from tests.support.dns_stub import DnsStub
from tests.support.mail_house import House
from tests.support.smtp_sink import Sink


@pytest.fixture
def key(dns: DnsStub) -> SigningKey:
    """The signer of far.test, whose records are published."""
    made = SigningKey("far.test", "s1", ed25519.Ed25519PrivateKey.from_private_bytes(b"k" * 32))
    dns.add("s1._domainkey.far.test", "TXT", f'"{dkim.record(made.key)}"')
    dns.add("far.test", "TXT", f'"v=spf1 ip4:{PEER} -all"')
    dns.add("_dmarc.far.test", "TXT", '"v=DMARC1; p=reject"')
    return made


@pytest.fixture
async def house(rt: Runtime, dns: DnsStub, sink: Sink) -> AsyncIterator[House]:
    async with open_house(rt, dns, sink) as running:
        yield running
