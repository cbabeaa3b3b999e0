"""DKIM signatures (RFC 6376; Ed25519: RFC 8463), relaxed in header and body.

The fields that a reader sees are signed once more than they stand there, so that a second Subject or From
added on the way breaks the signature. `l=` is never used.
"""

from __future__ import annotations

import base64
import hashlib
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Literal

from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ed25519, padding, rsa

from backend.formats.addresses import Mailbox, mailboxes, parse_address_list
from backend.formats.errors import InvalidSyntax
from backend.formats.headers import fields, index, split

Algorithm = Literal["rsa", "ed25519"]
PrivateKey = rsa.RSAPrivateKey | ed25519.Ed25519PrivateKey

RSA_BITS = 2048
_SIGNED = (
    b"from", b"to", b"cc", b"subject", b"date", b"message-id", b"reply-to", b"sender", b"in-reply-to",
    b"references", b"mime-version", b"content-type", b"content-transfer-encoding", b"list-id",
    b"list-unsubscribe", b"list-unsubscribe-post", b"auto-submitted",
)  # fmt: skip
_OVERSIGNED = frozenset(
    {b"from", b"to", b"cc", b"subject", b"date", b"message-id", b"reply-to", b"content-type"}
)
_BLANKS = re.compile(rb"[ \t]+")
_FOLD = re.compile(rb"\r?\n(?=[ \t])")
_LINE = 72


@dataclass(frozen=True, slots=True)
class SigningKey:
    """A private key with where its public half is published: `selector._domainkey.domain` (A-labels)."""

    domain: str
    selector: str
    key: PrivateKey

    @property
    def algorithm(self) -> Algorithm:
        return "rsa" if isinstance(self.key, rsa.RSAPrivateKey) else "ed25519"


def generate(algorithm: Algorithm) -> PrivateKey:
    """A new key; an RSA key takes some 100 ms."""
    if algorithm == "rsa":
        return rsa.generate_private_key(public_exponent=65537, key_size=RSA_BITS)
    return ed25519.Ed25519PrivateKey.generate()


def to_pem(key: PrivateKey) -> str:
    """The private key as unencrypted PKCS #8."""
    return key.private_bytes(
        serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    ).decode()


def from_pem(pem: str) -> PrivateKey:
    """The key that `to_pem` wrote. Raises ValueError for any other kind."""
    key = serialization.load_pem_private_key(pem.encode(), password=None)
    if not isinstance(key, rsa.RSAPrivateKey | ed25519.Ed25519PrivateKey):
        raise ValueError("neither an RSA nor an Ed25519 key")
    return key


def record(key: PrivateKey) -> str:
    """The text of the TXT record with the public key (RFC 6376 §3.6.1)."""
    public = key.public_key()
    if isinstance(public, rsa.RSAPublicKey):
        data = public.public_bytes(
            serialization.Encoding.DER, serialization.PublicFormat.SubjectPublicKeyInfo
        )
        return f"v=DKIM1; k=rsa; p={base64.b64encode(data).decode()}"
    data = public.public_bytes(serialization.Encoding.Raw, serialization.PublicFormat.Raw)
    return f"v=DKIM1; k=ed25519; p={base64.b64encode(data).decode()}"


def is_published(key: PrivateKey, texts: Iterable[str]) -> bool:
    """Whether one of the TXT texts at the selector carries the public key."""
    wanted = _tags(record(key))
    return any(
        tags.get("p") == wanted["p"] and tags.get("k", "rsa") == wanted["k"]
        for tags in (_tags(text) for text in texts)
    )


def _tags(text: str) -> dict[str, str]:
    pairs = (part.partition("=") for part in text.split(";"))
    return {name.strip(): "".join(value.split()) for name, _, value in pairs if name.strip()}


def signing_domain(raw: bytes) -> str:
    """The domain of the only From address in A-labels, empty where there is not exactly one From field."""
    return next(iter(author_domains(raw, most=1)), "")


def author_domains(raw: bytes, most: int) -> list[str]:
    """The domains of the first addresses in the only From field, each once, in A-labels; an address that is
    none has an empty one.
    """
    found = index(raw[: split(raw)[0]]).get(b"from", [])
    if len(found) != 1:
        return []
    return list(dict.fromkeys(map(_domain_of, mailboxes(parse_address_list(found[0]))[:most])))


