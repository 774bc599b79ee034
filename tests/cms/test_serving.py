"""Pages served: closed ones open to who may read them, and editors see what they write before it is saved."""

from collections.abc import Callable

import pytest
from django.contrib.auth.models import User
from django.test import Client
from wagtail.models import Page, PageViewRestriction

from chronicle.models import Entry
from cms.models import Holding, Home, Shelf
from cms.models.kinds import kinds


@pytest.mark.once_on_each_database
@pytest.mark.parametrize("prefix", ["", "/en"])
def test_the_right_password_opens_a_page(put: Callable[..., Holding], client: Client, prefix: str) -> None:
    """Its form is answered, in both languages; a wrong one is asked again."""
    entry = put(Entry, "霞飞路旧事")
    closed = PageViewRestriction.objects.create(page=entry, restriction_type="password", password="kaimen")
    address = f"{prefix}{entry.url}"
    answer = client.get(address)
    assert "霞飞路旧事" not in answer.content.decode()
    form = answer.context["action_url"]
    assert client.post(form, {"password": "wrong", "return_url": address}).status_code == 200
    opened = client.post(form, {"password": "kaimen", "return_url": address})
    assert opened["Location"] == address
    closed.refresh_from_db()
    assert "霞飞路旧事" in client.get(address).content.decode()


def test_who_has_to_log_in_is_led_to_a_form(put: Callable[..., Holding], client: Client) -> None:
    """Wagtail's own, which answers."""
    entry = put(Entry, "霞飞路旧事")
    PageViewRestriction.objects.create(page=entry, restriction_type="login")
    form = client.get(entry.url)["Location"]
    assert client.get(form).status_code == 200
    User.objects.create_user("reader", password="reads-at-home-1")
    client.login(username="reader", password="reads-at-home-1")
    assert "霞飞路旧事" in client.get(entry.url).content.decode()


def test_home_is_served_whole(client: Client, db: None) -> None:
    """On the way to other pages it is not read; its own page has all of its fields."""
    Home.objects.update(intro="一处检索，四馆可观。")
    assert client.get("/").context["page"].intro == "一处检索，四馆可观。"


@pytest.mark.once_on_each_database
@pytest.mark.parametrize("kind", kinds(), ids=lambda kind: kind._meta.model_name)
def test_a_new_holding_can_be_previewed(kind: type[Holding], db: None) -> None:
    """Before anything of it is saved; it is given the place that Wagtail gives it for that."""
    shelf = Shelf.objects.get(slug=kind.shelf.slug if kind.shelf else "chronicle")
    place = Page._get_children_path_interval(shelf.path)[1]
    holding = kind(title="还没有存下的", slug="unsaved", path=place, depth=shelf.depth + 1)
    holding.set_url_path(shelf)
    page = holding.make_preview_request()
    assert page.status_code == 200
    assert "还没有存下的" in page.content.decode()
