"""The client's side of SCRAM-SHA-256 (RFC 5802), written from the RFC and not from our server."""

from __future__ import annotations

import hashlib
import hmac
from base64 import b64decode, b64encode
from dataclasses import dataclass


@dataclass
class ScramClient:
    """One exchange; `binding` is the data of the channel binding that `header` names."""

    login: str
    password: str
    nonce: str = "rOprNGfwEbeRWgbNEkqO"
    header: str = "n,,"
    binding: bytes = b""
    auth_message: bytes = b""
    salted: bytes = b""

    def first(self) -> bytes:
        """client-first-message."""
        return (self.header + self._bare()).encode()

    def final(self, server_first: bytes) -> bytes:
        """client-final-message."""
        fields = dict(part.split("=", 1) for part in server_first.decode().split(","))
        assert fields["r"].startswith(self.nonce)
        self.salted = hashlib.pbkdf2_hmac(
            "sha256", self.password.encode(), b64decode(fields["s"]), int(fields["i"])
        )
        binding = b64encode(self.header.encode() + self.binding).decode()
        unproved = f"c={binding},r={fields['r']}"
        self.auth_message = b",".join((self._bare().encode(), server_first, unproved.encode()))
        client_key = hmac.digest(self.salted, b"Client Key", "sha256")
        signature = hmac.digest(hashlib.sha256(client_key).digest(), self.auth_message, "sha256")
        proof = bytes(a ^ b for a, b in zip(client_key, signature, strict=True))
        return f"{unproved},p={b64encode(proof).decode()}".encode()

    def server_final(self) -> bytes:
        """What a server that holds the keys answers."""
        server_key = hmac.digest(self.salted, b"Server Key", "sha256")
        return b"v=" + b64encode(hmac.digest(server_key, self.auth_message, "sha256"))

    def _bare(self) -> str:
        return f"n={self.login.replace('=', '=3D').replace(',', '=2C')},r={self.nonce}"
