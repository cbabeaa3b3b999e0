"""Where a message comes from, and whether that is known."""

from __future__ import annotations

import asyncio
import smtplib
import socket
from collections.abc import AsyncIterator

import pytest
import pytest_asyncio
from playwright.async_api import expect

from tests.browser.conftest import MAREN, PASSWORD, House
from tests.browser.letters import (
    choose,
    deliver,
    message,
    open_message,
    wire,
)
from tests.support.browser import Window
from tests.support.served import Served

pytestmark = pytest.mark.asyncio(loop_scope="package")


async def test_where_a_message_comes_from_is_said_in_plain_words(house: House, maren: Window) -> None:
    hop = "from desk ([192.0.2.4]) by mx.north.example with ESMTPS (TLSv1.3); Sun, 22 Nov 2026 10:00:00 +0000"
    await deliver(house, message("From afar", received=hop))
    page = await open_message(maren, "From afar")

    await choose(page, "Where it comes from")

    dialog = page.get_by_role("dialog", name="Where it comes from")
    await expect(dialog).to_contain_text("It was not checked")
    await expect(dialog.get_by_role("listitem").first).to_contain_text("from desk to mx.north.example")
    await expect(dialog.get_by_role("listitem").first).to_contain_text("encrypted TLSv1.3")
    await dialog.get_by_role("tab", name="Headers").click()
    await expect(dialog.get_by_text("Subject: From afar")).to_be_visible()
    await dialog.get_by_role("tab", name="Source").click()
    await expect(dialog.get_by_text("Hello", exact=False)).to_be_visible()
    async with page.expect_download() as saved:
        await dialog.get_by_role("button", name="Download message").click()
    assert (await saved.value).suggested_filename.endswith(".eml")


STRANGER = "198.51.100.22"


class Proxied(smtplib.SMTP):
    """A client that comes from far away, as the proxy says."""

    def _get_socket(self, host: str, port: int, timeout: float) -> socket.socket:
        found = super()._get_socket(host, port, timeout)  # type: ignore[misc]  # the stubs leave it out
        found.sendall(f"PROXY TCP4 {STRANGER} 127.0.0.1 4711 25\r\n".encode())
        return found


@pytest_asyncio.fixture(scope="module", loop_scope="package")
async def watchful(house: House, tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[House]:
    """A house that trusts no network; a proxy before it tells who comes, so that it is checked."""
    host, port = house.dns.address
    served = Served(
        tmp_path_factory.mktemp("watchful"),
        POSTROOM_DNS_SERVERS=f"{host}:{port}",
        POSTROOM_TRUSTED_NETWORKS="192.0.2.0/24",
        POSTROOM_PROXY_NETWORKS="127.0.0.0/8",
    )
    house.dns.add("honest.example", "TXT", f'"v=spf1 ip4:{STRANGER} -all"')
    house.dns.add("_dmarc.honest.example", "TXT", '"v=DMARC1; p=none"')
    house.dns.add("_dmarc.bank.example", "TXT", '"v=DMARC1; p=none"')
    await served.cli("demo", "--json", "--messages", "1", timeout_s=180)
    await served.start()
    yield House(served, house.sink, house.dns, house.browser)
    await served.stop()


async def test_a_sender_is_verified_with_the_reason_and_only_by_our_own_word(watchful: House) -> None:
    claim = "mail.example.test; dkim=pass header.d=bank.example; dmarc=pass header.from=bank.example"
    honest = message("Honest", **{"from": "Hanna <hanna@honest.example>"})
    false = message("From your bank", **{"from": "Bank <help@bank.example>", "authentication_results": claim})

    def hand_over() -> None:
        for one, sender in ((honest, "hanna@honest.example"), (false, "mallory@honest.example")):
            with Proxied("127.0.0.1", watchful.served.ports["smtp"], timeout=60) as client:
                client.ehlo("mx.honest.example")
                client.sendmail(sender, [MAREN], wire(one))

    await asyncio.to_thread(hand_over)
    async with watchful.window() as opened:
        await opened.sign_in(MAREN, PASSWORD)
        page = await open_message(opened, "Honest")

        await page.get_by_role("button", name="Verified", exact=True).click()
        await expect(page.get_by_role("dialog")).to_contain_text(
            "This message really comes from honest.example"
        )
        await expect(page.get_by_role("dialog")).to_contain_text(
            "The host that sent it may send for honest.example"
        )
        page = await open_message(opened, "From your bank")
        await expect(page.get_by_role("button", name="Sender is not who it says")).to_be_visible()
        await expect(page.get_by_role("button", name="Verified", exact=True)).to_have_count(0)
        await choose(page, "Where it comes from")
        words = page.get_by_role("dialog", name="Where it comes from")
        await expect(words).to_contain_text("The message is not what bank.example asks its mail to be")
        assert opened.faults == []
