"""Threads of a mailbox: ORDEREDSUBJECT and REFERENCES (RFC 5256 §3).

Nodes are indexes into parallel lists, and nothing here recurses: a thread may be as deep as the mailbox is
large. Time is linear but for sorting; the search for loops and the messages that are only referred to have
budgets, beyond which links are left out.
"""

from __future__ import annotations

from array import array
from collections.abc import Iterable, Sequence
from itertools import groupby
from typing import NamedTuple

LOOP_STEPS = 2_000_000
MAX_ABSENT = 500_000  # messages that are referred to and not there; more are passed over


class Threaded(NamedTuple):
    """A message to be put into a thread: the number to answer, and what `sort_keys` knows of it."""

    number: int
    sent_at: int
    subject: str
    is_reply: int
    links: bytes


class Trees:
    """Threads: `roots` in their order; `numbers` (0 for a message that is not there) and `children` by
    node.
    """

    def __init__(self, numbers: list[int], children: list[list[int]], roots: list[int]) -> None:
        self.numbers = numbers
        self.children = children
        self.roots = roots

    def render(self) -> bytes:
        """The threads as THREAD answers them: `(2)(3 6 (4 23)(44 7 96))`."""
        out: list[bytes] = []
        stack: list[int | None] = list(reversed(self.roots))
        while stack:
            node = stack.pop()
            if node is None:
                out.append(b")")
                continue
            out.append(b"(")
            space = b""
            while True:
                if self.numbers[node]:
                    out.append(b"%b%d" % (space, self.numbers[node]))
                    space = b" "
                if len(self.children[node]) != 1:
                    break
                node = self.children[node][0]
            stack.append(None)
            if self.children[node]:
                out.append(space)
                stack.extend(reversed(self.children[node]))
        return b"".join(out)


def ordered_subject(messages: Iterable[Threaded]) -> Trees:
    """A thread for each base subject: its first message, and all others as children of that."""
    ordered = sorted(messages, key=lambda message: (message.subject, message.sent_at, message.number))
    children: list[list[int]] = [[] for _ in ordered]
    roots: list[int] = []
    for _, same in groupby(range(len(ordered)), key=lambda at: ordered[at].subject):
        first, *others = same
        children[first] = others
        roots.append(first)
    roots.sort(key=lambda at: (ordered[at].sent_at, ordered[at].number))
    return Trees([message.number for message in ordered], children, roots)


def references(messages: Sequence[Threaded]) -> Trees:
    """Threads by what messages refer to, then by subject."""
    return _References(messages).trees()


def _links(packed: bytes) -> array[int]:
    """The hashes of `SortKeys.links` as numbers; they are only compared, so the order of bytes is free."""
    return array("Q", packed)


