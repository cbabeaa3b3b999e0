"""A vacation reply: set with its dates, told to who writes, shown over the inbox, turned off there."""

from __future__ import annotations

import re

import pytest
from playwright.async_api import expect

from tests.browser.conftest import PASSWORD, SOFIA, House
from tests.browser.test_mail import deliver
from tests.support.browser import DESKTOP

pytestmark = pytest.mark.asyncio(loop_scope="package")


async def test_people_are_told_between_two_days_and_the_inbox_says_so(house: House) -> None:
    async with house.window(DESKTOP) as opened:
        await opened.sign_in(SOFIA, PASSWORD)
        page = await opened.open("/settings/vacation")
        reply = page.get_by_role("switch", name="Vacation reply")
        await reply.check()
        await page.get_by_role("button", name="Save").click()
        await expect(page.get_by_role("alert")).to_have_text("Write what people are told")
        await page.get_by_role("textbox", name="Message", exact=True).fill("In the hills until Friday.")
        await page.get_by_label("First day").fill("2090-12-01")
        await page.get_by_label("Last day").fill("2090-11-01")
        await page.get_by_role("button", name="Save").click()
        await expect(page.get_by_text("It ends before it begins")).to_be_visible()
        await page.get_by_label("Last day").fill("2090-12-04")
        await page.get_by_role("combobox", name="People outside").select_option("are told something else")
        await page.get_by_role("textbox", name="Message to people outside").fill("Away until the fourth.")
        assert await opened.violations() == []
        await page.get_by_role("button", name="Save").click()
        await expect(page.get_by_text("It begins on 1 Dec 2090.")).to_be_visible()
        await opened.open("/mail/inbox")
        await expect(page.get_by_role("row").first).to_be_visible()
        await expect(page.get_by_role("region", name="Vacation reply")).to_have_count(0)

        await opened.open("/settings/vacation")
        await page.get_by_label("First day").fill("")
        await page.get_by_role("button", name="Save").click()
        await expect(page.get_by_text("On until 4 Dec 2090.")).to_be_visible()
        before = len(house.sink.messages)
        await deliver(house, "Are you there", "Sofia?", to=SOFIA)
        await house.sink.wait_for(before + 1)
        answers = [one for one in house.sink.messages if b"Subject: Auto: Are you there" in one.data]
        assert [(one.sender, b"Away until the fourth." in one.data) for one in answers] == [("", True)]

        await opened.open("/mail/inbox")
        banner = page.get_by_role("region", name="Vacation reply")
        await expect(banner).to_contain_text("Your vacation reply is on until 4 Dec 2090")
        assert await opened.violations() == []
        await banner.get_by_role("button", name="Turn off").click()
        await expect(banner).to_have_count(0)
        await opened.open("/settings/vacation")
        await expect(reply).not_to_be_checked()
        await expect(page.get_by_role("textbox", name="Message", exact=True)).to_have_value(
            re.compile("In the hills")
        )
        assert opened.faults == []
