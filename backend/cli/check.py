"""`postroom check`: whether this machine and its surroundings can run a mail server, one line for each
question; with `--account` whether a user's mail is whole, one line for each finding.
"""

from __future__ import annotations

import asyncio
import datetime as dt
import os
import shutil
import socket
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import AsyncExitStack
from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING, Annotated, Literal

import typer

from backend.cli import account_check, frame

if TYPE_CHECKING:
    from dns.asyncresolver import Resolver

    from backend.kit.config import Settings

FREE_BYTES = 1 << 30
EXPIRES_DAYS = 14
TIMEOUT_S = 5.0


@dataclass(frozen=True, slots=True)
class Finding:
    """The answer to one question."""

    name: str
    status: Literal["ok", "warning", "failed"]
    text: str


def register(root: typer.Typer) -> None:
    """Add the command."""
    root.command("check")(check)


def check(
    domain: Annotated[str, typer.Option(help="Also look at the DNS records of this mail domain.")] = "",
    account: Annotated[
        str, typer.Option(metavar="ADDRESS", help="Check this user's mail instead, every message of it.")
    ] = "",
    repair: Annotated[
        bool, typer.Option("--repair", help="With --account: mend what can be derived.")
    ] = False,
) -> None:
    """Check configuration, storage, DNS and TLS, or the mail of one user."""
    if repair and not account:
        raise typer.BadParameter("--repair needs --account")
    if account:
        account_check.run(account, repairing=repair)
        return
    settings = frame.load_settings()
    findings = asyncio.run(_all(settings, domain))
    marks = {"ok": "ok      ", "warning": "warning ", "failed": "FAILED  "}
    frame.show(
        [asdict(finding) for finding in findings],
        [f"{marks[finding.status]}{finding.name}: {finding.text}" for finding in findings],
    )
    failed = [finding.name for finding in findings if finding.status == "failed"]
    if failed:
        frame.fail(f"failed: {', '.join(failed)}")


async def _all(settings: Settings, domain: str) -> list[Finding]:
    findings = [Finding("configuration", "ok", f"data in {settings.data}, host name {settings.hostname}")]
    questions: list[tuple[str, Callable[[Settings], Awaitable[Finding]]]] = [
        ("data folder", _data_folder),
        ("sqlite library", _sqlite_library),
        ("database", _database),
        ("message store", _message_store),
        ("redis", _redis),
        ("certificate", _certificate),
        ("dns", _dns),
    ]
    for name, question in questions:
        findings.append(await _ask(name, question(settings)))
    if domain:
        findings += [finding async for finding in _domain(settings, domain)]
    return findings


async def _ask(name: str, question: Awaitable[Finding]) -> Finding:
    from backend.kit.config import ConfigError
    from backend.kit.errors import MailError

    try:
        async with asyncio.timeout(TIMEOUT_S * 2):
            return await question
    except TimeoutError:
        return Finding(name, "failed", "no answer in time")
    except MailError as exc:
        return Finding(name, "failed", f"{exc.public} {exc.detail.get('cause', '')}".strip())
    except (ConfigError, OSError, ValueError) as exc:
        return Finding(name, "failed", " ".join(str(exc).split()))


async def _data_folder(settings: Settings) -> Finding:
    settings.data.mkdir(mode=0o700, parents=True, exist_ok=True)
    if not os.access(settings.data, os.W_OK):
        return Finding("data folder", "failed", f"{settings.data} cannot be written")
    free = shutil.disk_usage(settings.data).free
    text = f"{settings.data}, {free / (1 << 30):.1f} GiB free"
    return Finding("data folder", "ok" if free > FREE_BYTES else "warning", text)


async def _sqlite_library(settings: Settings) -> Finding:
    from backend import _sqlite

    if _sqlite.is_safe or not settings.is_embedded_database:
        return Finding("sqlite library", "ok", _sqlite.version)
    text = f"{_sqlite.version} can lose commits of two processes (fixed in 3.51.3): install pysqlite3"
    return Finding("sqlite library", "warning", text)


async def _database(settings: Settings) -> Finding:
    from backend.kit import db, migrations
    from backend.kit.runtime import open_database

    if settings.is_embedded_database and not settings.sqlite_path.exists():
        return Finding("database", "ok", "not there yet: the first start makes it")
    async with AsyncExitStack() as stack:
        database = await open_database(settings)
        stack.push_async_callback(database.close)
        db.set_database(database)
        stack.callback(db.set_database, None)
        await migrations.require_current()
    return Finding("database", "ok", f"{database.dialect}, of this version")


