"""Where a message comes from, in facts; the words are the client's."""

from __future__ import annotations

import strawberry

from backend.api.scalars import DateTime
from backend.formats.authentication_results import Outcome
from backend.formats.received import Hop
from backend.submission import origin
from backend.submission.origin import Standing

strawberry.enum(
    Standing, name="SenderStanding", description="What is known of who a message says it is from."
)


@strawberry.type(description="One check of ours and what it found (RFC 8601).")
class OriginCheck:
    """A check."""

    method: str
    result: str
    reason: str
    domain: str = strawberry.field(description="The domain that it is about.")

    @classmethod
    def of(cls, outcome: Outcome) -> OriginCheck:
        """As the API shows it."""
        named = (outcome.properties.get(name, "") for name in _DOMAINS)
        domain = next((one for one in named if one), "")
        return cls(
            method=outcome.method,
            result=outcome.result,
            reason=outcome.reason,
            domain=domain.rpartition("@")[2].lower(),
        )


_DOMAINS = ("header.d", "header.from", "smtp.mailfrom", "smtp.helo")


@strawberry.type(description="One hand-over on the way, as the host that took the message says.")
class PathHop:
    """A hop."""

    from_name: str = strawberry.field(description="What the giving host called itself.")
    from_address: str
    by: str
    protocol: str
    tls: str = strawberry.field(description="Version of TLS, empty where the field names none.")
    is_encrypted: bool
    at: DateTime | None
    delay_seconds: int | None = strawberry.field(description="Since the hop before; null where unknown.")

    @classmethod
    def of(cls, hop: Hop, before: Hop | None) -> PathHop:
        """As the API shows it."""
        since = None if before is None else before.at
        delay = None if hop.at is None or since is None else hop.at - since
        return cls(
            from_name=hop.from_name,
            from_address=hop.from_address,
            by=hop.by,
            protocol=hop.protocol,
            tls=hop.tls,
            is_encrypted=hop.is_encrypted,
            at=DateTime(hop.at) if hop.at is not None else None,
            delay_seconds=max(-(2**31), min(2**31 - 1, delay)) if delay is not None else None,
        )


@strawberry.type(description="Only checks of this server are told; what the message itself claims is not.")
class MessageOrigin:
    """The origin."""

    standing: Standing
    from_domain: str
    is_signed_by_domain: bool = strawberry.field(description="A signature of From's domain holds.")
    is_sent_by_domain: bool = strawberry.field(description="From's domain lets the sending host send for it.")
    signers: list[str] = strawberry.field(description="Domains whose signatures hold.")
    checks: list[OriginCheck]
    return_path: str
    list_id: str
    path: list[PathHop] = strawberry.field(description="The first hand-over first.")

    @classmethod
    def read(cls, prefix: bytes, raw: bytes) -> MessageOrigin:
        """Of a message as it is stored."""
        found = origin.read(prefix, raw)
        hops = found.hops
        return cls(
            standing=found.standing,
            from_domain=found.from_domain,
            is_signed_by_domain="dkim" in found.aligned_by,
            is_sent_by_domain="spf" in found.aligned_by,
            signers=list(found.signers),
            checks=[OriginCheck.of(one) for one in found.checks],
            return_path=found.return_path,
            list_id=found.list_id,
            path=[PathHop.of(hop, hops[at - 1] if at else None) for at, hop in enumerate(hops)],
        )
