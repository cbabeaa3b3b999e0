"""What ties a SCRAM exchange to its TLS connection.

`tls-server-end-point` (RFC 5929) is the hash of our certificate. `tls-exporter` (RFC 9266) is there as soon
as the `ssl` module can give it. Python 3.11 can give `tls-unique` alone, which TLS 1.3 does not have and
which TLS 1.2 has in a form that can be attacked (RFC 7627), so it is left out.
"""

from __future__ import annotations

import ssl
from collections.abc import Mapping
from types import MappingProxyType
from typing import Any

from protocol_service.tls import ServerContext

NONE: Mapping[str, bytes] = MappingProxyType({})
_EXPORTER = "tls-exporter"


def is_announced(bindings: Mapping[str, bytes]) -> bool:
    """Whether mechanisms with binding are named to clients, who then take them and the type that is usual.

    That is `tls-exporter` (RFC 9266 §3): neomutt knows no other, and does not fall back. Without it a
    mechanism with binding is there for a client that names it with `tls-server-end-point`, unannounced.
    """
    return _EXPORTER in bindings


def of(connection: Any) -> Mapping[str, bytes]:
    """The bindings by type of a transport's `ssl_object`; none without TLS."""
    if not isinstance(connection, ssl.SSLObject):
        return NONE
    found: dict[str, bytes] = {}
    if _EXPORTER in ssl.CHANNEL_BINDING_TYPES:
        found[_EXPORTER] = connection.get_channel_binding(_EXPORTER) or b""
    context = connection.context
    if isinstance(context, ServerContext):
        found["tls-server-end-point"] = context.end_point
    return MappingProxyType({kind: data for kind, data in found.items() if data})
