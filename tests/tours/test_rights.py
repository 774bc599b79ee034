"""Every address that names a tour, a stop or a pack: to another guide, to a reader and to nobody it is as if it were not there."""

from collections.abc import Callable, Iterator

import pytest
from django.contrib.auth.models import User
from django.test import Client
from django.urls import URLPattern, URLResolver, reverse

from tours.guiding.packs.orders import ask
from tours.models import Pack, Question, Run, Script, Stop, Tour
from tours.urls import urlpatterns

pytestmark = pytest.mark.django_db


def named(patterns: list[URLPattern | URLResolver]) -> Iterator[URLPattern]:
    """Yield every address of tours."""
    for pattern in patterns:
        if isinstance(pattern, URLResolver):
            yield from named(pattern.url_patterns)
        else:
            yield pattern


# A sign's code is there for everybody, and the tour behind it is asked of visible().
OWNED = [
    pattern for pattern in named(urlpatterns) if {"pk", "code"} & set(pattern.pattern.converters) and pattern.name != "sign"
]  # fmt: skip


@pytest.fixture
def tour(exhibit: Callable, draw_up: Callable[..., Tour]) -> Tour:
    """A private tour with all that a guide leaves in it."""
    made = draw_up((exhibit("行李箱"), None))
    stop = Stop.objects.get()
    Script.objects.create(stop=stop, owner=made.owner, text="悄悄话")
    ask(Pack(tour=made, form="html", audience="general", language="zh-hans"))
    return made


def everything(tour: Tour) -> list:
    """Return all rows that somebody else could have changed."""
    rows = [list(model.objects.order_by("pk").values()) for model in (Tour, Stop, Script, Pack, Run, Question)]
    return [*rows, tour.revisions.count()]


@pytest.mark.parametrize("pattern", OWNED, ids=lambda pattern: pattern.name)
@pytest.mark.parametrize("prefix", ["", "/en"])
def test_it_is_the_guides_own(client: Client, tour: Tour, colleague: User, pattern: URLPattern, prefix: str) -> None:
    """404, or 405 where only a form may be sent; nothing is told and nothing is changed."""
    known = {"pk": tour.pk, "stop": Stop.objects.get().pk, "code": Pack.objects.get().code, "what": "runs"}
    address = prefix + reverse(pattern.name, kwargs={name: known[name] for name in pattern.pattern.converters})
    before = everything(tour)
    for method in (client.get, client.post):
        assert "/guide/login/" in method(address)["Location"]
    for user in (colleague, User.objects.create_user("reader"), User.objects.create_superuser("chief")):
        client.force_login(user)
        for method in (client.get, client.post):
            answer = method(address)
            assert answer.status_code in (404, 405), (user, method)
            assert "行李箱" not in answer.content.decode()
            assert "悄悄话" not in answer.content.decode()
    assert everything(tour) == before


def test_every_address_was_asked() -> None:
    """The list is the addresses', not somebody's memory."""
    assert {"guide_tour", "guide_present", "guide_after", "guide_after_table", "guide_packs", "guide_pack_file"} <= {
        pattern.name for pattern in OWNED
    }


@pytest.mark.parametrize("name", ["guide_questions", "guide_runs"])
def test_nothing_is_left_in_another_guides_tour(client: Client, tour: Tour, colleague: User, name: str) -> None:
    client.force_login(colleague)
    stop = Stop.objects.get().pk
    key = "00000000-0000-4000-8000-000000000000"
    sent = {"tour": tour.pk, "stop": stop, "told": stop, "text": "？", "key": key, "began": "2026-01-01T10:00:00Z"}
    for wish, status in (("application/json", 404), ("text/html", 302)):
        assert client.post(reverse(name), sent, headers={"Accept": wish}).status_code == status
    assert not Question.objects.exists()
    assert not Run.objects.exists()
