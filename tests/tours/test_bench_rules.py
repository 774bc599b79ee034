"""Rules that hold for every page of the bench: no cache keeps it, no address holds a form's token, a link has its end."""

import re
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from django.conf import settings
from django.contrib.auth.models import User
from django.core import signing
from django.http import HttpResponse
from django.test import Client
from django.urls import URLPattern, reverse

from tests.tours.test_rights import named
from tests.tours.test_twice import Forms
from tours.guiding.packs.orders import ask
from tours.models import Pack, Stop, Tour
from tours.urls import urlpatterns

pytestmark = pytest.mark.django_db
BENCH = [pattern for pattern in named(urlpatterns) if str(pattern.pattern).startswith("guide/")]


@pytest.fixture
def tour(exhibit: Callable, draw_up: Callable[..., Tour]) -> Tour:
    """A private tour of one stop, with a pack."""
    made = draw_up((exhibit("行李箱"), None))
    ask(Pack(tour=made, form="html", audience="general", language="zh-hans"))
    return made


def address_of(pattern: URLPattern, tour: Tour) -> str:
    """Return an address of the bench for this tour."""
    token = signing.dumps([tour.pk, 0], salt="tours.hand")
    known = {
        "pk": tour.pk,
        "stop": Stop.objects.get().pk,
        "code": Pack.objects.get().code,
        "what": "runs",
        "token": token,
    }
    return reverse(pattern.name, kwargs={name: known[name] for name in pattern.pattern.converters})


def is_kept_by_nobody(answer: HttpResponse) -> bool:
    """Whether neither a browser nor anything between may keep an answer."""
    said = {part.strip() for part in answer.get("Cache-Control", "").split(",")}
    return {"no-store", "private", "no-cache"} <= said


@pytest.mark.parametrize("pattern", BENCH, ids=lambda pattern: pattern.name)
@pytest.mark.parametrize("prefix", ["", "/en"])
def test_no_cache_keeps_a_page_of_the_bench(guide: User, tour: Tour, pattern: URLPattern, prefix: str) -> None:
    """To a guide and to nobody; what it shows, refuses or redirects."""
    # The English page before leaves its language behind, and addresses are made in it.
    address = prefix + address_of(pattern, tour)
    for user in (None, guide):
        for method in ("get", "post"):
            # Logging out and discarding leave something else for the next turn.
            guest = Client()
            if user:
                guest.force_login(user)
            answer = getattr(guest, method)(address)
            assert is_kept_by_nobody(answer), (address, method, answer.status_code)


def test_the_walk_covers_the_bench() -> None:
    """The list is the addresses', not somebody's memory."""
    assert {"guide", "guide_login", "guide_logout", "guide_account", "guide_tour", "guide_handed", "guide_present"} <= {
        pattern.name for pattern in BENCH
    }


TEMPLATES = sorted(
    path
    for room in ("cms", "collections", "media", "search")
    for path in (settings.ROOT / room).rglob("templates/**/*.html")
)


@pytest.mark.parametrize("path", TEMPLATES, ids=lambda path: str(path.relative_to(settings.ROOT)))
def test_no_form_that_is_read_from_its_address_holds_a_token(path: Path) -> None:
    """A token in an address stands in histories, logs and caches: neither a GET form nor a GET button of a POST form."""
    for form in re.findall(r"<form\b.*?(?:</form>|\Z)", path.read_text("utf-8"), re.S):
        start = form.split(">", 1)[0]
        reads = not re.search(r"method\s*=\s*[\"']?post", start, re.I)
        reads = reads or re.search(r"formmethod\s*=\s*[\"']?get", form, re.I)
        assert not (reads and "csrf_token" in form), form[:200]


def test_looking_what_is_missing_leaves_no_token_in_the_address(client: Client, guide: User, tour: Tour) -> None:
    """The button of the form, as it is pressed."""
    client.force_login(guide)
    here = reverse("guide_packs", args=[tour.pk])
    sent = {"form": "html", "audience": "children", "language": "en", "scripts": "1", "look": "1"}
    answer = client.post(here, sent)
    assert sorted(urlsplit(answer["Location"]).query.split("&")) == [
        "audience=children", "form=html", "language=en", "scripts=1",
    ]  # fmt: skip
    page = client.get(answer["Location"])
    assert page.context["wanted"].language == "en"
    assert Pack.objects.count() == 1, "nothing was made"


@pytest.fixture
def link(client: Client, guide: User, tour: Tour) -> str:
    """A link by which the tour is handed over."""
    client.force_login(guide)
    return client.post(reverse("guide_hand", args=[tour.pk])).context["link"].removeprefix("http://testserver")


@pytest.mark.parametrize(("days", "status"), [(0, 200), (13.9, 200), (14.1, 404), (400, 404)])
def test_a_link_has_its_end(
    client: Client, link: str, colleague: User, monkeypatch: pytest.MonkeyPatch, days: float, status: int
) -> None:
    """Fourteen days; after it neither the page nor its form gives anything."""
    client.force_login(colleague)
    now = signing.time.time()
    monkeypatch.setattr(signing.time, "time", lambda: now + timedelta(days=days).total_seconds())
    assert client.get(link).status_code == status
    client.post(link)
    assert Tour.objects.filter(owner=colleague).exists() == (status == 200)


def test_a_link_can_be_called_back(client: Client, guide: User, tour: Tour, link: str, colleague: User) -> None:
    """All that were given out so far; one that is made afterwards opens."""
    page = client.post(reverse("guide_hand", args=[tour.pk])).content.decode()
    form = next(form for form in Forms(page).forms if {"call_back": "1"} in form["buttons"])
    client.post(form["action"] or reverse("guide_hand", args=[tour.pk]), {"call_back": "1"})
    fresh = client.post(reverse("guide_hand", args=[tour.pk])).context["link"].removeprefix("http://testserver")
    client.force_login(colleague)
    assert client.get(link).status_code == 404
    client.post(link)
    assert not Tour.objects.filter(owner=colleague).exists()
    assert client.get(fresh).status_code == 200


@pytest.mark.parametrize("typed", ["４５", " 45 ", "45"])
def test_minutes_are_read_as_people_write_them(client: Client, guide: User, typed: str) -> None:
    """Full-width digits too."""
    client.force_login(guide)
    client.post(reverse("guide"), {"title": "题", "audience": "general", "language": "en", "minutes": typed})
    assert Tour.objects.get().minutes == 45


@pytest.mark.parametrize("typed", ["1e2", "1_0", "0x10", "4.5", "四十五", "1,000", "Infinity", "--5"])
def test_minutes_in_other_writing_are_refused(client: Client, guide: User, tour: Tour, typed: str) -> None:
    """In a new tour, in its settings and where it is fitted: in words, with what was typed."""
    client.force_login(guide)
    fields = {"title": "题", "audience": "general", "language": "en", "minutes": typed}
    for answer in (
        client.post(reverse("guide"), fields),
        client.post(reverse("guide_settle", args=[tour.pk]), fields),
        client.get(reverse("guide_fit", args=[tour.pk]), {"minutes": typed}),
    ):
        assert answer.status_code == 422
        assert "整数分钟" in answer.content.decode()
        assert f'value="{typed}"' in answer.content.decode()
