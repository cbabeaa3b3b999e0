"""The server's certificate: named by the settings, or self-signed and made on the first start.

TLS 1.2 and newer with forward secrecy. The context is loaded anew when the files change, so a renewed
certificate serves the next connection without a restart.
"""

from __future__ import annotations

import datetime as dt
import fcntl
import logging
import os
import ssl
from ipaddress import ip_address
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import ExtendedKeyUsageOID, NameOID

from backend.kit.config import Settings

log = logging.getLogger(__name__)

VALID_DAYS = 3650
_CIPHERS = "ECDHE+AESGCM:ECDHE+CHACHA20:!aNULL"


class ServerContext(ssl.SSLContext):
    """A context that knows the `tls-server-end-point` channel binding of its certificate (RFC 5929 §4)."""

    end_point = b""


class Certificate:
    """The files of a certificate and the context made from them."""

    def __init__(self, settings: Settings) -> None:
        self._cert, self._key = _files(settings)
        self._stamp = self._read_stamp()
        self._newest = self._load()
        self.context = self._load()
        # Called in every handshake, with a name or without: the place to hand over to a renewed certificate.
        self.context.sni_callback = self._choose

    def _choose(self, connection: ssl.SSLObject | ssl.SSLSocket, name: str | None, _: ssl.SSLContext) -> None:
        stamp = self._read_stamp()
        if stamp != self._stamp:
            self._stamp = stamp
            try:
                self._newest = self._load()
                log.info("the renewed certificate is in use")
            except (OSError, ssl.SSLError) as exc:
                log.error("the renewed certificate cannot be used, the old one stays: %s", exc)
        connection.context = self._newest

    def _read_stamp(self) -> tuple[int, int]:
        try:
            return self._cert.stat().st_mtime_ns, self._key.stat().st_mtime_ns
        except OSError:
            return self._stamp

    def _load(self) -> ServerContext:
        context = ServerContext(ssl.PROTOCOL_TLS_SERVER)
        context.minimum_version = ssl.TLSVersion.TLSv1_2
        context.set_ciphers(_CIPHERS)
        context.options |= ssl.OP_NO_COMPRESSION | ssl.OP_NO_RENEGOTIATION
        context.load_cert_chain(self._cert, self._key)
        context.end_point = end_point(self._cert.read_bytes())
        return context


def end_point(chain: bytes) -> bytes:
    """The hash of the first certificate of a PEM chain by the algorithm of its signature, SHA-256 in place of
    MD5 and SHA-1; empty where the signature has none of its own (RFC 5929 §4.1 leaves that undefined).
    """
    certificate = x509.load_pem_x509_certificates(chain)[0]
    algorithm = certificate.signature_hash_algorithm
    if algorithm is None:
        return b""
    if algorithm.name in {"md5", "sha1"}:
        algorithm = hashes.SHA256()
    return certificate.fingerprint(algorithm)


def _files(settings: Settings) -> tuple[Path, Path]:
    if settings.tls_cert is not None and settings.tls_key is not None:
        return settings.tls_cert, settings.tls_key
    folder = settings.data / "tls"
    cert, key = folder / "cert.pem", folder / "key.pem"
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    # Backend and protocol service start together: only one of them makes the pair.
    with (folder / ".lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not (cert.exists() and key.exists()):
            _make_self_signed(settings.hostname, cert, key)
    return cert, key


def _make_self_signed(hostname: str, cert: Path, key: Path) -> None:
    private = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, hostname[:64])])
    now = dt.datetime.now(dt.UTC)
    names: list[x509.GeneralName] = [x509.DNSName(hostname)]
    if hostname != "localhost":
        names += [x509.DNSName("localhost")]
    names += [x509.IPAddress(ip_address("127.0.0.1")), x509.IPAddress(ip_address("::1"))]
    certificate = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(private.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - dt.timedelta(hours=1))
        .not_valid_after(now + dt.timedelta(days=VALID_DAYS))
        .add_extension(x509.SubjectAlternativeName(names), critical=False)
        .add_extension(x509.BasicConstraints(ca=False, path_length=None), critical=True)
        .add_extension(x509.ExtendedKeyUsage([ExtendedKeyUsageOID.SERVER_AUTH]), critical=False)
        .sign(private, hashes.SHA256())
    )
    _write(
        key,
        private.private_bytes(
            serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
        ),
        0o600,
    )
    _write(cert, certificate.public_bytes(serialization.Encoding.PEM), 0o644)
    log.warning("made a self-signed certificate for %s in %s", hostname, cert.parent)


def _write(path: Path, data: bytes, mode: int) -> None:
    partial = path.with_suffix(".part")
    partial.unlink(missing_ok=True)
    fd = os.open(partial, os.O_WRONLY | os.O_CREAT | os.O_EXCL, mode)
    with os.fdopen(fd, "wb") as file:
        file.write(data)
        file.flush()
        os.fsync(file.fileno())
    partial.rename(path)
