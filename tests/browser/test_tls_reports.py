"""TLS reports of others, in the domain's administration."""

from __future__ import annotations

import asyncio
import re

import pytest
from playwright.async_api import expect

from backend.formats import tls_report
from backend.formats.addresses import Address
from backend.formats.tls_report import FailureDetail, PolicyResult, TlsReport
from tests.browser.conftest import MAREN, House
from tests.support.browser import Window
from tests.support.public_clients import send

pytestmark = pytest.mark.asyncio(loop_scope="package")


async def test_a_report_that_came_by_mail_is_shown(house: House, maren: Window) -> None:
    page = await maren.open("/admin")
    await page.get_by_role("link", name="TLS reports").click()
    await expect(page.get_by_text("No reports have come yet")).to_be_visible()
    assert await maren.violations() == []

    detail = FailureDetail("certificate-expired", 3, "mx.example.org", "192.0.2.7")
    policies = (PolicyResult("sts", "example.org", 5326, 3, details=(detail,)),)
    report = TlsReport("North Example", "r1", 1_799_971_200, 1_800_057_599, "", policies)
    raw = tls_report.build(
        report,
        Address("tls", "north.example"),
        Address("maren.holt", "example.org"),
        date=1_800_060_000,
        message_id="tls.1@north.example",
    )
    await asyncio.to_thread(send, house.served.ports["smtp"], "tls@north.example", [MAREN], raw)
    line = page.get_by_role("row", name=re.compile("North Example"))
    async with asyncio.timeout(30):
        # Filing comes after the 250, by a worker of its own.
        while not await line.is_visible():
            await page.reload()
            await page.get_by_text("Other servers count").wait_for()
            await page.wait_for_load_state("networkidle")
    await expect(line).to_contain_text("certificate expired (mx.example.org), 3 connections")
    await expect(line).to_contain_text("MTA-STS")
    await expect(line.get_by_role("cell", name="5,326")).to_be_visible()
    assert await maren.violations() == []
    await page.set_viewport_size({"width": 390, "height": 844})
    await page.emulate_media(color_scheme="dark")
    await expect(line).to_contain_text("MTA-STS")
    assert await maren.violations() == []
    assert maren.faults == []
