"""Signing in, for every protocol of ours (RFC 4422): IMAP AUTHENTICATE and LOGIN, SMTP AUTH, POP3 AUTH and
USER/PASS.

A protocol keeps one `Peer` for each connection, offers `offered(peer)`, and runs `authenticate(peer, …)` with
a coroutine that sends a challenge and gives the client's response (`encode` and `decode` are for its lines).
Both it and `sign_in` (for commands that carry name and password themselves) give the `Principal`, or raise:

* `Unauthenticated` (of `backend.kit.errors`): wrong name, password, proof or token, a disabled account; all
  alike in text and time. Afterwards `peer.is_exhausted` says whether to close the connection.
* `PermissionDenied`: the password was right, but the authorization identity is somebody else's; of its kind
  `ProtocolDisabled` (of `backend.directory.protocols`): the protocol is turned off for this user.
* `LimitExceeded`: the user has too many connections. `RateLimited`, `Unavailable`: not now.
* `PrivacyRequired`, `UnknownMechanism`, `Malformed`, `Cancelled`: see `peer`.
"""

from protocol_service.sasl.lines import decode, encode
from protocol_service.sasl.mechanisms import authenticate, offered, sign_in
from protocol_service.sasl.peer import Ask, Cancelled, Malformed, Peer, PrivacyRequired, UnknownMechanism

__all__ = [
    "Ask",
    "Cancelled",
    "Malformed",
    "Peer",
    "PrivacyRequired",
    "UnknownMechanism",
    "authenticate",
    "decode",
    "encode",
    "offered",
    "sign_in",
]