class _References:
    """The steps of the algorithm, in order."""

    def __init__(self, messages: Sequence[Threaded]) -> None:
        self._numbers: list[int] = []
        self._dates: list[int] = []
        self._subjects: list[str] = []
        self._replies: list[int] = []
        self._parents: list[int] = []
        self._is_parent = bytearray()
        self._known: dict[int, int] = {}
        self._steps, self._room = LOOP_STEPS, MAX_ABSENT
        for message in messages:
            self._link(message)

    def trees(self) -> Trees:
        self._children: list[list[int]] = [[] for _ in self._numbers]
        tops: list[int] = []
        for node, parent in enumerate(self._parents):
            (tops if parent < 0 else self._children[parent]).append(node)
        roots = self._pruned(tops)
        for root in roots:
            if not self._numbers[root]:
                self._settle_absent(root)
        roots.sort(key=self._order)
        roots = self._gathered(roots)
        for kids in self._children:
            if len(kids) > 1:
                kids.sort(key=self._order)
        for root in roots:
            if not self._numbers[root]:
                self._settle_absent(root)
        roots.sort(key=self._order)
        return Trees(self._numbers, self._children, roots)

    # -- step 1

    def _link(self, message: Threaded) -> None:
        own, *links = _links(message.links)
        node = self._known.get(own, -1) if own else -1
        if node < 0 or self._numbers[node]:
            is_first = node < 0 and own
            node = self._new()
            if is_first:
                self._known[own] = node
        self._numbers[node] = message.number
        self._dates[node] = message.sent_at
        self._subjects[node] = message.subject
        self._replies[node] = message.is_reply
        last = -1
        for link in links:
            named = self._named(link)
            if named < 0:
                continue
            if last >= 0 and self._parents[named] < 0:
                self._set_parent(named, last)
            last = named
        # What others say of this message's parent counts less than what it says itself.
        self._parents[node] = -1
        if last >= 0:
            self._set_parent(node, last)

    def _named(self, link: int) -> int:
        node = self._known.get(link)
        if node is None:
            if self._room <= 0:
                return -1
            self._room -= 1
            node = self._known[link] = self._new()
        return node

    def _new(self) -> int:
        self._numbers.append(0)
        self._dates.append(0)
        self._subjects.append("")
        self._replies.append(0)
        self._parents.append(-1)
        self._is_parent.append(0)
        return len(self._numbers) - 1

    def _set_parent(self, node: int, parent: int) -> None:
        if node == parent or (self._is_parent[node] and self._is_below(parent, node)):
            return
        self._parents[node] = parent
        self._is_parent[parent] = 1

    def _is_below(self, node: int, above: int) -> bool:
        while node >= 0:
            if node == above or self._steps <= 0:
                return True
            node = self._parents[node]
            self._steps -= 1
        return False

    # -- steps 2 and 3

    def _pruned(self, tops: list[int]) -> list[int]:
        """The roots, after messages that are not there have given their children to their parents."""
        order = list(tops)
        for node in order:  # grows while it is walked: parents before children
            order.extend(self._children[node])
        for node in reversed(order):
            self._children[node] = self._without_absent(self._children[node])
        roots: list[int] = []
        for node in tops:
            kids = self._children[node]
            if self._numbers[node] or len(kids) > 1:
                roots.append(node)
            else:
                roots += kids
        return roots

    def _without_absent(self, nodes: list[int]) -> list[int]:
        if all(self._numbers[node] for node in nodes):
            return nodes
        if len(nodes) == 1:
            return self._children[nodes[0]]
        kept: list[int] = []
        for node in nodes:
            if self._numbers[node]:
                kept.append(node)
            else:
                kept += self._children[node]
        return kept

    # -- steps 4 to 6

    def _order(self, node: int) -> tuple[int, int]:
        return self._dates[node], self._numbers[node]

    def _settle_absent(self, root: int) -> None:
        """A root that is not there is dated and named by its first child."""
        first = min(self._children[root], key=self._order)
        self._dates[root] = self._dates[first]
        self._subjects[root] = self._subjects[first]

    def _gathered(self, roots: list[int]) -> list[int]:
        """Roots with one subject put together."""
        by_subject: dict[str, int] = {}
        for root in roots:
            subject = self._subjects[root]
            known = by_subject.get(subject)
            if subject and (known is None or self._leads(root, known)):
                by_subject[subject] = root
        kept: dict[int, None] = {}
        for root in roots:
            subject = self._subjects[root]
            leader = by_subject.get(subject, root)
            if leader == root:
                kept.setdefault(root)
                continue
            together = self._together(leader, root)
            if together != leader:
                by_subject[subject] = together
                kept.pop(leader, None)
            kept.setdefault(together)
        # One that was joined after it had been kept is in its leader's place now.
        return list(kept)

    def _leads(self, root: int, known: int) -> bool:
        """Whether a root stands for its subject before the known one: one not there first, then no reply."""
        if self._numbers[known]:
            return not self._numbers[root] or bool(self._replies[known] and not self._replies[root])
        return False

    def _together(self, leader: int, root: int) -> int:
        """Join two roots of one subject; the node that stands for both."""
        if not self._numbers[leader]:
            if self._numbers[root]:
                self._children[leader].append(root)
            else:
                self._children[leader] += self._children[root]
            return leader
        if self._replies[root] and not self._replies[leader]:
            self._children[leader].append(root)
            return leader
        both = self._new()
        self._children.append([leader, root])
        self._subjects[both] = self._subjects[leader]
        return both
