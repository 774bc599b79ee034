"""A page is closed and opened by the admin's form, and read by whom it is meant for; Wagtail's methods keep their contracts."""

import inspect
from typing import Any

import pytest
from django.contrib.auth.models import Group, User
from django.db.models import QuerySet
from django.http import HttpRequest
from django.test import Client, RequestFactory
from django.urls import reverse
from wagtail.models import Page, Revision, Site
from wagtail.url_routing import RouteResult

from cms.models import Holding, Home, Shelf, TextPage
from cms.models.kinds import kinds

OURS = ("cms", *{kind._meta.app_label for kind in kinds()})
MODELS = [Home, Shelf, TextPage, Holding, *kinds()]


@pytest.fixture
def editor(db: None) -> Client:
    """A client of an editor's."""
    user = User.objects.create_user("editor")
    user.groups.add(Group.objects.get(name="编辑"))
    client = Client()
    client.force_login(user)
    return client


def close(client: Client, page: Page, **fields: Any) -> None:
    """Open the dialog, and send it."""
    address = reverse("wagtailadmin_pages:set_privacy", args=[page.pk])
    assert "restriction_type" in client.get(address).json()["html"]
    answer = client.post(address, {"password": "", **fields})
    assert answer.json()["step"] == "set_privacy_done"


@pytest.mark.each_database
def test_every_page_is_closed_with_a_password_and_read_with_it(editor: Client, made: dict[str, Holding]) -> None:
    """By the form, on every kind and on the pages of the site; opened again, it is public again."""
    shelf = Shelf.objects.get(slug="events")
    for page in (*made.values(), shelf, TextPage.objects.first(), Home.objects.get()):
        reader = Client()
        close(editor, page, restriction_type="password", password="梧桐")
        closed = page.get_view_restrictions().get()
        assert page.title not in reader.get("/").content.decode() or page.depth > 2
        assert 'type="password"' in reader.get(page.url).content.decode(), page.url
        there = reverse("wagtailcore_authenticate_with_password", args=[closed.pk, page.pk])
        assert reader.post(there, {"password": "错", "return_url": page.url}).status_code == 200
        assert reader.post(there, {"password": "梧桐", "return_url": page.url}, follow=True).status_code == 200
        assert 'type="password"' not in reader.get(page.url).content.decode(), page.url
        close(editor, page, restriction_type="none")
        assert 'type="password"' not in Client().get(page.url).content.decode(), page.url


def test_a_branch_is_closed_to_all_but_a_group(editor: Client, made: dict[str, Holding]) -> None:
    """What is below says from where it is closed; a member reads it, others are sent to log in."""
    guides = Group.objects.get(name="讲解员")
    close(editor, made["work"], restriction_type="groups", groups=[guides.pk])
    dialog = editor.get(reverse("wagtailadmin_pages:set_privacy", args=[made["entry"].pk])).json()["html"]
    assert made["work"].title in dialog
    reader = Client()
    assert "/_util/login/" in reader.get(made["entry"].url)["Location"]
    user = User.objects.create_user("guide")
    reader.force_login(user)
    assert reader.get(made["entry"].url).status_code == 302
    user.groups.add(guides)
    assert reader.get(made["entry"].url).status_code == 200


def overrides() -> list[tuple[type, str]]:
    """Return every method of Wagtail's Page that a class of ours has anew, with that class."""
    found = {}
    for model in MODELS:
        for klass in model.__mro__:
            if klass.__module__.split(".")[0] not in OURS:
                continue
            for name, value in vars(klass).items():
                is_method = isinstance(value, (classmethod, staticmethod)) or inspect.isfunction(value)
                if is_method and callable(getattr(Page, name, None)) and not name.startswith("__"):
                    found[klass, name] = None
    return list(found)


def requested(path: str = "/") -> HttpRequest:
    """Return a reader's request that has found its site, as those that reach a page have."""
    request = RequestFactory().get(path)
    request.user = User()
    Site.find_for_request(request)
    return request


# What each method that is overridden must answer with, tried on every page.
CONTRACTS = {
    "can_exist_under": lambda page: isinstance(page.can_exist_under(page.get_parent()), bool),
    "clean": lambda page: page.clean() is None,
    "copy_all_child_relations": lambda page: isinstance(page.copy_all_child_relations(type(page)()), dict),
    "full_clean": lambda page: page.full_clean(exclude=["slug"]) is None,
    "get_context": lambda page: {"page", "self", "request"} <= page.get_context(requested()).keys(),
    "get_template": lambda page: isinstance(page.get_template(requested()), (str, list)),
    "get_view_restrictions": lambda page: restrictions_are_a_queryset(page),
    "route": lambda page: isinstance(page.route(requested(), []), RouteResult),
    "save": lambda page: page.save(clean=False, update_fields=["title"]) is None,
    "save_revision": lambda page: isinstance(page.save_revision(clean=False, changed=False), Revision),
    "serve": lambda page: page.serve(requested()).render().status_code == 200,
    "with_content_json": lambda page: type(page.with_content_json(page.serializable_data())) is type(page),
}


def restrictions_are_a_queryset(page: Page) -> bool:
    """Try what Wagtail does with them, both as a page is in the admin and as routing hands it to a reader."""
    routed = Home.objects.get().route(requested(), [p for p in page.url.split("/") if p]).page
    for one in (page, routed):
        rows = one.get_view_restrictions()
        assert isinstance(rows, QuerySet)
        assert not rows.order_by("-page__depth").exists()
    return True


def test_every_method_that_is_overridden_has_a_contract() -> None:
    """A new one needs a line above; and one that is gone goes."""
    assert {name for _klass, name in overrides()} == CONTRACTS.keys()


@pytest.mark.parametrize(("klass", "name"), overrides(), ids=lambda value: getattr(value, "__name__", value))
def test_an_overridden_method_is_called_as_wagtails(klass: type, name: str) -> None:
    """With whatever Wagtail hands it: each parameter of the original has a place in ours."""
    ours, theirs = (inspect.signature(inspect.getattr_static(c, name).__get__(None, c)) for c in (klass, Page))
    kinds_of = {p.kind for p in ours.parameters.values()}
    takes_any = {inspect.Parameter.VAR_POSITIONAL, inspect.Parameter.VAR_KEYWORD} <= kinds_of
    missing = [n for n in theirs.parameters if n not in ours.parameters and n not in ("args", "kwargs", "self")]
    assert takes_any or inspect.Parameter.VAR_KEYWORD in kinds_of or not missing, missing


@pytest.mark.each_database
def test_every_page_keeps_the_contracts(made: dict[str, Holding]) -> None:
    """Of every kind, and the pages of the site: what is overridden answers with what Wagtail's own does."""
    for page in (*made.values(), Home.objects.get(), Shelf.objects.get(slug="works"), TextPage.objects.first()):
        for klass, name in overrides():
            if isinstance(page, klass):
                assert CONTRACTS[name](page), (type(page), name)