async def _message_store(settings: Settings) -> Finding:
    from backend.kit.runtime import open_store

    store = open_store(settings)
    key, content = f"00000/00/{os.getpid():016x}", b"written by postroom check"
    await store.put(key, content)
    try:
        is_same = await store.get(key) == content
    finally:
        await store.delete([key])
    place = settings.blob_url or str(settings.data / "blobs")
    return Finding("message store", "ok" if is_same else "failed", f"{place} can be written and read")


async def _redis(settings: Settings) -> Finding:
    from redis.exceptions import RedisError

    from backend.kit import embedded_valkey
    from backend.kit import redis as redis_module

    if settings.redis_url is None and not settings.valkey_socket.is_socket():
        return Finding("redis", "ok", f"embedded, not running now ({embedded_valkey.find_server()})")
    client = redis_module.connect(settings.redis_address)
    try:
        info = await client.info("server")
        return Finding("redis", "ok", f"version {info.get('valkey_version') or info.get('redis_version')}")
    except (RedisError, OSError) as exc:
        return Finding("redis", "failed", str(exc))
    finally:
        await client.aclose()


async def _certificate(settings: Settings) -> Finding:
    from cryptography import x509

    path = settings.tls_cert or settings.data / "tls" / "cert.pem"
    if not path.exists():
        return Finding("certificate", "warning", "none yet: the first start makes a self-signed one")
    certificate = x509.load_pem_x509_certificate(path.read_bytes())
    names = certificate.extensions.get_extension_for_class(x509.SubjectAlternativeName).value
    covered = [name.lower() for name in names.get_values_for_type(x509.DNSName)]
    days = (certificate.not_valid_after_utc - dt.datetime.now(dt.UTC)).days
    text = f"{', '.join(covered)}, {days} days left"
    if days < 0:
        return Finding("certificate", "failed", text)
    if certificate.issuer == certificate.subject:
        return Finding("certificate", "warning", f"self-signed: {text}")
    wildcard = "*." + settings.hostname.partition(".")[2]
    is_covered = settings.hostname in covered or wildcard in covered
    status: Literal["ok", "warning"] = "ok" if is_covered and days > EXPIRES_DAYS else "warning"
    return Finding(
        "certificate", status, text if is_covered else f"does not name {settings.hostname}: {text}"
    )


def _resolver(settings: Settings) -> Resolver:
    from dns.asyncresolver import Resolver
    from dns.nameserver import Do53Nameserver

    resolver = Resolver(configure=not settings.dns_servers)
    if settings.dns_servers:
        resolver.nameservers = [Do53Nameserver(host, port) for host, port in settings.dns_servers]
    resolver.lifetime = TIMEOUT_S
    return resolver


async def _dns(settings: Settings) -> Finding:
    from dns.exception import DNSException
    from dns.resolver import NXDOMAIN, NoAnswer

    try:
        answer = await _resolver(settings).resolve(settings.hostname, "A")
        return Finding("dns", "ok", f"{settings.hostname} is {', '.join(str(record) for record in answer)}")
    except (NXDOMAIN, NoAnswer):
        return Finding("dns", "warning", f"answers, but does not know {settings.hostname}")
    except (DNSException, socket.gaierror) as exc:
        return Finding("dns", "failed", f"does not answer: {exc}")


async def _domain(settings: Settings, domain: str) -> AsyncIterator[Finding]:
    """What others ask about a mail domain: where its mail goes, who may send for it, what to do with
    forgeries.
    """
    exchangers = await _records(settings, domain, "MX")
    hosts = [record.rpartition(" ")[2].rstrip(".").lower() for record in exchangers]
    is_ours = settings.hostname in hosts
    yield Finding(
        f"{domain} MX", "ok" if is_ours else "warning", ", ".join(hosts) or "none: nobody can send to it"
    )
    for name, host, prefix in (
        ("SPF", domain, "v=spf1"),
        ("DMARC", f"_dmarc.{domain}", "v=DMARC1"),
    ):
        texts = [record.replace('" "', "").strip('"') for record in await _records(settings, host, "TXT")]
        found = [text for text in texts if text.startswith(prefix)]
        status: Literal["ok", "warning"] = "ok" if len(found) == 1 else "warning"
        yield Finding(f"{domain} {name}", status, "; ".join(found) or f"no record that begins with {prefix}")


async def _records(settings: Settings, name: str, kind: str) -> list[str]:
    from dns.exception import DNSException

    try:
        return [str(record) for record in await _resolver(settings).resolve(name, kind)]
    except DNSException:
        return []
