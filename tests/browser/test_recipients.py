"""Recipients: suggested, removed, pasted, and no more than may be."""

from __future__ import annotations

import re

import pytest
from playwright.async_api import Response, expect

from tests.browser.test_compose import PASTE, begin, send
from tests.support.browser import Window

pytestmark = pytest.mark.asyncio(loop_scope="package")

SET_MOST = """mutation($id: ID!, $value: SettingScalar) {
  setSetting(level: USER, targetId: $id, key: "submission.max_recipients", value: $value) { key } }"""


async def test_more_recipients_than_may_be_are_told_while_they_are_added(maren: Window) -> None:
    me = (await maren.ask("{ viewer { id } }"))["viewer"]["id"]
    await maren.ask(SET_MOST, id=me, value=2)
    try:
        page = await maren.open()
        await begin(page, "a@north.example, b@north.example", "Too many", "Hello")
        await expect(page.get_by_text("At most 2 recipients")).to_have_count(0)
        field = page.get_by_role("combobox", name="To")
        await field.fill("c@north.example")
        await field.press("Enter")

        note = page.get_by_role("group", name="To").get_by_role("status")
        await expect(note).to_have_text("At most 2 recipients; there are 3.")
        assert await maren.violations() == []
        asked: list[str] = []
        page.on("request", lambda one: asked.append(one.post_data or ""))
        await send(page)
        await expect(page.get_by_role("alert")).to_contain_text("At most 2 recipients; there are 3.")
        assert not [one for one in asked if "remindDays" in one]
        await expect(field).to_have_attribute("aria-invalid", "true")
        await page.emulate_media(color_scheme="dark")
        assert await maren.violations() == []

        await field.focus()
        await page.keyboard.press("Backspace")
        await page.keyboard.press("Backspace")
        await expect(note).to_have_text("")
        await expect(page.get_by_role("alert")).to_have_count(0)
        await send(page)
        await expect(page.get_by_role("dialog")).to_have_count(0)
    finally:
        await maren.ask(SET_MOST, id=me, value=None)


async def is_of_suggestions(response: Response) -> bool:
    return response.url.endswith("/graphql") and '"suggestions":' in await response.text()


async def test_recipients_are_suggested_and_removed_by_keys(maren: Window) -> None:
    page = await maren.open()
    await begin(page, subject="To Sofia", text="Hi")
    field = page.get_by_role("combobox", name="To")
    await field.click()
    await page.keyboard.type("sofia ro")
    await expect(page.get_by_role("option", name=re.compile("Sofia Rossi"))).to_be_visible()
    assert await maren.violations() == []
    await page.keyboard.press("Enter")
    await expect(page.get_by_role("button", name=re.compile("^Sofia Rossi, sofia.rossi@"))).to_be_visible()

    await page.keyboard.type("jonas")
    first = page.get_by_role("option").first
    await expect(first).to_be_visible()
    name = await first.inner_text()
    async with page.expect_response(
        lambda answer: '"variables":{"address":' in (answer.request.post_data or "")
    ):
        await page.keyboard.press("Shift+Delete")
        await expect(page.get_by_role("option", name=name)).to_have_count(0)
    await field.fill("")
    async with page.expect_response(is_of_suggestions) as answered:
        await page.keyboard.type("jonas")
    people = (await (await answered.value).json())["data"]["suggestions"]
    assert all(person["address"] not in name for person in people)
    await expect(page.get_by_role("option", name=name)).to_have_count(0)


async def test_two_hundred_recipients_are_pasted_mended_and_taken_back(maren: Window) -> None:
    page = await maren.open()
    await begin(page, to="", subject="To the whole club", text="Hi")
    field = page.get_by_role("combobox", name="To")
    rows = "".join(f"Person {number}\tp{number}@north.example\r\n" for number in range(120))
    await field.click()
    await field.evaluate(PASTE, f"Name\tE-mail\r\n{rows}")
    listed = ", ".join(f'"Holt, {number}" <h{number}@north.example>' for number in range(78))
    await field.evaluate(PASTE, f"{listed}; nobody; x@")

    note = page.get_by_role("group", name="To").get_by_role("status")
    await expect(note).to_contain_text("200 recipients")
    await expect(note).to_contain_text("“nobody” has no @. (and 1 more)")
    await expect(field).to_be_in_viewport()
    assert await maren.violations_in_both_themes() == []
    await send(page)
    await expect(page.get_by_role("alert")).to_contain_text("“nobody” is not a mail address")
    await expect(page.get_by_text(re.compile(r"^Saved \d"))).to_be_visible()
    await expect(page.get_by_role("alert")).to_be_visible()
    await note.get_by_role("button", name="Correct it").click()
    await expect(field).to_have_value("nobody")
    await page.keyboard.type("@north.example,")
    await expect(note).to_contain_text("“x@” does not end in a domain")
    for _ in range(2):
        await page.keyboard.press("ControlOrMeta+z")
    await expect(note).to_contain_text("“nobody” has no @. (and 1 more)")
    await page.keyboard.press("ControlOrMeta+z")
    await expect(note).to_have_text("120 recipients")
