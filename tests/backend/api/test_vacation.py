"""The vacation reply over GraphQL."""

from __future__ import annotations

from typing import Any

import pytest

from backend.directory import administrators
from backend.directory.principal import SYSTEM, Principal, for_administrator, for_user
from backend.kit.runtime import Runtime
from tests.backend.mailstore.people import make_domain, make_user
from tests.support.api import ask

FIELDS = "isEnabled isOn subject text outside outsideText audience startsAt endsAt everyDays"
GET = f"{{ vacation {{ {FIELDS} }} }}"
SET = f"mutation ($input: VacationInput!) {{ setVacation(input: $input) {{ {FIELDS} }} }}"
END = "mutation { endVacation { isEnabled text } }"


@pytest.fixture
async def alice(rt: Runtime) -> Principal:
    return for_user(await make_user(await make_domain(), "alice@example.test"))


async def test_it_is_off_then_set_then_ended(alice: Principal) -> None:
    assert (await ask(GET, alice))["data"]["vacation"]["isEnabled"] is False
    wanted = {
        "isEnabled": True,
        "subject": "Away",
        "text": "At the sea",
        "outside": "OWN",
        "outsideText": "Away",
        "audience": "KNOWN",
        "startsAt": "2099-01-01T00:00:00Z",
        "endsAt": "2099-02-01T00:00:00Z",
        "everyDays": 3,
    }

    done = (await ask(SET, alice, input=wanted))["data"]["setVacation"]

    assert done == wanted | {"isOn": False}
    assert (await ask(GET, alice))["data"]["vacation"] == done
    later = wanted | {"startsAt": "2020-01-01T00:00:00Z"}
    assert (await ask(SET, alice, input=later))["data"]["setVacation"]["isOn"] is True
    assert (await ask(END, alice))["data"]["endVacation"] == {"isEnabled": False, "text": "At the sea"}


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"text": " "}, "text"),
        ({"text": "x" * 20_001}, "text"),
        ({"subject": "a\nb"}, "subject"),
        ({"outside": "OWN"}, "outsideText"),
        ({"everyDays": 0}, "everyDays"),
        ({"everyDays": 31}, "everyDays"),
        ({"startsAt": "2099-01-01T00:00:00Z", "endsAt": "2099-01-01T00:00:00Z"}, "endsAt"),
        ({"endsAt": "2020-01-01T00:00:00Z"}, "endsAt"),
    ],
)
async def test_what_cannot_be_said_names_its_field(
    alice: Principal, changes: dict[str, Any], field: str
) -> None:
    answer = await ask(SET, alice, input={"isEnabled": True, "text": "x"} | changes)

    assert [error["extensions"]["field"] for error in answer["errors"]] == [field]
    assert (await ask(GET, alice))["data"]["vacation"]["isEnabled"] is False


async def test_it_is_for_who_has_a_mailbox(alice: Principal) -> None:
    root = for_administrator(await administrators.add(SYSTEM, "root", "violet-anchor-73"))

    for document, variables in ((GET, {}), (SET, {"input": {"isEnabled": False, "text": ""}}), (END, {})):
        errors = (await ask(document, root, **variables))["errors"]
        assert [error["extensions"]["code"] for error in errors] == ["PERMISSION_DENIED"]
