"""What CAPA tells (RFC 2449): what the server can do for this client in its present state."""

from __future__ import annotations

_ALWAYS = (
    b"TOP",
    b"UIDL",
    b"RESP-CODES",
    b"AUTH-RESP-CODE",
    b"PIPELINING",
    b"EXPIRE NEVER",
    b"UTF8 USER",
    b"LANG",
    b"IMPLEMENTATION Postroom",
)


def capabilities(*, mechanisms: tuple[str, ...], may_start_tls: bool) -> list[bytes]:
    """One line each; without a mechanism nobody can sign in yet."""
    lines = list(_ALWAYS)
    if mechanisms:
        lines += [b"USER", b"SASL " + " ".join(mechanisms).encode()]
    if may_start_tls:
        lines.append(b"STLS")
    return lines