def _domain_of(box: Mailbox) -> str:
    try:
        return box.address.domain
    except InvalidSyntax:
        return ""


def sign(raw: bytes, keys: Sequence[SigningKey], *, now: int) -> bytes:
    """The DKIM-Signature fields to put before the message, one for each key."""
    if not keys:
        return b""
    header_end, body_start = split(raw)
    return sign_header(raw[:header_end], body_hash(raw[body_start:]), keys, now=now)


def body_hash(body: bytes) -> bytes:
    """The `bh=` of a body: one for all copies whose headers differ."""
    return base64.b64encode(hashlib.sha256(relaxed_body(body)).digest())


def sign_header(header: bytes, hashed: bytes, keys: Sequence[SigningKey], *, now: int) -> bytes:
    """`sign` for a header section and the `body_hash` of what follows it."""
    names, signed = choose(header)
    return b"".join(_signature(key, names, signed, hashed, now) for key in keys)


def choose(header: bytes, also: Iterable[bytes] = ()) -> tuple[list[bytes], bytes]:
    """The `h=` names and the canonical fields they stand for: of several the last first (§5.4.2). Fields
    named by `also` are signed too, as often as they are there.
    """
    found: dict[bytes, list[bytes]] = {}
    for whole, name, _ in fields(header):
        found.setdefault(name.lower(), []).append(whole)
    names: list[bytes] = []
    canonical: list[bytes] = []
    for name in (*_SIGNED, *also):
        present = found.get(name, [])
        names += [name] * (len(present) + (name in _OVERSIGNED))
        canonical += [relaxed_field(whole) for whole in reversed(present)]
    return names, b"".join(canonical)


def _signature(key: SigningKey, names: Sequence[bytes], signed: bytes, hashed: bytes, now: int) -> bytes:
    algorithm = algorithm_of(key)
    field = (
        b"DKIM-Signature: v=1; a=%b; c=relaxed/relaxed; t=%d;\r\n\td=%b; s=%b;\r\n\th=%b;\r\n\tbh=%b;\r\n\tb="
        % (algorithm, now, key.domain.encode(), key.selector.encode(), folded(names), hashed)
    )
    return field + value_of(key, signed + relaxed_field(field + b"\r\n")[:-2]) + b"\r\n"


def algorithm_of(key: SigningKey) -> bytes:
    """The `a=` of what the key signs."""
    return b"rsa-sha256" if key.algorithm == "rsa" else b"ed25519-sha256"


def value_of(key: SigningKey, data: bytes) -> bytes:
    """The signature over the data in base64, folded: what stands behind `b=`."""
    if isinstance(key.key, rsa.RSAPrivateKey):
        value = key.key.sign(data, padding.PKCS1v15(), hashes.SHA256())
    else:
        value = key.key.sign(hashlib.sha256(data).digest())  # RFC 8463 §3: the hash is what is signed
    text = base64.b64encode(value)
    return b"\r\n\t ".join(text[at : at + _LINE] for at in range(0, len(text), _LINE))


def folded(names: Sequence[bytes]) -> bytes:
    """Names with colons between them, in lines of readable length."""
    lines: list[bytes] = [b""]
    for name in names:
        if len(lines[-1]) + len(name) >= _LINE:
            lines.append(b"")
        lines[-1] += name + b":"
    return b"\r\n\t ".join(lines)[:-1]


def relaxed_field(whole: bytes) -> bytes:
    """A header field in the relaxed form, with its line end (RFC 6376 §3.4.2)."""
    name, _, value = whole.partition(b":")
    value = _BLANKS.sub(b" ", _FOLD.sub(b"", value)).strip(b" \t\r\n")
    return name.strip(b" \t").lower() + b":" + value + b"\r\n"


def relaxed_body(body: bytes) -> bytes:
    """A body in the relaxed form (RFC 6376 §3.4.4)."""
    if b"\t" in body or b"  " in body or b" \r\n" in body or body.endswith(b" "):
        body = _BLANKS.sub(b" ", body).replace(b" \r\n", b"\r\n").removesuffix(b" ")
    body = body.rstrip(b"\r\n")
    return body + b"\r\n" if body else b""
