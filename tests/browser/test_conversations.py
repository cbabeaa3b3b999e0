"""Conversations: order, folding, splitting, and what comes while one reads (17)."""

from __future__ import annotations

import asyncio
import re
from email.message import EmailMessage

import pytest
from playwright.async_api import expect

from tests.browser import trees
from tests.browser.conftest import MAREN, House
from tests.browser.letters import (
    choose,
    deliver,
    message,
    notices,
    open_message,
    prefer,
)
from tests.browser.test_mail import is_ready
from tests.support.browser import Window
from tests.support.public_clients import Mailbox

pytestmark = pytest.mark.asyncio(loop_scope="package")


_FIRST: dict[str, str] = {}


async def answer(house: House, subject: str, text: str) -> None:
    """One more message of Amara's."""
    await deliver(house, message(f"Re: {subject}", text, references=_FIRST[subject]))


async def conversation(house: House, subject: str, count: int = 5) -> None:
    """`count` messages of Amara's, the one before the last answered by Maren from another program."""
    first = message(subject, "Number 1")
    _FIRST[subject] = str(first["Message-ID"])
    replies: list[EmailMessage] = [first]
    for number in range(2, count + 1):
        replies.append(message(f"Re: {subject}", f"Number {number}", references=str(first["Message-ID"])))
    await deliver(house, *replies)
    own = message(
        f"Re: {subject}", "My own answer", references=str(first["Message-ID"]), **{"from": f"Maren <{MAREN}>"}
    )
    own.replace_header("To", "amara@north.example")

    def append() -> None:
        with Mailbox(house.served.ports["imap"], MAREN) as box:
            box.client.append("Sent", "(\\Seen)", "", own.as_bytes())

    await asyncio.to_thread(append)


async def test_a_conversation_holds_what_was_sent_folds_opens_and_turns_around(
    house: House, maren: Window
) -> None:
    await conversation(house, "North wing")
    page = await open_message(maren, "Re: North wing")
    sections = page.locator("section[data-message]")
    await page.get_by_role("button", name="Open the whole conversation").click()
    await expect(sections).to_have_count(6)
    await expect(page.locator("section[data-message] iframe[data-shown]")).to_have_count(6)
    await expect(sections.last.frame_locator("iframe").get_by_text("My own answer")).to_be_visible()
    await expect(sections.first.frame_locator("iframe").get_by_text("Number 1", exact=True)).to_be_visible()

    await page.get_by_role("button", name="Fold the conversation").click()
    await expect(page.get_by_role("button", name="4 earlier messages")).to_be_visible()
    await expect(sections).to_have_count(2)

    await page.keyboard.press("n")
    await expect(sections.last).to_be_focused()
    await page.keyboard.press("p")
    await expect(page.locator("section[data-own]")).to_be_focused()

    await prefer(page, conversationOrder="newest-first")
    await page.reload()
    await expect(sections.first.get_by_role("heading").first).to_contain_text("Maren")


async def headings(opened: Window) -> list[str]:
    """What is heard of the messages by whoever goes from heading to heading."""
    heard = await trees.tree(opened.context, opened.page)
    assert trees.problems(heard) == []
    return [
        one.name
        for one in heard
        if one.role == "heading" and one.properties["level"] == 2 and "article" in one.parents
    ]


async def test_each_message_of_a_conversation_has_a_heading_of_who_wrote_and_when(
    house: House, maren: Window
) -> None:
    await conversation(house, "Glass roof", 3)
    page = await open_message(maren, "Re: Glass roof")
    sections = page.locator("section[data-message]")
    await expect(sections).to_have_count(4)
    bodies = page.locator("section[data-message] iframe[data-shown]")
    await expect(bodies).to_have_count(3)
    full = re.compile(r"(Amara Okafor|Maren\b.*), \d+ \w+ \d{4}, \d\d:\d\d")

    folded = await headings(maren)
    await page.get_by_role("button", name="Open the whole conversation").click()
    await expect(bodies).to_have_count(4)
    opened = await headings(maren)

    assert len(folded) == len(opened) == 4
    # What is one's own is read: it stays a line.
    assert re.fullmatch(r"Maren\b.* My own answer \d\d:\d\d", folded[3])
    assert all(full.fullmatch(one) for one in [*folded[:3], *opened])
    assert await maren.violations() == []
    await page.emulate_media(color_scheme="dark")
    assert await maren.violations() == []


