"""`postroom serve`: one ready line, one per folder, children that come back, an orderly and a violent end."""

import asyncio
import json
import os
import socket
from pathlib import Path
from typing import Any
from urllib.request import urlopen

import psutil
import pytest

from tests.support.served import SCRIPT, Served

pytestmark = [pytest.mark.slow, pytest.mark.timeout(240)]


def children(house: Served) -> dict[str, psutil.Process]:
    """Running processes of a house by their names, the supervisor's own left out."""
    assert house.process is not None
    found = {}
    for process in psutil.Process(house.process.pid).children(recursive=True):
        try:
            words = process.cmdline()
        except psutil.NoSuchProcess:
            continue  # it ended just now (a zombie counts as that)
        if words and "valkey" in words[0]:
            found["valkey"] = process
        elif words[1:3] == ["-m", "backend"]:
            found[words[3]] = process
    return found


NAMES = ("backend", "protocol")


async def until_gone(processes: list[psutil.Process]) -> None:
    _, alive = await asyncio.to_thread(psutil.wait_procs, processes, 15)
    assert alive == []


def greeting(port: int) -> bytes:
    with socket.create_connection(("127.0.0.1", port), timeout=5) as sock:
        return sock.recv(200)


async def greets(port: int) -> None:
    """Wait until a mail protocol answers on the port."""
    async with asyncio.timeout(90):
        while True:
            try:
                if await asyncio.to_thread(greeting, port):
                    return
            except OSError:
                await asyncio.sleep(0.1)


def is_live(house: Served) -> bool:
    with urlopen(f"{house.http}/health/live", timeout=10) as answer:
        return bool(json.load(answer) == {"status": "ok"})


async def run(*words: str, **variables: str) -> tuple[int | None, str, str]:
    process = await asyncio.create_subprocess_exec(
        SCRIPT,
        *words,
        env={**os.environ, **variables},
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.PIPE,
    )
    out, err = await asyncio.wait_for(process.communicate(), 90)
    return process.returncode, out.decode(), err.decode()


async def test_house_is_ready_once_survives_a_kill_and_ends_in_order(server: Served) -> None:
    assert len(server.ready_lines) == 1
    names = [pair.partition("=")[0] for pair in server.ready_lines[0].split()[2:]]
    assert names[:4] == ["http", "smtp", "submission", "submissions"]
    assert {"imap", "imaps"} <= set(names)
    assert await asyncio.to_thread(is_live, server)
    assert (await asyncio.to_thread(greeting, server.ports["smtp"])).startswith(b"220 mail.example.test")
    running = children(server)
    assert set(running) == {"valkey", *NAMES}
    assert server.process is not None

    status, out, err = await run("serve", "--data", str(server.data))
    assert (status, out) == (1, "")
    assert err.count("\n") == 1
    assert f"already served by process {server.process.pid}" in err

    ports = dict(server.ports)
    server.environment.update({f"POSTROOM_{name.upper()}_PORT": str(port) for name, port in ports.items()})
    server.process.kill()
    await asyncio.to_thread(server.process.wait, 10)
    await server.start()
    await until_gone(list(running.values()))
    assert server.ports == ports
    assert await asyncio.to_thread(is_live, server)

    running = children(server)
    assert await server.stop() == 0
    await until_gone(list(running.values()))
    assert not (server.data / "run" / "valkey.sock").exists()


async def test_killed_children_come_back_on_their_ports_while_the_others_serve(server: Served) -> None:
    for name in ("protocol", "valkey", "backend"):
        before = children(server)
        before[name].kill()
        if name == "protocol":
            assert await asyncio.to_thread(is_live, server)
        else:
            assert await asyncio.to_thread(greeting, server.ports["smtp"])
        await comes_back(server, before[name], name)
        if name == "protocol":
            await greets(server.ports["smtp"])
            await greets(server.ports["imap"])
    assert await until_live(server)


async def test_two_protocol_processes_share_ports_and_the_limit_of_an_address(tmp_path: Path) -> None:
    house = Served(tmp_path, POSTROOM_PROTOCOL_PROCESSES="2", POSTROOM_TRUSTED_NETWORKS="")
    try:
        await house.start()
        ports = dict(house.ports)
        both = house.children("protocol")
        assert len(house.ready_lines) == 1
        both_listen = {ports[name] for name in MAIL}
        assert [listening(process) for process in both] == [both_listen] * 2

        # 100 connections are allowed from one address (`connections.per_address`), whoever takes them.
        clients = await asyncio.to_thread(lambda: [connect(ports["imap"]) for _ in range(104)])
        greeted = [client for client, greeting in clients if greeting.startswith(b"* OK")]
        assert len(greeted) == 100
        shares = [len(established(process, ports["imap"])) for process in both]
        assert min(shares) > 20

        both[0].kill()
        await asyncio.to_thread(both[0].wait, 10)
        # Its connections count until `serve` has noticed its end.
        async with asyncio.timeout(20):
            while not (await asyncio.to_thread(greeting, ports["smtp"])).startswith(b"220 "):  # noqa: ASYNC110  # another process
                await asyncio.sleep(0.05)
        for _ in range(20):
            assert (await asyncio.to_thread(greeting, ports["smtp"])).startswith(b"220 ")
        async with asyncio.timeout(60):
            while len(house.children("protocol")) < 2:  # noqa: ASYNC110  # another process starts it
                await asyncio.sleep(0.05)
        await until_listening(house.children("protocol"), both_listen)
        # What the killed one had is counted no more.
        left = await asyncio.to_thread(lambda: sum(is_open(client) for client in greeted))
        assert left <= shares[1]
        again = await asyncio.to_thread(lambda: [connect(ports["imap"]) for _ in range(104 - left)])
        assert sum(greeting.startswith(b"* OK") for _, greeting in again) == 100 - left
        for client, _ in (*clients, *again):
            client.close()
        assert await house.stop() == 0
        assert house.survivors() == []
    finally:
        await house.close()


