"""Mail programs set themselves up: Autoconfig, Autodiscover and Apple's configuration profiles.

Anyone may ask, before there is a password. The answers depend on the domain alone and so tell nobody who has
a mailbox here.
"""

from __future__ import annotations

from urllib.parse import quote

from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from backend.directory import names, resolve
from backend.formats import client_setup
from backend.formats.addresses import Address
from backend.formats.domain_names import display_domain
from backend.kit.errors import InvalidSyntax, NotFound
from backend.operations.client_servers import servers
from backend.web.access import answering

XML = "text/xml; charset=utf-8"
PROFILE = "application/x-apple-aspen-config"
_HOST_PREFIX = "autoconfig."


@answering
async def autoconfig(request: Request) -> Response:
    """The domain is that of `emailaddress`, else of the host that was asked (`autoconfig.example.org`)."""
    asked = request.query_params.get("emailaddress", "")
    domain = asked.rpartition("@")[2] if asked else (request.url.hostname or "").removeprefix(_HOST_PREFIX)
    domain = await _own(names.domain_name(domain))
    return Response(
        client_setup.autoconfig(domain, display_domain(domain), servers()),
        media_type=XML,
        headers={"Access-Control-Allow-Origin": "*"},
    )


@answering
async def autodiscover(request: Request) -> Response:
    """Refusals are documents too: Outlook reads their code and not the status."""
    body = b""
    async for piece in request.stream():
        body += piece
        if len(body) > client_setup.REQUEST_BYTES:
            break
    try:
        given, schema = client_setup.requested_address(body)
    except ValueError:
        return _refusal(600, "Invalid request")
    if not client_setup.is_known_schema(schema):
        return _refusal(601, "The requested schema is not supported")
    try:
        address = await _address(given)
    except (InvalidSyntax, NotFound):
        return _refusal(500, "The address is not known here")
    return Response(client_setup.autodiscover(str(address), servers()), media_type=XML)


@answering
async def autodiscover_json(request: Request) -> Response:
    """The second form, which only says where the first one is."""
    if request.query_params.get("Protocol", "").lower() != "autodiscoverv1":
        raise NotFound("Only the protocol AutodiscoverV1 is known here")
    await _address(request.query_params.get("Email") or request.path_params.get("address", ""))
    url = request.url.replace(path="/autodiscover/autodiscover.xml", query="")
    return JSONResponse({"Protocol": "AutodiscoverV1", "Url": str(url)})


@answering
async def mobileconfig(request: Request) -> Response:
    """The profile of one address, as a file that the system opens."""
    address = await _address(request.path_params["address"].removesuffix(".mobileconfig"))
    profile = client_setup.mobileconfig(str(address), display_domain(address.domain), servers())
    if profile is None:
        raise NotFound("The servers have no ports that are known outside")
    name = quote(f"{address.domain}.mobileconfig")
    return Response(
        profile, media_type=PROFILE, headers={"Content-Disposition": f'attachment; filename="{name}"'}
    )


def _refusal(code: int, message: str) -> Response:
    return Response(client_setup.autodiscover_refusal(code, message), media_type=XML)


async def _address(text: str) -> Address:
    """An address of one of our domains, whether somebody has it or not. Raises InvalidSyntax, NotFound."""
    address = names.user_address(text)
    await _own(address.domain)
    return address


async def _own(domain: str) -> str:
    if not await resolve.is_local_domain(domain):
        raise NotFound("This domain has no mail here")
    return domain