async def test_a_conversation_is_split_and_joined_and_can_be_turned_off(house: House, maren: Window) -> None:
    await conversation(house, "South wing", 3)
    page = await open_message(maren, "Re: South wing")
    await expect(page.locator("section[data-message]")).to_have_count(4)

    await choose(page, "Split conversation here")

    await expect(page.locator("section[data-message]")).to_have_count(2)
    await page.keyboard.press("z")
    await expect(notices(page).get_by_text("Undone: Split conversation")).to_be_visible()
    await expect(page.locator("section[data-message]")).to_have_count(4)

    await deliver(house, message("Gutter of the south wing"))
    await page.get_by_role("row", name=re.compile("Gutter of the south wing")).click(modifiers=["Control"])
    await page.get_by_role("row", name=re.compile("Re: South wing")).first.click(modifiers=["Control"])
    await page.keyboard.press("Control+k")
    await page.keyboard.type("Join the conv")
    await page.keyboard.press("Enter")
    await expect(notices(page).get_by_text("Conversations joined")).to_be_visible()
    await expect(page.locator("section[data-message]")).to_have_count(5)
    await notices(page).get_by_role("button", name="Undo").last.click()
    await expect(notices(page).get_by_text("Undone: Join conversations")).to_be_visible()
    await expect(page.locator("section[data-message]")).to_have_count(4)
    await page.keyboard.press("Escape")
    await choose(page, "No conversations in this folder")
    await expect(page.locator("section[data-message]")).to_have_count(1)
    await page.reload()
    await expect(page.locator("section[data-message]")).to_have_count(1)
    async with page.expect_response(lambda answer: "separateMailboxes" in (answer.request.post_data or "")):
        await choose(page, "Conversations in this folder")
    await expect(page.locator("section[data-message]")).to_have_count(4)


async def expunge(house: House, *criteria: str) -> None:
    """Maren deletes it for good in another program."""

    def remove() -> None:
        with Mailbox(house.served.ports["imap"], MAREN) as box:
            [uid] = box.wait(1, *criteria)
            box.client.uid("STORE", str(uid), "+FLAGS", "(\\Deleted)")
            box.client.expunge()

    await asyncio.to_thread(remove)


async def arrive(house: House, subject: str, count: int, mailbox: str = "INBOX", keyword: str = "") -> None:
    """Waits until another program of Maren's sees so many of that subject there, and tags the oldest.

    A page shows what was done or undone before the server has done it.
    """

    def look() -> None:
        with Mailbox(house.served.ports["imap"], MAREN, mailbox) as box:
            uid = box.wait(count, "SUBJECT", f'"{subject}"')[0]
            if keyword:
                box.client.uid("STORE", str(uid), "+FLAGS", f"({keyword})")

    await asyncio.to_thread(look)