MAIL = ("smtp", "submission", "submissions", "imap", "imaps", "pop3", "pop3s")


def connect(port: int) -> tuple[socket.socket, bytes]:
    sock = socket.create_connection(("127.0.0.1", port), timeout=20)
    return sock, sock.recv(200)


def is_open(sock: socket.socket) -> bool:
    """Whether an IMAP connection is answered still: on a busy machine its time to sign in may be over."""
    try:
        sock.sendall(b"a NOOP\r\n")
        return sock.recv(200).startswith(b"a OK")
    except OSError:
        return False


def listening(process: psutil.Process) -> set[int]:
    return {one.laddr.port for one in process.net_connections("tcp") if one.status == psutil.CONN_LISTEN}


async def until_listening(processes: list[psutil.Process], ports: set[int]) -> None:
    async with asyncio.timeout(60):
        while any(listening(process) != ports for process in processes):  # noqa: ASYNC110  # other processes
            await asyncio.sleep(0.1)


def established(process: psutil.Process, port: int) -> list[Any]:
    return [
        one
        for one in process.net_connections("tcp")
        if one.laddr.port == port and one.status == psutil.CONN_ESTABLISHED
    ]


async def test_a_service_started_by_hand_shares_its_ports_where_it_is_told_to(tmp_path: Path) -> None:
    house = Served(tmp_path)
    try:
        await house.start()
        variables = {f"POSTROOM_{name.upper()}_PORT": str(house.ports[name]) for name in MAIL}
        environment = house.environment | variables
        del environment["POSTROOM_DATA"]
        words = ("protocol", "--data", str(house.data), "--roles", "imap")

        status, _, err = await run(*words, **environment)
        assert (status, err) == (
            1,
            f"postroom: POSTROOM_IMAP_PORT: 127.0.0.1 port {house.ports['imap']} cannot be used: "
            "Address already in use\n",
        )

        another = await asyncio.create_subprocess_exec(
            SCRIPT, *words, "--share-ports", env={**os.environ, **environment}, stdout=asyncio.subprocess.PIPE
        )
        assert another.stdout is not None
        line = await asyncio.wait_for(another.stdout.readline(), 60)
        assert f"imap=127.0.0.1:{house.ports['imap']}".encode() in line
        own = house.child("protocol")
        own.kill()
        await asyncio.to_thread(own.wait, 10)
        assert (await asyncio.to_thread(greeting, house.ports["imap"])).startswith(b"* OK")
        another.terminate()
        assert await asyncio.wait_for(another.wait(), 15) == 0
    finally:
        await house.close()


async def comes_back(house: Served, before: psutil.Process, name: str) -> None:
    for _ in range(1000):
        if children(house).get(name, before).pid != before.pid:
            return
        await asyncio.sleep(0.05)
    raise AssertionError(f"{name} is not started again")


async def until_live(house: Served) -> bool:
    for _ in range(500):
        try:
            return await asyncio.to_thread(is_live, house)
        except OSError:
            await asyncio.sleep(0.1)
    return False


@pytest.mark.parametrize("command", ["serve", "backend", "protocol"])
async def test_wrong_setting_is_one_line_and_status_one(command: str, tmp_path: Path) -> None:
    status, out, err = await run(command, "--data", str(tmp_path), POSTROOM_SMTP_PORT="often")

    assert (status, out) == (1, "")
    told = "POSTROOM_SMTP_PORT is 'often': it accepts a port number from 0 (any free one) to 65535"
    assert err == f"postroom: {told}\n"


@pytest.mark.parametrize("reuse_port", [False, True])
async def test_port_that_is_taken_is_one_line_and_nothing_stays(tmp_path: Path, reuse_port: bool) -> None:
    with socket.create_server(("127.0.0.1", 0), reuse_port=reuse_port) as taken:
        port = taken.getsockname()[1]
        house = Served(tmp_path, POSTROOM_SMTP_PORT=str(port))
        with pytest.raises(AssertionError, match="serve ended with 1"):
            await house.start()

    lines = [line for line in house.tail().splitlines() if line.startswith("postroom:")]
    assert lines == [
        f"postroom: POSTROOM_SMTP_PORT: 127.0.0.1 port {port} cannot be used: Address already in use"
    ]
    assert house.survivors() == []


async def test_data_folder_that_cannot_be_made_is_told(tmp_path: Path) -> None:
    blocked = tmp_path / "file"
    blocked.write_text("")

    status, _, err = await run("serve", "--data", str(blocked / "data"))

    assert status == 1
    assert err.count("\n") == 1
    assert str(blocked) in err
