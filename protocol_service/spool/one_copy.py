"""One copy for each address: recipients of a message that have come to share one, as by rerouting, are told
to the other server once (RFC 5321 §5.1), while each keeps its row, trace and reports.

Who comes by an alias or a forward to an address that the message has already is left out when it is added
(`backend.spool.expansion`); here are those whose address was changed afterwards.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import islice

from backend.spool.types import SpooledRecipient
from protocol_service.spool.router import Leg

_Key = tuple[tuple[str, str], bool, str]


def gathered(remote: Mapping[Leg, list[SpooledRecipient]]) -> dict[Leg, list[SpooledRecipient]]:
    """Recipients by leg; who shares the address of an earlier one goes by the leg of that one, also where the
    sender knew it by another name.
    """
    if len(remote) == 1:
        return dict(remote)
    found: dict[Leg, list[SpooledRecipient]] = {}
    legs: dict[_Key, Leg] = {}
    for leg, recipients in remote.items():
        for recipient in recipients:
            chosen = legs.setdefault((recipient.key, leg.is_routed, leg.route), leg)
            found.setdefault(chosen, []).append(recipient)
    return found


def first(
    recipients: Sequence[SpooledRecipient], most: int
) -> tuple[list[SpooledRecipient], list[SpooledRecipient]]:
    """Recipients of the first `most` addresses, and the rest."""
    if len(recipients) <= most:
        return list(recipients), []
    keys = set(islice(dict.fromkeys(one.key for one in recipients), most))
    taken = [one for one in recipients if one.key in keys]
    return taken, [one for one in recipients if one.key not in keys]


def spokesmen(recipients: Sequence[SpooledRecipient]) -> list[SpooledRecipient]:
    """Those that the other server is told of, one for each address: the first that wants reports at all."""
    found: dict[tuple[str, str], SpooledRecipient] = {}
    for one in recipients:
        if one.key not in found or (found[one.key].notify == "NEVER" and one.notify != "NEVER"):
            found[one.key] = one
    return list(found.values())