@pytest.mark.parametrize("order", ["newest-last", "newest-first"])
async def test_what_comes_and_goes_while_one_reads_moves_nothing(
    house: House, maren: Window, order: str
) -> None:
    subject = f"Greenhouse {order}"
    first = message(subject, html="<p>A long letter.</p>" * 60)
    await deliver(house, first)
    await prefer(maren.page, conversationOrder=order)
    page = await open_message(maren, subject)
    sections = page.locator("section[data-message]")
    text = page.locator("section[data-own] iframe")
    await page.locator("article").first.evaluate("article => { article.parentElement.scrollTop = 400 }")
    before = await text.evaluate("frame => frame.getBoundingClientRect().y")

    await deliver(house, message(f"Re: {subject}", "Short answer", references=str(first["Message-ID"])))

    news = page.get_by_role("article").get_by_role("button", name="1 new message", exact=True)
    await expect(news).to_be_visible()
    await expect(sections).to_have_count(2)
    reply = sections.last if order == "newest-last" else sections.first
    await expect(reply.get_by_role("button", expanded=False)).to_contain_text("Short answer")
    after = await text.evaluate("frame => frame.getBoundingClientRect().y")
    assert abs(after - before) <= 1  # the pane scrolls by whole pixels
    assert await maren.violations() == []
    await news.click()
    await expect(reply).to_be_focused()
    await expect(news).to_have_count(0)

    await expunge(house, "SUBJECT", f'"Re: {subject}"')
    await expect(sections).to_have_count(1)
    await expunge(house, "SUBJECT", f'"{subject}"')
    await expect(page.get_by_text("This message is no longer here.")).to_be_visible()


async def test_tags_are_given_and_taken_away_in_the_open_message(house: House, maren: Window) -> None:
    await deliver(house, message("Seed list"))
    page = await open_message(maren, "Seed list")
    await page.keyboard.press("l")
    await page.get_by_role("dialog").get_by_role("combobox", name="Tag…").fill("Hothouse")
    await page.keyboard.press("Enter")
    tags = page.get_by_role("article").get_by_role("list", name="Tags")
    await expect(tags.get_by_role("listitem")).to_have_text(["Hothouse"])
    await expect(tags.get_by_role("listitem")).to_have_attribute("data-hue", re.compile(r"^\d$"))
    assert await maren.violations() == []

    await tags.get_by_role("button", name="Take away Hothouse").click()

    await expect(tags).to_have_count(0)
    await expect(page.locator("section[data-own]")).to_be_focused()
    await notices(page).get_by_role("button", name="Undo").last.click()
    await expect(tags.get_by_role("listitem")).to_have_text(["Hothouse"])


async def test_a_subject_recipients_and_pictures_without_end_stay_in_their_bounds(
    house: House, maren: Window
) -> None:
    """What is long is folded; a file behind many pictures of the text can still be reached."""
    letter = message(
        "Endless " + "subject " * 240,
        html="<p>Hello</p>",
        cc=", ".join(f"Gardener {number} <g{number}@north.example>" for number in range(300)),
    )
    text = next(part for part in letter.walk() if part.get_content_type() == "text/html")
    for number in range(60):
        text.add_related(b"GIF89a", "image", "gif", cid=f"<p{number}@north.example>", disposition="inline")
    letter.add_attachment(b"%PDF-1.4", maintype="application", subtype="pdf", filename="plan.pdf")
    await deliver(house, letter)
    page = await maren.open("/mail/inbox")
    await page.get_by_role("row", name=re.compile("Endless")).click()
    await expect(page.locator("iframe[data-shown]")).to_be_visible()

    title = page.get_by_role("heading", level=1, name="Endless")
    assert await title.evaluate("title => title.clientHeight") < 200
    await page.get_by_role("button", name="Show the whole subject").click()
    assert await title.evaluate("title => title.clientHeight") > 400
    await page.get_by_role("button", name="and 297 more").click()
    people = page.get_by_role("article").get_by_role("definition").nth(2)
    await expect(people.locator(":scope > span")).to_have_count(30)
    await people.get_by_role("button", name="and 270 more").click()
    await expect(people.locator(":scope > span")).to_have_count(300)
    await page.get_by_role("button", name=re.compile("^Show .* more of 61")).click()
    await expect(page.get_by_role("group", name="Attachments")).to_contain_text("plan.pdf")
    assert await maren.violations() == []


