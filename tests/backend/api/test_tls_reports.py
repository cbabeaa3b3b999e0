"""TLS reports over GraphQL: a page, and who may look."""

from __future__ import annotations

import pytest

from backend.cli import tls_reports as cli
from backend.directory import domains
from backend.directory.principal import SYSTEM, Principal
from backend.directory.roles import MATRIX, Role
from backend.formats.tls_report import FailureDetail, PolicyResult, TlsReport
from backend.kit import db
from backend.kit.runtime import Runtime
from backend.spool import tls_reports
from tests.support.api import ask

LIST = """query ($domainId: ID!, $after: String) { tlsReports(domainId: $domainId, first: 1, after: $after) {
  totalCount pageInfo { hasNextPage endCursor }
  edges { node { organization policyType successes failures details { result sessions mxHost } } } } }"""


async def _reported(domain_id: int, count: int = 2) -> None:
    detail = FailureDetail("certificate-expired", 3, "mx.example.test")
    for number in range(count):
        found = PolicyResult("sts", "example.test", 5, 3, details=(detail,))
        report = TlsReport(f"Remote {number}", "r1", 1_799_971_200, 1_800_057_599, "", (found,))
        await db.write(
            lambda tx, report=report: tls_reports.record(tx, domain_id, report, report.policies, "t@x.test")  # type: ignore[misc]  # bound now
        )


async def test_pages_of_reports(any_rt: Runtime) -> None:
    domain_id = (await domains.add(SYSTEM, "example.test")).id
    await _reported(domain_id)

    first = (await ask(LIST, SYSTEM, domainId=str(domain_id)))["data"]["tlsReports"]
    after = first["pageInfo"]["endCursor"]
    second = (await ask(LIST, SYSTEM, domainId=str(domain_id), after=after))["data"]["tlsReports"]

    assert first["totalCount"] == 2
    assert first["edges"][0]["node"] == {
        "organization": "Remote 1",
        "policyType": "sts",
        "successes": 5,
        "failures": 3,
        "details": [{"result": "certificate-expired", "sessions": 3, "mxHost": "mx.example.test"}],
    }
    assert second["edges"][0]["node"]["organization"] == "Remote 0"
    assert not second["pageInfo"]["hasNextPage"]
    assert [cli._row(one)["reasons"] for one in await cli._list("example.test", 1)] == ["certificate-expired"]


@pytest.mark.parametrize(
    ("role", "domain_id", "code"),
    [
        (Role.USER, "1", "PERMISSION_DENIED"),
        (Role.HELPDESK, "1", "PERMISSION_DENIED"),
        (Role.REPORT_READER, "2", "NOT_FOUND"),
        (Role.DOMAIN_ADMINISTRATOR, "2", "NOT_FOUND"),
        (Role.REPORT_READER, "1", None),
    ],
)
async def test_who_may_look(rt: Runtime, role: Role, domain_id: str, code: str | None) -> None:
    principal = Principal("user", 7, "boss@example.test", role, MATRIX[role], user_id=7, domain_id=1)

    answer = await ask(LIST, principal, domainId=domain_id)

    errors = answer.get("errors") or [{"extensions": {"code": None}}]
    assert errors[0]["extensions"]["code"] == code
