"""A ceiling is set by the system administrator, shown to the domain's, and lifted."""

from __future__ import annotations

import pytest
from playwright.async_api import Page, expect

from tests.browser.conftest import ADMINISTRATOR, ADMINISTRATOR_PASSWORD, House
from tests.support.browser import PHONE, Window

# Whether the tab would be closed without a question.
CLOSES = "dispatchEvent(new Event('beforeunload', { cancelable: true }))"
# What is seen at the foot of a field is the field.
IS_CLEAR = """field => {
  const { x, y, width, height } = field.getBoundingClientRect();
  return document.elementFromPoint(x + width / 2, y + height - 2) === field;
}"""

pytestmark = pytest.mark.asyncio(loop_scope="package")


async def save(page: Page) -> None:
    await page.get_by_role("button", name="Save", exact=True).click()


async def test_a_ceiling_is_set_and_lifted(house: House, maren: Window) -> None:
    async with house.window(PHONE, color_scheme="light", reduced_motion="reduce") as keeper:
        await keeper.sign_in(ADMINISTRATOR, ADMINISTRATOR_PASSWORD)
        page = await keeper.open("/admin/domains")
        await page.get_by_role("link", name="example.org").first.click()
        await page.get_by_role("tab", name="Limits").click()
        await page.get_by_role("button", name="Set a ceiling for Mailbox size").click()
        ceiling = page.get_by_role("textbox", name="Ceiling for Mailbox size")
        await ceiling.evaluate("field => field.scrollIntoView({ block: 'end' })")
        await ceiling.press_sequentially("much")
        # The bar with the button comes over the foot of the page, not over the field.
        await expect(page.get_by_role("button", name="Save", exact=True)).to_be_visible()
        await page.wait_for_function(IS_CLEAR, arg=await ceiling.element_handle())
        await save(page)
        await expect(page.get_by_text("A size with its unit")).to_be_visible()

        # What is not saved is not lost by the way: Back and links ask, and so does closing the tab.
        question = page.get_by_role("alertdialog", name="Leave without saving?")
        for leave in (page.go_back, page.get_by_role("tab", name="Users").click):
            await leave()
            await expect(question).to_be_visible()
            await question.get_by_role("button", name="Cancel").click()
            await expect(question).to_have_count(0)
            await expect(ceiling).to_have_value("much")
        assert not await page.evaluate(CLOSES)
        assert await keeper.violations_in_both_themes() == []
        await ceiling.fill("20 GB")
        await page.get_by_text("Show what changes").click()
        await expect(page.get_by_text("Ceiling for Mailbox size: none → 20 GB")).to_be_visible()
        await save(page)
        await expect(page.get_by_text("Saved")).to_be_visible()
        await expect(ceiling).to_have_value("20 GB")
        assert await keeper.violations_in_both_themes() == []
        assert await page.evaluate(CLOSES)

        own = await maren.open("/admin")
        await own.get_by_role("navigation", name="Administration").get_by_role("link", name="Limits").click()
        await expect(own.get_by_text("at most 20 GB").first).to_be_visible()
        await expect(own.get_by_role("button", name="Set a ceiling for Mailbox size")).to_have_count(0)
        await expect(own.get_by_role("textbox", name="Ceiling for Mailbox size")).to_have_count(0)
        # What is one of a few is chosen by its name.
        blocked = own.get_by_role("combobox", name="Mail of blocked senders")
        await blocked.select_option("Trash")
        await own.get_by_text("Show what changes").click()
        await expect(own.get_by_text("Mail of blocked senders: Junk → Trash")).to_be_visible()
        await own.get_by_role("button", name="Go back to Junk").click()
        await expect(blocked).to_have_value("junk")
        await expect(own.get_by_label("Users of the domain")).to_have_value("Unlimited")
        await own.get_by_role("textbox", name="Mailbox size", exact=True).fill("30 GB")
        await save(own)
        await expect(own.get_by_text("at most 20 GB, set by the system administrator")).to_be_visible()
        await own.go_back()
        await own.get_by_role("alertdialog").get_by_role("button", name="Leave").click()
        await expect(own.get_by_role("link", name="Users", exact=True)).to_have_attribute(
            "aria-current", "page"
        )

        await page.get_by_role("button", name="Lift the ceiling for Mailbox size").click()
        await save(page)
        await expect(page.get_by_role("button", name="Set a ceiling for Mailbox size")).to_be_visible()
        assert keeper.faults == []
