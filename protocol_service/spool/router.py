"""Where each recipient of a message is: a mailbox of ours, an alias to expand, another server, or nowhere."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

from backend.directory import resolve
from backend.directory.resolve import (
    Disabled,
    Expansion,
    ListReply,
    ListTarget,
    LocalUser,
    ReturnPath,
    Routed,
    Unknown,
)
from backend.formats.addresses import Address
from backend.formats.bounce_addresses import Kind
from backend.spool.types import SENT_BY_SYSTEM, SpooledRecipient, SpoolRcpt
from protocol_service.filters import loop
from protocol_service.filters.verdict import FilteredMessage
from protocol_service.spool import bounces
from protocol_service.spool.bounces import ReturnTarget
from protocol_service.spool.outcome import Outcome, Result

NO_USER = "No such user here"
RETURNED = "Returned by an administrator of this server"


@dataclass(frozen=True, slots=True)
class LocalTarget:
    """A recipient whose mailbox is here. `copies` are the addresses that its mail is forwarded to besides."""

    recipient: SpooledRecipient
    account_id: int
    address: Address
    copies: tuple[SpoolRcpt, ...] = ()


@dataclass(frozen=True, slots=True)
class AliasTargets:
    """A recipient that stands for others: an alias, or a user whose mail goes elsewhere."""

    recipient: SpooledRecipient
    targets: tuple[SpoolRcpt, ...]


@dataclass(frozen=True, slots=True)
class Leg:
    """What recipients at other servers share: their domain, the address they stand for, whether it is a
    domain of ours whose route they go by, and the detour they take instead of all that.
    """

    domain: str
    via: str
    is_routed: bool = False
    route: str = ""


@dataclass(frozen=True, slots=True)
class ListRecipient:
    """A recipient that is an address of a list, or one to answer it by."""

    recipient: SpooledRecipient
    target: ListTarget | ListReply


@dataclass(slots=True)
class Plan:
    """What is to be done for the recipients of one claim."""

    local: list[LocalTarget] = field(default_factory=list)
    aliases: list[AliasTargets] = field(default_factory=list)
    returns: list[ReturnTarget] = field(default_factory=list)
    lists: list[ListRecipient] = field(default_factory=list)
    remote: dict[Leg, list[SpooledRecipient]] = field(default_factory=dict)
    outcomes: list[Outcome] = field(default_factory=list)

    def include(self, other: Plan) -> None:
        """Add what another routing of the same message found."""
        self.local += other.local
        self.aliases += other.aliases
        self.returns += other.returns
        self.lists += other.lists
        self.outcomes += other.outcomes
        for key, recipients in other.remote.items():
            self.remote.setdefault(key, []).extend(recipients)


async def route(message: FilteredMessage, recipients: Iterable[SpooledRecipient]) -> Plan:
    """Sort the recipients; what can be decided without an attempt is in `outcomes`."""
    plan = Plan()
    for recipient in recipients:
        if recipient.is_to_be_returned:
            plan.outcomes.append(Outcome(recipient, Result.FAILED, "5.7.1", RETURNED))
            continue
        address = Address(recipient.localpart, recipient.domain)
        if recipient.route:
            leg = Leg(recipient.domain, recipient.stands_for, route=recipient.route)
            plan.remote.setdefault(leg, []).append(recipient)
            continue
        found = await resolve.resolve(address)
        if isinstance(found, LocalUser) and not found.is_elsewhere:
            copies: tuple[SpoolRcpt, ...] = ()
            if found.forward is not None:
                copies = copies_for(recipient, found.forward.targets, address)
            plan.local.append(LocalTarget(recipient, found.user_id, address, copies))
        elif isinstance(found, LocalUser | Expansion):
            await _expand(plan, message, recipient, address)
        elif isinstance(found, ListTarget | ListReply):
            plan.lists.append(ListRecipient(recipient, found))
        elif isinstance(found, ReturnPath):
            await _take_back(plan, message, ReturnTarget(recipient, found.tag))
        elif isinstance(found, Unknown):
            plan.outcomes.append(Outcome(recipient, Result.FAILED, "5.1.1", NO_USER))
        elif isinstance(found, Disabled):
            plan.outcomes.append(Outcome(recipient, Result.FAILED, "5.2.1", "This mailbox takes no mail"))
        elif isinstance(found, Routed) and found.address.domain != recipient.domain:
            # The other server need not know our names for its domain.
            await _expand(plan, message, recipient, address)
        else:
            leg = Leg(recipient.domain, recipient.stands_for, isinstance(found, Routed))
            plan.remote.setdefault(leg, []).append(recipient)
    return plan


async def _take_back(plan: Plan, message: FilteredMessage, target: ReturnTarget) -> None:
    recipient = target.recipient
    if message.sender != SENT_BY_SYSTEM:
        refusal = Outcome(recipient, Result.FAILED, "5.7.1", "This address takes delivery reports only")
        plan.outcomes.append(refusal)
    elif target.tag.kind in bounces.RECEIVERS:
        plan.returns.append(target)
    else:
        account_id = await bounces.account_of(target.tag) if target.tag.kind is Kind.MESSAGE else None
        if account_id is None:
            plan.outcomes.append(Outcome(recipient, Result.FAILED, "5.1.1", NO_USER))
        else:
            address = Address(recipient.localpart, recipient.domain)
            plan.local.append(LocalTarget(recipient, account_id, address))


def copies_for(
    recipient: SpooledRecipient, targets: Iterable[Address], address: Address
) -> tuple[SpoolRcpt, ...]:
    """Recipients for what is forwarded besides.

    Whoever wrote has reached the mailbox, which is all they are told of: a copy that fails is no failure
    of theirs, and where else mail goes is not for them to know (RFC 3461 §5.2.7.4).
    """
    orcpt = recipient.orcpt or f"rfc822;{address}"
    return tuple(
        SpoolRcpt(target.localpart, target.domain, orcpt[:500], "NEVER", via=str(address))
        for target in targets
    )


async def _expand(
    plan: Plan, message: FilteredMessage, recipient: SpooledRecipient, address: Address
) -> None:
    if loop.has_passed(message, address):
        plan.outcomes.append(Outcome(recipient, Result.FAILED, "5.4.6", "Mail forwarding loop"))
        return
    members = await resolve.expand(address)
    if not members:
        plan.outcomes.append(
            Outcome(recipient, Result.FAILED, "5.1.1", "Nobody receives mail at this address now")
        )
        return
    # RFC 3461 §5.2.7: what was asked for the alias is asked of its targets, under the name the sender used.
    orcpt = recipient.orcpt or f"rfc822;{address}"
    targets = [member.address if isinstance(member, LocalUser) else member for member in members]
    plan.aliases.append(
        AliasTargets(
            recipient,
            tuple(
                SpoolRcpt(target.localpart, target.domain, orcpt[:500], recipient.notify, via=str(address))
                for target in targets
            ),
        )
    )
