"""One organisation behind a whole server, once for each kind of storage."""

from __future__ import annotations

import asyncio
import os
import secrets
import smtplib
import sqlite3
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.request import Request, urlopen

import asyncpg
import pytest
import pytest_asyncio

from backend.kit import child_process, embedded_valkey
from backend.kit.config import load
from tests.support.dns_stub import DnsStub, dns_stub
from tests.support.postgres import Postgres
from tests.support.served import Served
from tests.support.smtp_sink import Sink, smtp_sink
from tests.support.web_client import SET_UP, Web

DOMAIN = "example.test"
ADMINISTRATOR, ADMINISTRATOR_PASSWORD = "root", "a wide calm river"
PASSWORD = "nine quiet gardens"
CREATE_ALIAS = """mutation($domain: ID!, $localpart: String!, $targets: [String!]!) {
  createAlias(domainId: $domain, localpart: $localpart, targets: $targets) { id address } }"""
# Maren is the domain's administrator.
PEOPLE = {"maren": "Maren Holt", "sofia": "Sofia Rossi", "oliver": "Oliver Grant"}


@dataclass
class House:
    """A running installation with three users, and the host elsewhere that its DNS names."""

    served: Served
    web: Web
    root: Web
    sink: Sink
    dns: DnsStub
    database_url: str | None
    domain_id: str
    users: dict[str, str]

    def address(self, localpart: str) -> str:
        """The full address."""
        return f"{localpart}@{DOMAIN}"

    async def browser(self, localpart: str) -> Web:
        """Somebody signed in."""
        web = Web(self.served.http)
        await web.sign_in(self.address(localpart), PASSWORD)
        return web

    async def heard(self) -> None:
        """Wait until the protocol service knows what was changed over the API: it hears of changes in their
        order, so with the newest alias it knows all.
        """
        localpart = f"heard-{secrets.token_hex(4)}"
        await self.web.ask(
            CREATE_ALIAS, domain=self.domain_id, localpart=localpart, targets=[self.address("maren")]
        )
        async with asyncio.timeout(15):
            while await asyncio.to_thread(  # noqa: ASYNC110  # another process hears it
                _refuses, self.served.ports["smtp"], self.address(localpart)
            ):
                await asyncio.sleep(0.05)

    async def count(self, sql: str) -> int:
        """A number from the database itself, read beside the server."""
        if self.database_url is None:
            connection = sqlite3.connect(f"file:{self.served.data / 'postroom.db'}?mode=ro", uri=True)
            try:
                return int(connection.execute(sql).fetchone()[0])
            finally:
                connection.close()
        server = await asyncpg.connect(self.database_url)
        try:
            return int(await server.fetchval(sql))
        finally:
            await server.close()


def _refuses(port: int, address: str) -> bool:
    with smtplib.SMTP("127.0.0.1", port, timeout=30) as client:
        client.ehlo("mx.north.example")
        client.mail("amara@north.example")
        return client.rcpt(address)[0] != 250


@pytest_asyncio.fixture(
    scope="package",
    loop_scope="package",
    params=["sqlite", pytest.param("postgres", marks=pytest.mark.postgres)],
)
async def house(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> AsyncIterator[House]:
    """SQLite, embedded Valkey and files; or PostgreSQL, a Valkey of its own and S3."""
    folder = tmp_path_factory.mktemp("house")
    async with AsyncExitStack() as stack:
        dns, sink = await stack.enter_async_context(dns_stub()), await stack.enter_async_context(smtp_sink())
        dns.add("north.example", "MX", "10 mx.north.example.")
        dns.add("mx.north.example", "A", "127.0.0.1")
        variables = {
            "POSTROOM_DNS_SERVERS": f"{dns.address[0]}:{dns.address[1]}",
            "POSTROOM_REMOTE_SMTP_PORT": str(sink.address[1]),
        }
        if request.param == "postgres":
            variables |= await _elsewhere(request, folder, stack)
        served = Served(folder, **variables)
        stack.push_async_callback(served.close)
        if request.param == "postgres":
            await served.cli("migrate")
        await served.start()
        yield await _move_in(served, sink, dns, variables.get("POSTROOM_DATABASE_URL"), stack)


async def _elsewhere(request: pytest.FixtureRequest, folder: Path, stack: AsyncExitStack) -> dict[str, str]:
    """The variables for storage outside the data folder."""
    postgres: Postgres = request.getfixturevalue("postgres")
    name = f"flow_{os.getpid()}"
    await postgres.execute(f'CREATE DATABASE "{name}"')
    stack.push_async_callback(postgres.execute, f'DROP DATABASE "{name}" WITH (FORCE)')
    settings = load(data=folder / "valkey")
    settings.run_dir.mkdir(parents=True)
    valkey = await embedded_valkey.start(settings)
    stack.push_async_callback(child_process.stop, valkey, 5)
    endpoint, bucket = request.getfixturevalue("s3_server"), name.replace("_", "-")
    await asyncio.to_thread(urlopen, Request(f"{endpoint}/{bucket}", method="PUT"))
    return {
        "POSTROOM_DATABASE_URL": postgres.url(name),
        "POSTROOM_REDIS_URL": f"unix://{settings.valkey_socket}",
        "POSTROOM_BLOB_URL": f"s3://{bucket}/bodies",
        "AWS_ENDPOINT_URL": endpoint,
        "AWS_REGION": "us-east-1",
        "AWS_ACCESS_KEY_ID": "test",
        "AWS_SECRET_ACCESS_KEY": "test",
    }


CREATE_USER = """mutation($domain: ID!, $localpart: String!, $name: String!, $password: String!) {
  createUser(domainId: $domain, localpart: $localpart, name: $name, password: $password) { id } }"""


async def _move_in(
    served: Served, sink: Sink, dns: DnsStub, database_url: str | None, stack: AsyncExitStack
) -> House:
    web, root = Web(served.http), Web(served.http)
    stack.push_async_callback(web.close)
    stack.push_async_callback(root.close)
    made: dict[str, Any] = await web.ask(
        SET_UP,
        input={
            "administratorName": ADMINISTRATOR,
            "administratorPassword": ADMINISTRATOR_PASSWORD,
            "domain": DOMAIN,
            "userLocalpart": "maren",
            "userName": PEOPLE["maren"],
            "userPassword": PASSWORD,
        },
    )
    await root.sign_in(ADMINISTRATOR, ADMINISTRATOR_PASSWORD)
    domain_id = made["setUp"]["domain"]["id"]
    users = {"maren": (await web.ask("{ viewer { id } }"))["viewer"]["id"]}
    for localpart in ("sofia", "oliver"):
        answer = await root.ask(
            CREATE_USER, domain=domain_id, localpart=localpart, name=PEOPLE[localpart], password=PASSWORD
        )
        users[localpart] = answer["createUser"]["id"]
    return House(served, web, root, sink, dns, database_url, domain_id, users)
