"""The SPA's files, headers, health and metrics."""

from __future__ import annotations

import httpx
import pytest

from backend.kit.errors import NotFound
from backend.web import remote_images


async def test_every_path_of_the_app_gets_the_page_uncached(nobody: httpx.AsyncClient) -> None:
    for path in ("/", "/mail/inbox", "/admin/domains/7", "/persisted.json"):
        answer = await nobody.get(path)
        assert (answer.status_code, answer.headers["cache-control"]) == (200, "no-cache")
        assert "Postroom" in answer.text


async def test_assets_are_kept_for_good_and_sent_packed(nobody: httpx.AsyncClient) -> None:
    async with nobody.stream("GET", "/assets/main-1a2b.js", headers={"Accept-Encoding": "gzip"}) as answer:
        raw = b"".join([chunk async for chunk in answer.aiter_raw()])

    assert answer.headers["cache-control"] == "public, max-age=31536000, immutable"
    assert (answer.headers["content-encoding"], raw) == ("gzip", b"\x1f\x8bpacked")


async def test_an_asset_of_another_build_is_missing_not_the_page(nobody: httpx.AsyncClient) -> None:
    assert (await nobody.get("/assets/main-old.js")).status_code == 404


@pytest.mark.parametrize("path", ["/", "/health/live", "/files/7/1", "/graphql"])
async def test_every_answer_carries_the_security_headers(nobody: httpx.AsyncClient, path: str) -> None:
    headers = (await nobody.get(path)).headers

    assert headers["x-content-type-options"] == "nosniff"
    assert headers["referrer-policy"] == "no-referrer"
    assert "default-src 'self'" in headers["content-security-policy"]
    assert "require-trusted-types-for 'script'" in headers["content-security-policy"]
    assert "frame-ancestors 'none'" in headers["content-security-policy"]


async def test_health_tells_apart_alive_and_ready(nobody: httpx.AsyncClient) -> None:
    assert (await nobody.get("/health/live")).json() == {"status": "ok"}
    assert (await nobody.get("/health/ready")).json() == {"status": "ok", "database": True}


async def test_metrics_are_for_loopback_only(nobody: httpx.AsyncClient) -> None:
    own = await nobody.get("/metrics")
    proxied = await nobody.get("/metrics", headers={"X-Forwarded-For": "203.0.113.7"})

    assert own.status_code == 200
    assert proxied.status_code == 404


@pytest.mark.parametrize(
    "url",
    [
        "http://127.0.0.1/p.gif",
        "http://localhost/p.gif",
        "http://[::1]/p.gif",
        "http://[::ffff:127.0.0.1]/p.gif",
        "http://10.0.0.1/p.gif",
        "http://169.254.169.254/latest/meta-data",
        "http://0x7f000001/p.gif",
        "http://2130706433/p.gif",
        "http://192.168.1.1/p.gif",
        "https://1.1.1.1:8443/p.gif",
        "ftp://1.1.1.1/p.gif",
        "file:///etc/passwd",
        "//1.1.1.1/p.gif",
    ],
)
async def test_the_picture_proxy_reaches_no_private_place(url: str) -> None:
    with pytest.raises(NotFound):
        await remote_images.fetch(url)
