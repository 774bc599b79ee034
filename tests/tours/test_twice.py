"""Whatever is sent twice, in a slow network or by an impatient finger, is done once: each form exactly as its page has it."""

from collections.abc import Callable
from html.parser import HTMLParser

import pytest
from django.contrib.auth.models import User
from django.test import Client
from django.urls import reverse

from search.rebuilding import rebuild
from tours.models import Code, Question, Run, Script, Stop, Tour
from tours.urls import urlpatterns

pytestmark = pytest.mark.django_db
VERSIONS = tuple((n, "general", "zh-hans") for n in (30, 180, 600))


class Forms(HTMLParser):
    """The forms of a page: method, address, fields as they stand, buttons."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.forms: list[dict] = []
        self.inside = False
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        a = dict(attrs)
        if tag == "form":
            method = (a.get("method") or "get").lower()
            self.forms.append({"method": method, "action": a.get("action") or "", "fields": {}, "buttons": []})
            self.inside = True
        elif self.inside and tag in ("input", "textarea", "select") and a.get("name"):
            ticked = a.get("type") not in ("checkbox", "radio") or "checked" in a
            if ticked:
                self.forms[-1]["fields"].setdefault(a["name"], a.get("value") or "")
        elif self.inside and tag == "option" and "selected" in a:
            name = list(self.forms[-1]["fields"])[-1]
            self.forms[-1]["fields"][name] = a.get("value") or ""
        elif self.inside and tag == "button" and "disabled" not in a and a.get("type") != "button":
            self.forms[-1]["buttons"].append({a["name"]: a.get("value") or ""} if a.get("name") else {})

    def handle_endtag(self, tag: str) -> None:
        if tag == "form":
            self.inside = False


@pytest.fixture
def bench(client: Client, guide: User) -> Client:
    """A browser in which the guide is logged in."""
    client.force_login(guide)
    return client


@pytest.fixture
def tour(index: None, exhibit: Callable, write: Callable, draw_up: Callable[..., Tour], guide: User) -> Tour:
    """A tour of three stops, one of them a gap, one taken out; and more that can be found."""
    things = [exhibit(name) for name in ("行李箱", "胸像", "电视机", "话筒")]
    made = draw_up(*[(thing, write(f"{thing.title}事", thing, versions=VERSIONS)) for thing in things])
    first, second, *_others = Stop.objects.filter(tour=made).order_by("sort_order")
    Script.objects.create(stop=first, owner=guide, text="悄悄话")
    things[3].unpublish()
    second.delete()
    rebuild()
    return made


def state(guide: User) -> dict:
    """Return all that forms could change, but for the revisions and the times of things."""
    stops = Stop.objects.order_by("tour", "sort_order", "pk")
    fields = ("tour", "holding", "story", "sort_order", "minutes", "walking", "locked", "length", "removed_from")
    tours = Tour.objects.filter(owner=guide).order_by("pk")
    return {
        "tours": list(tours.values_list("title", "live", "minutes", "audience", "language")),
        "stops": list(stops.values_list(*fields)),
        "scripts": sorted(Script.objects.values_list("text", flat=True)),
        "codes": Code.objects.count(),
        "questions": Question.objects.count(),
        "runs": Run.objects.count(),
        "name": guide.get_full_name(),
    }


def pages(tour: Tour) -> dict[str, str]:
    """Return every page of the bench that has forms."""
    here = f"/guide/tours/{tour.pk}/"
    return {
        "front": "/guide/",
        "tour": here,
        "search": f"{here}?q=行李箱",
        "fit": f"{here}fit/?minutes=6",
        "discard": f"{here}discard/",
        "talk": f"{here}go/",
    }


FILLED = {"title": "新的一条", "text": "问住了：这是谁？", "name": "陈玲"}


@pytest.mark.each_database
@pytest.mark.parametrize("name", ["front", "tour", "search", "fit", "discard", "talk"])
def test_a_form_sent_twice_is_done_once(bench: Client, guide: User, tour: Tour, name: str) -> None:
    """Each form of each page, each of its buttons: twice leaves what once left, and the second answer is no error."""
    Tour.objects.filter(pk=tour.pk).update(live=False)
    number = len([form for form in Forms(bench.get(pages(tour)[name]).content.decode()).forms if posts(form)])
    assert number > 0
    for place in range(number):
        page = Forms(bench.get(pages(tour)[name]).content.decode())
        forms = [form for form in page.forms if posts(form)]
        if place >= len(forms):
            break
        form = forms[place]
        for button in form["buttons"][:2]:
            fields = {**form["fields"], **button}
            fields |= {field: text for field, text in FILLED.items() if field in fields and not fields[field]}
            address = form["action"] or pages(tour)[name]
            first = bench.post(address, fields)
            assert first.status_code < 400, (address, fields)
            once = state(guide)
            second = bench.post(address, fields)
            assert second.status_code < 400, (address, fields)
            assert state(guide) == once, (address, fields)


def posts(form: dict) -> bool:
    """Whether a form changes something of the guide's; logging out ends the test, packs are tested by themselves."""
    return form["method"] == "post" and not any(word in form["action"] for word in ("logout", "packs"))


def test_another_thing_from_the_same_page_is_another(bench: Client, tour: Tour) -> None:
    """Back in the browser and add a second thing: its form has its own key, and the same one twice is said."""
    page = Forms(bench.get(pages(tour)["search"]).content.decode())
    forms = [form for form in page.forms if form["action"].endswith("/add/")]
    assert len(forms) > 1
    before = tour.stops.count()
    for form in forms:
        bench.post(form["action"], form["fields"])
    assert tour.stops.count() == before + len(forms)
    again = bench.post(forms[0]["action"], forms[0]["fields"], follow=True).content.decode()
    assert "没有再做一次" in again
    assert tour.stops.count() == before + len(forms)


def test_the_same_thing_added_on_purpose_is_said(bench: Client, tour: Tour) -> None:
    """From a page drawn anew it is allowed, with the stops that have it already."""
    for stops in (3, 4):
        forms = Forms(bench.get(pages(tour)["search"]).content.decode()).forms
        form = next(form for form in forms if form["action"].endswith("/add/"))
        said = bench.post(form["action"], form["fields"], follow=True).content.decode()
        assert f"已加入，是第 {stops + 1} 站" in said
        assert "导览里本来就有它：第 1" in said


@pytest.mark.each_database
def test_two_scripts_at_once_are_one(bench: Client, tour: Tour) -> None:
    """A stop without a script yet: the second of two does not fail."""
    stop = tour.stops.last()
    for text in ("一", "二"):
        assert bench.post(reverse("guide_script", args=[tour.pk, stop.pk]), {"text": text}).status_code == 302
    assert Script.objects.get(stop=stop).text == "二"


def test_every_form_of_the_bench_is_on_one_of_these_pages() -> None:
    """The addresses that take a form of their own stand on the pages above: a new one needs its place."""
    sent = {
        "settle",
        "add",
        "order",
        "restore",
        "show",
        "hand",
        "copy",
        "move",
        "lock",
        "script",
        "fill",
        "remove",
        "fit",
    }
    bench_urls = urlpatterns[0].url_patterns
    ends = {str(p.pattern).rstrip("/").rpartition("/")[2] for p in bench_urls}
    pages_ = {"guide", "login", "logout", "account", "<str:token>", "<int:pk>", "discard", "<int:stop>"}
    assert ends <= sent | pages_