async def test_the_list_has_one_row_for_a_conversation_and_acts_are_on_all_of_it(
    house: House, maren: Window
) -> None:
    await conversation(house, "West wing", 3)
    page = await maren.open("/mail/inbox")
    grid, rows = page.get_by_role("grid", name="Inbox"), page.get_by_role("row", name="West wing")
    await expect(rows).to_have_count(1)
    await expect(rows).to_have_accessible_name(re.compile(r"^Unread\. Amara, me\. .*4 messages"))

    # It is muted as a whole, also what the page knows only by the row that stands for it.
    await rows.click(modifiers=["Control"])
    await page.keyboard.press("m")
    await expect(rows).to_have_count(0)
    await page.keyboard.press("z")
    await expect(rows).to_have_accessible_name(re.compile(r"4 messages$"))

    # And so it is called junk, and back.
    await rows.click(modifiers=["Control"])
    await page.keyboard.press("!")
    await expect(rows).to_have_count(0)
    await arrive(house, "West wing", 3, "Junk")
    page = await maren.open("/mail/junk")
    await is_ready(page)
    await rows.click(modifiers=["Control"])
    await page.keyboard.press("!")
    await expect(notices(page).get_by_text("3 messages moved to Inbox")).to_be_visible()
    await arrive(house, "West wing", 3)
    page = await maren.open("/mail/inbox")
    await expect(rows).to_have_accessible_name(re.compile(r"4 messages$"))

    # Whatever is read of it, the row is unread until all is.
    await rows.click()
    await expect(page.locator("section[data-own] iframe[data-shown]")).to_be_visible()
    await page.get_by_role("button", name="Open the whole conversation").click()
    await expect(rows).to_have_accessible_name(re.compile(r"^Amara, me\."))

    await page.keyboard.press("s")
    await expect(rows.get_by_role("button", name="Remove star")).to_be_visible()
    # Forwarding as files takes what the row stands for, as archiving does.
    await choose(page, "Forward as attachment")
    composer = page.get_by_role("dialog")
    await expect(composer.get_by_role("list", name="Attachments").get_by_role("listitem")).to_have_count(3)
    await composer.get_by_role("button", name="Discard").click()
    await expect(composer).to_have_count(0)
    total = int(await grid.get_attribute("aria-rowcount") or 0)
    await page.keyboard.press("e")
    await expect(rows).to_have_count(0)
    await expect(notices(page).get_by_text("3 messages archived")).to_be_visible()
    await expect(grid).to_have_attribute("aria-rowcount", str(total - 1))
    await page.keyboard.press("z")
    await expect(rows).to_have_count(1)
    await expect(rows).to_have_accessible_name(re.compile("Starred.*4 messages"))
    await expect(grid).to_have_attribute("aria-rowcount", str(total))

    # A tag of any of its messages is on the row; of all that is selected it is said what that is.
    await arrive(house, "West wing", 3, keyword="Hothouse")
    await expect(rows.get_by_text("Hothouse")).to_be_visible()
    await page.keyboard.press("Control+a")
    await expect(page.get_by_role("toolbar", name="Selected messages")).to_contain_text(
        re.compile(rf"All \d+ messages in {total} conversations are selected")
    )
    toolbar = page.get_by_role("toolbar", name="Selected messages")
    await toolbar.get_by_role("button", name="More").click()
    await page.get_by_role("menuitem", name="Forward as attachments").click()
    await expect(notices(page)).to_contain_text("at most 50 go as attachments of one")
    await page.keyboard.press("Escape")

    # An answer takes the row to the top; what is open stays marked, though another message stands for it.
    await rows.click()
    await expect(rows).to_have_attribute("data-open", "true")
    await deliver(house, message("Something else on top"))
    await expect(page.get_by_role("row", name="Something else on top")).to_be_visible()
    await answer(house, "West wing", "One more thing")
    await expect(rows).to_have_accessible_name(re.compile("^Unread.*5 messages"))
    await expect(rows).to_have_attribute("aria-rowindex", "1")
    await expect(rows).to_have_attribute("data-open", "true")
    await page.keyboard.press("#")
    await expect(rows).to_have_count(0)
    await page.goto(f"{maren.base}/mail/trash")
    await expect(page.get_by_role("row", name="West wing")).to_have_count(1)
