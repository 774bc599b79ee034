"""Every address of the admin from the resolver, and what stands for its parameters."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.urls import NoReverseMatch, URLPattern, URLResolver, get_resolver, reverse
from wagtail.admin.views.bulk_action.registry import bulk_action_registry

PAGE = {"page_id", "parent_page_id", "page_to_move_id"}
MODEL = {"content_type_app_name", "content_type_model_name"}
# What `pk` is, by the longest beginning of the name that is here.
PK = {
    "wagtailadmin_api:pages": "page",
    "wagtailadmin_api:images": "image",
    "wagtailadmin_api:documents": "document",
    "wagtailadmin_collections": "collection",
    "wagtailadmin_workflows": "workflow",
    "wagtailadmin_workflows:edit_task": "task",
    "wagtailadmin_workflows:disable_task": "task",
    "wagtailadmin_workflows:enable_task": "task",
    "wagtailadmin_pages": "page",
    "wagtailsnippets_cms_theme": "theme",
    "wagtailsnippetchoosers_cms_theme": "theme",
    "wagtailsnippets_tours_code": "code",
    "wagtailsnippetchoosers_tours_code": "code",
    "wagtailsnippets_media_sound": "sound",
    "wagtailsnippetchoosers_media_sound": "sound",
    "aloud": "told",
    "wagtailusers_users": "user",
    "wagtailusers_groups": "group",
    "wagtailsites": "site",
    "wagtaildocs_chooser": "document",
    "wagtailimages_chooser": "image",
}
# What another parameter is, by its name or by that of the address with it.
OTHER = {
    "destination_id": "shelf",
    "task_state_id": "task_state",
    "task_id": "task",
    "revision_id": "revision",
    "workflow_state_id": "workflow_state",
    "collection_id": "collection",
    "page_pk": "home",
    "workflow_pk": "workflow",
    "session_id": "session",
    "object_id": "entry",
    "redirect_id": "redirect",
    "document_id": "document",
    "sound_pk": "sound",
    "doc_id": "document",
    "image_id": "image",
    "unfound_settle number": "unfound",
    "unfound_withdraw number": "promotion",
    "questions_settle number": "question",
    "change number": "change",
    "change_undo number": "change",
    "change_insist number": "change",
    "merge number": "kept",
    "merge_with number": "kept",
    "merge_with other": "absorbed",
    "replace_with number": "kept",
    "replace_with other": "absorbed",
    "holdings_view number": "view",
    "holdings_view_again number": "view",
    "holdings_view_drop number": "view",
    "incoming_one number": "incoming",
    "incoming_headings number": "incoming",
    "incoming_mend number": "incoming",
    "incoming_go number": "incoming",
    "incoming_drop number": "incoming",
    "incoming_progress number": "incoming",
    "incoming_reasons number": "incoming",
    "wagtaildocs:create_multiple_from_uploaded_document uploaded_file_id": "uploaded_document",
    "wagtaildocs:delete_upload_multiple uploaded_file_id": "uploaded_document",
    "wagtailimages:create_multiple_from_uploaded_image uploaded_file_id": "uploaded_image",
    "wagtailimages:delete_upload_multiple uploaded_file_id": "uploaded_image",
}
WORDS: dict[str, list[str]] = {
    "incoming_template name": ["place"],
    "tasks_again number": ["00000000-0000-4000-8000-000000000000"],
    "filter_spec": ["max-320x1280|format-webp"],
    "revision_id_a": ["earliest"],
    "revision_id_b": ["latest"],
    "uidb64": ["MQ"],
    "token": ["set-password"],
    "action_name": ["approve", "reject"],
    "wagtailadmin_api:pages:action action_name": [
        *("copy", "delete", "publish", "unpublish", "move", "create_alias", "convert_alias", "revert_to_page_revision")
    ],
}
APP, NAME, TASK_TYPE = "app_label", "model_name", ("wagtailcore", "groupapprovaltask")
WHY_NOT = {
    "wagtailadmin_error_test": "fails on purpose, so that an installation can try its page for errors",
}
"""Addresses that are not asked, and why."""


@dataclass(frozen=True)
class Address:
    """A pattern under /admin/: its name (or its route where it has none) and its parameters."""

    name: str
    params: frozenset[str]
    route: str

    @property
    def is_of_a_page(self) -> bool:
        """Whether it is asked for each page."""
        return bool(self.params & (PAGE | MODEL)) or (
            self.name.startswith("wagtailadmin_pages") and "pk" in self.params
        )


def addresses() -> list[Address]:
    """Return every address under /admin/."""
    return [one for one in found(get_resolver().url_patterns) if one.route.startswith("admin/")]


def found(patterns: list[URLPattern | URLResolver], route: str = "", space: str = "") -> Iterator[Address]:
    """Yield the addresses below some patterns."""
    for pattern in patterns:
        here = route + str(pattern.pattern).removeprefix("^")
        if isinstance(pattern, URLResolver):
            yield from found(pattern.url_patterns, here, f"{space}{pattern.namespace}:" if pattern.namespace else space)
        else:
            params = pattern.pattern.converters or pattern.pattern.regex.groupindex
            yield Address(space + (pattern.name or here), frozenset(params), here)


def urls(address: Address, things: dict[str, Any], page: Any = None) -> list[str]:
    """Return the URLs of an address, for one page where it is of a page. Raises KeyError where nobody said what for."""
    if not address.params and "admin/" in address.name:
        return ["/" + address.name.replace("^.*/$", "no/such/page/").removesuffix("$")]
    sets: list[dict[str, Any]] = [{}]
    for name, values in parameters(address, things, page):
        sets = [{**one, **dict(zip(name, value, strict=True))} for one in sets for value in values]
    if address.name == address.route:
        return ["/" + re.sub(r"<(?:\w+:)?(\w+)>", lambda found: str(one[found[1]]), address.route) for one in sets]  # noqa: B023
    try:
        return [reverse(address.name, kwargs=one) for one in sets]
    except NoReverseMatch:
        raise KeyError(f"{address.name} {sorted(address.params)}") from None


def parameters(address: Address, things: dict[str, Any], page: Any) -> Iterator[tuple[tuple[str, ...], list[tuple]]]:
    """Yield the parameters of an address, those that belong together as one, with their values."""
    left = set(address.params)
    if {APP, NAME} <= left:
        yield (APP, NAME, *({"action"} & left)), list(models(address, page))
        left -= {APP, NAME, "action"}
    if {"app_name", NAME} <= left:
        yield ("app_name", NAME), [("cms", "theme")]
        left -= {"app_name", NAME}
    if left >= MODEL:
        yield ("content_type_app_name", "content_type_model_name"), [(page._meta.app_label, page._meta.model_name)]
        if "parent_page_id" in left:
            yield ("parent_page_id",), [(page.get_parent().pk,)]
        left -= {*MODEL, "parent_page_id"}
    for param in left:
        yield (param,), [(value,) for value in values_of(address, param, things, page)]


def models(address: Address, page: Any) -> Iterator[tuple[str, ...]]:
    """Yield app, model and, for a bulk action, the action."""
    if address.name == "wagtail_bulk_action":
        bulk_action_registry.get_bulk_action_class("", "", "")
        for app, by_model in bulk_action_registry.actions.items():
            yield from ((app, model, action) for model, actions in by_model.items() for action in actions)
    elif address.name == "wagtailadmin_workflows:add_task":
        yield TASK_TYPE
    elif address.name.startswith("wagtailadmin_editing_sessions"):
        yield ("wagtailcore", "page")
    else:
        yield (page._meta.app_label, page._meta.model_name)


def values_of(address: Address, param: str, things: dict[str, Any], page: Any) -> list[Any]:
    """Return what one parameter is tried with."""
    if param in PAGE:
        return [page.pk]
    if words := WORDS.get(f"{address.name} {param}") or WORDS.get(param):
        return words
    if param == "pk":
        kind = PK[max((start for start in PK if address.name.startswith(start)), key=len)]
        return [page.pk if kind == "page" and page else things[kind].pk]
    named = OTHER.get(f"{address.name} {param}") or OTHER[param]
    if named in ("revision", "task_state", "workflow_state") and page and getattr(page, "latest_revision_id", None):
        return [page.latest_revision_id] if named == "revision" else [things[named].pk]
    return [things[named].pk]
