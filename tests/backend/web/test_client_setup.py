"""Client set-up over HTTP: who is answered, and what the ports are."""

from __future__ import annotations

import plistlib

import httpx
import pytest

from backend.directory.principal import Principal
from backend.kit import config
from tests.backend.formats.test_client_setup import REQUEST

AUTOCONFIG = "/.well-known/autoconfig/mail/config-v1.1.xml"


@pytest.fixture(autouse=True)
def public_ports(maren: Principal) -> None:
    """The ports of the world outside; the listeners' own are any free ones here."""
    ports = {"imaps": 993, "imap": 143, "pop3s": 995, "submissions": 465}
    config.set_current(config.current().model_copy(update={"public_ports": ports}))


@pytest.mark.parametrize(
    "url",
    [
        f"{AUTOCONFIG}?emailaddress=maren%40example.test",
        f"{AUTOCONFIG}?emailaddress=whoever@EXAMPLE.test",
        "http://autoconfig.example.test/mail/config-v1.1.xml",
        f"http://example.test{AUTOCONFIG}",
    ],
)
async def test_autoconfig_is_the_same_for_everyone_of_a_domain(nobody: httpx.AsyncClient, url: str) -> None:
    answer = await nobody.get(url)

    assert (answer.status_code, answer.headers["content-type"]) == (200, "text/xml; charset=utf-8")
    assert '<emailProvider id="example.test">' in answer.text
    assert [port in answer.text for port in ("993", "143", "995", "465")] == [True] * 4
    assert [port in answer.text for port in ("110", "587")] == [False] * 2
    assert "maren" not in answer.text


@pytest.mark.parametrize(
    ("url", "status"),
    [
        (f"{AUTOCONFIG}?emailaddress=maren@elsewhere.test", 404),
        (f"http://elsewhere.test{AUTOCONFIG}", 404),
        (f"{AUTOCONFIG}?emailaddress=maren", 400),
        ("/mobileconfig/maren@elsewhere.test", 404),
        ("/mobileconfig/maren", 400),
        ("/autodiscover/autodiscover.json?Email=maren@elsewhere.test&Protocol=AutodiscoverV1", 404),
        ("/autodiscover/autodiscover.json?Email=maren@example.test&Protocol=ActiveSync", 404),
    ],
)
async def test_other_domains_and_no_addresses_are_refused(
    nobody: httpx.AsyncClient, url: str, status: int
) -> None:
    assert (await nobody.get(url)).status_code == status


async def test_autodiscover_answers_outlook(nobody: httpx.AsyncClient) -> None:
    for path in ("/autodiscover/autodiscover.xml", "/Autodiscover/Autodiscover.xml"):
        answer = await nobody.post(path, content=REQUEST)

        assert answer.status_code == 200
        assert "<LoginName>maren@example.test</LoginName>" in answer.text
        assert "<Port>993</Port>" in answer.text


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (REQUEST.replace("example.test", "elsewhere.test"), 500),
        (REQUEST.replace("maren@", ""), 500),
        (REQUEST.replace("/outlook/responseschema/2006a", "/mobilesync/responseschema/2006"), 601),
        ("no XML", 600),
        ("<a>" * 100_000, 600),
    ],
)
async def test_autodiscover_refuses_with_a_code(nobody: httpx.AsyncClient, content: str, code: int) -> None:
    answer = await nobody.post("/autodiscover/autodiscover.xml", content=content)

    assert answer.status_code == 200
    assert f"<ErrorCode>{code}</ErrorCode>" in answer.text


async def test_autodiscover_without_a_request_is_refused(nobody: httpx.AsyncClient) -> None:
    assert "<ErrorCode>600<" in (await nobody.get("/autodiscover/autodiscover.xml")).text


@pytest.mark.parametrize(
    "path", ["autodiscover.json?Email=maren@example.test&", "autodiscover.json/v1.0/maren@example.test?"]
)
async def test_autodiscover_in_json_names_the_document(nobody: httpx.AsyncClient, path: str) -> None:
    answer = await nobody.get(f"/autodiscover/{path}Protocol=AutodiscoverV1")

    assert answer.json() == {
        "Protocol": "AutodiscoverV1",
        "Url": "http://mail.example.test/autodiscover/autodiscover.xml",
    }


async def test_profile_is_a_file_that_apple_systems_open(nobody: httpx.AsyncClient) -> None:
    answer = await nobody.get("/mobileconfig/maren@example.test")

    assert answer.headers["content-type"] == "application/x-apple-aspen-config"
    assert answer.headers["content-disposition"] == 'attachment; filename="example.test.mobileconfig"'
    assert plistlib.loads(answer.content)["PayloadContent"][0]["EmailAddress"] == "maren@example.test"


async def test_without_known_ports_there_is_no_profile(nobody: httpx.AsyncClient) -> None:
    config.set_current(config.current().model_copy(update={"public_ports": {}}))

    assert (await nobody.get("/mobileconfig/maren@example.test")).status_code == 404
