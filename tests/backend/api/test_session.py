"""One's own sign-ins over GraphQL, and what mail programs are told."""

from __future__ import annotations

import pytest

from backend.directory import domains, sessions, users
from backend.directory.principal import SYSTEM, for_user
from backend.kit.config import current
from backend.kit.runtime import Runtime
from tests.support.api import ask
from tests.support.people import add_user

SESSIONS = "{ viewer { sessions { isCurrent remoteAddress } } }"
SERVERS = "{ mailServers { protocol host port security } }"


async def test_all_other_browsers_are_signed_out(rt: Runtime) -> None:
    domain = await domains.add(SYSTEM, "example.test")
    ada = for_user(await users.get(SYSTEM, await add_user(domain.id, "ada")))
    ben = for_user(await users.get(SYSTEM, await add_user(domain.id, "ben")))
    _, here = await sessions.create(ada, remote_address="192.0.2.1")
    token, _ = await sessions.create(ada, remote_address="192.0.2.2")
    foreign, _ = await sessions.create(ben, remote_address="192.0.2.3")

    answer = await ask("mutation { revokeOtherSessions }", here)

    assert answer == {"data": {"revokeOtherSessions": 1}}
    left = (await ask(SESSIONS, here))["data"]["viewer"]["sessions"]
    assert left == [{"isCurrent": True, "remoteAddress": "192.0.2.1"}]
    assert await sessions.find(token) is None
    assert await sessions.find(foreign) is not None
    assert (await ask("mutation { revokeOtherSessions }", here))["data"] == {"revokeOtherSessions": 0}


async def test_mail_programs_are_told_the_ports_that_clients_reach(
    rt: Runtime, monkeypatch: pytest.MonkeyPatch
) -> None:
    domain = await domains.add(SYSTEM, "example.test")
    ada = for_user(await users.get(SYSTEM, await add_user(domain.id, "ada")))
    known = current().model_copy(
        update={"hostname": "mail.example.test", "public_ports": {"imaps": 993, "submission": 587}}
    )
    monkeypatch.setattr("backend.operations.client_servers.config.current", lambda: known)

    found = (await ask(SERVERS, ada))["data"]["mailServers"]

    assert {"protocol": "IMAP", "host": "mail.example.test", "port": 993, "security": "TLS"} in found
    assert {"protocol": "SMTP", "host": "mail.example.test", "port": 587, "security": "STARTTLS"} in found
