"""TLS as a client: with a host that has to prove its name, and with one that need not."""

from __future__ import annotations

import ssl
from functools import cached_property


class ClientTls:
    """The two contexts, each made when it is first needed: reading what the system trusts takes 20 ms."""

    @cached_property
    def strict(self) -> ssl.SSLContext:
        """Verifies certificate and host name against what the system trusts."""
        return ssl.create_default_context()

    @cached_property
    def lax(self) -> ssl.SSLContext:
        """Encrypts, and verifies nothing (RFC 7435)."""
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
        context.check_hostname = False
        context.verify_mode = ssl.CERT_NONE
        return context
