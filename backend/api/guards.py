"""Who may use a field: every root field is made by `guarded`, `open_field` or `signed_in`.

The guard is a field extension, so it costs root fields only; leaf fields stay plain attributes of objects
that a guarded field returned. A test walks the schema and fails on a root field without a mark.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import strawberry
from strawberry.extensions import FieldExtension
from strawberry.schema_directive import Location
from strawberry.types import Info

from backend.directory.roles import Permission, Role
from backend.kit.errors import PermissionDenied, Unauthenticated

# These mark the directory's own enums as part of the schema.
strawberry.enum(Permission)
strawberry.enum(Role)


@strawberry.schema_directive(
    locations=[Location.FIELD_DEFINITION], name="public", description="Open without signing in."
)
class Public:
    """Marks a field that anyone may ask."""


@strawberry.schema_directive(
    locations=[Location.FIELD_DEFINITION],
    name="requires",
    description="Needs this permission beyond being signed in; "
    "refused fields are null with an error of code PERMISSION_DENIED.",
)
class Requires:
    """Marks a field with the permission it needs."""

    permission: Permission


class Guard(FieldExtension):
    """Refuses the field before its resolver runs."""

    def __init__(self, permission: Permission | None = None, *, is_public: bool = False) -> None:
        self.permission = permission
        self.is_public = is_public

    def check(self, info: Info[Any, Any]) -> None:
        """Raises `Unauthenticated` or `PermissionDenied`."""
        if self.is_public:
            return
        principal = info.context.principal
        if principal is None:
            raise Unauthenticated("Sign in first")
        if self.permission is not None and self.permission not in principal.permissions:
            raise PermissionDenied("You may not do this")

    def resolve(self, next_: Callable[..., Any], source: Any, info: Info[Any, Any], **kwargs: Any) -> Any:
        self.check(info)
        return next_(source, info, **kwargs)

    async def resolve_async(
        self, next_: Callable[..., Any], source: Any, info: Info[Any, Any], **kwargs: Any
    ) -> Any:
        self.check(info)
        return await next_(source, info, **kwargs)


def open_field(resolver: Callable[..., Any], **options: Any) -> Any:
    """A root field that anyone may ask."""
    return strawberry.field(
        resolver=resolver, directives=[Public()], extensions=[Guard(is_public=True)], **options
    )


def signed_in(resolver: Callable[..., Any], **options: Any) -> Any:
    """A root field for whoever is signed in."""
    return strawberry.field(resolver=resolver, extensions=[Guard()], **options)


def guarded(permission: Permission, **options: Any) -> Callable[[Callable[..., Any]], Any]:
    """A root field that needs a permission; its type must be nullable, so that a refusal does not null
    its parent.
    """

    def make(resolver: Callable[..., Any]) -> Any:
        return strawberry.field(
            resolver=resolver,
            directives=[Requires(permission=permission)],
            extensions=[Guard(permission)],
            **options,
        )

    return make
