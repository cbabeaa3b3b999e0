"""What people hear of a screen: the tree that the browser gives to screen readers."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import Any

from playwright.async_api import BrowserContext, Page

LANDMARKS = {"banner", "complementary", "contentinfo", "form", "main", "navigation", "region", "search"}
CONTROLS = {
    "button",
    "checkbox",
    "combobox",
    "gridcell",
    "link",
    "listbox",
    "menuitem",
    "menuitemcheckbox",
    "menuitemradio",
    "option",
    "radio",
    "searchbox",
    "slider",
    "spinbutton",
    "switch",
    "tab",
    "textbox",
    "treeitem",
}
# Whoever comes to one of these hears what it is only by its name.
NAMED = {
    "alertdialog",
    "columnheader",
    "dialog",
    "figure",
    "grid",
    "group",
    "heading",
    "image",
    "img",
    "menu",
    "meter",
    "progressbar",
    "radiogroup",
    "rowheader",
    "table",
    "tablist",
    "tabpanel",
    "toolbar",
    "tree",
}
# A name of these kinds goes when the field is filled, or is nowhere to be seen.
POOR_SOURCES = {"placeholder", "title"}


@dataclass(frozen=True, slots=True)
class Node:
    """One thing in the tree; `source` is the attribute that names it, where one does."""

    role: str
    name: str
    properties: dict[str, Any]
    source: str
    backend_id: int
    parents: tuple[str, ...]


async def tree(context: BrowserContext, page: Page) -> list[Node]:
    """Everything that is not ignored, in the order of the page."""
    session = await context.new_cdp_session(page)
    answer = await session.send("Accessibility.getFullAXTree")
    await session.detach()
    nodes = {node["nodeId"]: node for node in answer["nodes"]}
    found: list[Node] = []

    def walk(node: dict[str, Any], parents: tuple[str, ...]) -> None:
        role = str(node.get("role", {}).get("value", ""))
        if not node.get("ignored"):
            found.append(_read(node, role, parents))
            parents = (*parents, role)
        for child in node.get("childIds", []):
            if child in nodes:
                walk(nodes[child], parents)

    walk(answer["nodes"][0], ())
    return found


def _read(node: dict[str, Any], role: str, parents: tuple[str, ...]) -> Node:
    name = node.get("name", {})
    used: dict[str, Any] = next(
        (one for one in name.get("sources", []) if not one.get("superseded") and one.get("value")), {}
    )
    return Node(
        role,
        str(name.get("value", "")).strip(),
        {one["name"]: one["value"].get("value") for one in node.get("properties", [])},
        used.get("attribute") or used.get("nativeSource") or "",
        node.get("backendDOMNodeId", 0),
        parents,
    )


def problems(nodes: list[Node]) -> list[str]:
    """Sentences on what is wrong with it."""
    return [*_headings(nodes), *_landmarks(nodes), *_names(nodes), *_live_regions(nodes)]


def _headings(nodes: list[Node]) -> list[str]:
    headings = [one for one in nodes if one.role == "heading"]
    over = {"dialog", "alertdialog", "menu"} & {one.role for one in nodes}
    first = [one.name for one in headings if one.properties.get("level") == 1]
    found = [] if over or len(first) == 1 else [f"has {len(first)} first headings: {first}"]
    level = 0
    for one in headings:
        now = int(one.properties.get("level", 0))
        if level and now > level + 1:
            found.append(f'heading "{one.name}" of level {now} follows one of level {level}')
        level = now
    return found


def _landmarks(nodes: list[Node]) -> list[str]:
    # A form without a name is none.
    places = [
        (one.role, one.name) for one in nodes if one.role in LANDMARKS and (one.role != "form" or one.name)
    ]
    twice = [
        f"{role} {name!r} is there {count} times"
        for (role, name), count in Counter(places).items()
        if count > 1
    ]
    over = {"dialog", "alertdialog", "menu"} & {one.role for one in nodes}
    mains = sum(role == "main" for role, _ in places)
    if mains != 1 and not over:
        twice.append(f"has {mains} mains")
    return twice


def _names(nodes: list[Node]) -> list[str]:
    found = []
    for one in nodes:
        if one.role in CONTROLS | NAMED and not one.name:
            found.append(f"{one.role} without a name in {' > '.join(one.parents[-4:])}")
        # The buttons within a field for dates are the browser's own.
        if (
            one.role in CONTROLS
            and one.source in POOR_SOURCES
            and one.parents[-1] not in {"Date", "DateTime"}
        ):
            found.append(f'{one.role} "{one.name}" is named by its {one.source}')
    return found


def _live_regions(nodes: list[Node]) -> list[str]:
    """What is said of new mail and acts is heard on every page, and over it."""
    within = {"main", "dialog", "alertdialog"}
    live = {one.role for one in nodes if one.properties.get("live") and not within & set(one.parents)}
    return [
        f"nobody hears its {what}"
        for role, what in {"region": "notices", "status": "announcements"}.items()
        if role not in live
    ]
