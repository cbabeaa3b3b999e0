"""Certificates checked by TLSA records (DANE for SMTP, RFC 7672, RFC 6698).

Only usages 2 (a trust anchor) and 3 (the host's own certificate or key) count for SMTP (RFC 7672 §3.1); other
records make TLS a must without saying how to check it. Of usage 3 neither name nor dates matter.
"""

from __future__ import annotations

import hashlib
import ssl
from collections.abc import Sequence
from dataclasses import dataclass

from cryptography import x509
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat
from cryptography.x509.verification import PolicyBuilder, Store, VerificationError

TRUST_ANCHOR, END_ENTITY = 2, 3
_DIGESTS = {1: hashlib.sha256, 2: hashlib.sha512}


@dataclass(frozen=True, slots=True)
class Tlsa:
    """A record: `selector` 0 is the whole certificate, 1 its key; `matching` 0 is bytes, 1 SHA-256, 2
    SHA-512.
    """

    usage: int
    selector: int
    matching: int
    data: bytes

    @property
    def is_usable(self) -> bool:
        return (
            self.usage in (TRUST_ANCHOR, END_ENTITY)
            and self.selector in (0, 1)
            and self.matching in (0, 1, 2)
        )

    def matches(self, certificate: x509.Certificate) -> bool:
        """Whether the record is about this certificate."""
        if self.selector == 0:
            found = certificate.public_bytes(Encoding.DER)
        else:
            found = certificate.public_key().public_bytes(Encoding.DER, PublicFormat.SubjectPublicKeyInfo)
        digest = _DIGESTS.get(self.matching)
        return (digest(found).digest() if digest is not None else found) == self.data


def is_matched(records: Sequence[Tlsa], chain: Sequence[bytes], host: str) -> bool:
    """Whether a chain (DER, the host's own first) is what the records ask for."""
    try:
        certificates = [x509.load_der_x509_certificate(der) for der in chain]
    except ValueError:
        return False
    if not certificates:
        return False
    return any(
        record.matches(certificates[0])
        if record.usage == END_ENTITY
        else _leads_to_anchor(record, certificates, host)
        for record in records
        if record.is_usable
    )


def _leads_to_anchor(record: Tlsa, certificates: Sequence[x509.Certificate], host: str) -> bool:
    anchors = [certificate for certificate in certificates[1:] if record.matches(certificate)]
    if record.selector == 0 and record.matching == 0:
        try:
            anchors.append(x509.load_der_x509_certificate(record.data))
        except ValueError:
            return False
    if not anchors:
        return False
    verifier = PolicyBuilder().store(Store(anchors)).build_server_verifier(x509.DNSName(host))
    try:
        verifier.verify(certificates[0], list(certificates[1:]))
    except VerificationError:
        return False
    return True


def peer_chain(tls: ssl.SSLObject) -> list[bytes]:
    """What the peer showed, DER, its own certificate first."""
    public = getattr(tls, "get_unverified_chain", None)
    if public is not None:  # Python 3.13
        return list(public())
    inner = tls._sslobj  # type: ignore[attr-defined]  # before 3.13 the chain is only reached here
    return [
        ssl.PEM_cert_to_DER_cert(certificate.public_bytes()) for certificate in inner.get_unverified_chain()
    ]
