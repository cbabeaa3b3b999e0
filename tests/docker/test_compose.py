"""Container files name only what exists: files, services, commands, settings and ports.

No container engine is needed: the Dockerfile, the compose files and haproxy.cfg are read as text.
"""

from __future__ import annotations

import fnmatch
import json
import re
import subprocess
import sys
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

import pytest
import yaml

from backend.kit.config import Settings

ROOT = Path(__file__).parents[2]
DOCKER = ROOT / "docker"
COMPOSE_FILES = ("compose.yml", "compose.cluster.yml")
DOCKERFILE = (DOCKER / "Dockerfile").read_text()
HAPROXY = (DOCKER / "haproxy.cfg").read_text()

SETTINGS = {f"POSTROOM_{name.upper()}" for name in Settings.model_fields}
PORTS = {str(field.default) for name, field in Settings.model_fields.items() if name.endswith("_port")}


@cache
def compose(name: str) -> dict[str, Any]:
    document = yaml.safe_load((DOCKER / name).read_text())
    assert isinstance(document, dict)
    return document


def services(name: str) -> Iterator[tuple[str, dict[str, Any]]]:
    yield from compose(name)["services"].items()


def own_services(name: str) -> Iterator[tuple[str, dict[str, Any]]]:
    return ((key, service) for key, service in services(name) if service.get("image") == "postroom")


@pytest.mark.parametrize("name", ["Dockerfile", *COMPOSE_FILES])
def test_every_setting_named_exists(name: str) -> None:
    named = set(re.findall(r"POSTROOM_[A-Z0-9_]+", (DOCKER / name).read_text()))

    assert named
    assert named <= SETTINGS


def test_dockerfile_copies_only_what_the_context_holds() -> None:
    ignore = (ROOT / ".dockerignore").read_text().split()
    kept = [pattern[1:] for pattern in ignore if pattern.startswith("!")]
    dropped = [pattern for pattern in ignore if not pattern.startswith("!") and pattern != "*"]
    copied = re.findall(r"^COPY (?!--from)(.+) \S+$", DOCKERFILE, re.MULTILINE)
    sources = [source for line in copied for source in line.split()]

    assert sources
    for source in sources:
        assert (ROOT / source).exists(), source
        assert any(source == path or source.startswith(f"{path}/") for path in kept), source
        assert not any(fnmatch.fnmatch(source, pattern) for pattern in dropped), source


def test_dockerfile_exposes_the_default_ports() -> None:
    exposed = re.search(r"^EXPOSE (.+)$", DOCKERFILE, re.MULTILINE)

    assert exposed is not None
    assert set(exposed[1].split()) <= PORTS


def test_dockerfile_runs_as_an_unprivileged_user() -> None:
    lines = DOCKERFILE.splitlines()

    assert "USER postroom" in lines
    assert lines.index("USER postroom") < lines.index('ENTRYPOINT ["postroom"]')


def test_health_checks_ask_a_path_that_the_backend_serves() -> None:
    asked = set(re.findall(r"/health/\w+", DOCKERFILE + HAPROXY))
    served = set(re.findall(r'Route\("(/health/\w+)"', (ROOT / "backend/app.py").read_text()))

    assert asked
    assert asked <= served


@pytest.mark.parametrize("name", COMPOSE_FILES)
def test_every_command_exists(name: str) -> None:
    default = re.search(r"^CMD (\[.+\])$", DOCKERFILE, re.MULTILINE)
    assert default is not None
    commands = {json.loads(default[1])[0]} | {service["command"][0] for _, service in own_services(name)}

    for command in commands:
        shown = subprocess.run(
            [sys.executable, "-m", "backend", command, "--help"], cwd=ROOT, capture_output=True, check=False
        )
        assert shown.returncode == 0, (command, shown.stderr)


@pytest.mark.parametrize("name", COMPOSE_FILES)
def test_every_file_and_volume_named_exists(name: str) -> None:
    volumes = compose(name)["volumes"]

    for key, service in services(name):
        if build := service.get("build"):
            assert (DOCKER / build["context"] / build["dockerfile"]).is_file()
        for mount in service.get("volumes", []):
            source = mount.rsplit(":/", 1)[0]
            if source.startswith("."):
                assert (DOCKER / source).is_file(), (key, source)
            elif not source.startswith("${"):
                assert source in volumes, (key, source)


@pytest.mark.parametrize("name", COMPOSE_FILES)
def test_services_depend_on_services_of_the_file(name: str) -> None:
    known = set(compose(name)["services"])

    for key, service in services(name):
        assert set(service.get("depends_on", ())) <= known - {key}


@pytest.mark.parametrize("name", COMPOSE_FILES)
def test_published_ports_are_ports_we_listen_on(name: str) -> None:
    published = [port for _, service in services(name) for port in service.get("ports", ())]

    assert published
    assert {port.split(":")[1] for port in published} <= PORTS


def test_every_store_of_the_cluster_is_shared() -> None:
    for key, service in own_services("compose.cluster.yml"):
        environment = service["environment"]
        for url in ("POSTROOM_DATABASE_URL", "POSTROOM_REDIS_URL", "POSTROOM_BLOB_URL"):
            assert environment[url], (key, url)


def test_haproxy_sends_each_port_to_the_same_port_of_a_service() -> None:
    known = set(compose("compose.cluster.yml")["services"])
    published = {
        port.split(":")[1] for port in compose("compose.cluster.yml")["services"]["haproxy"]["ports"]
    }
    binds = re.findall(r"^\s+bind :(\d+)$", HAPROXY, re.MULTILINE)
    targets = re.findall(r"^\s+server-template \S+ \d+ (\w+):(\d+) ", HAPROXY, re.MULTILINE)

    assert set(binds) == published
    assert [port for _, port in targets] == binds
    assert {service for service, _ in targets} <= known
