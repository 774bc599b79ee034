"""What a guide types outlives the session: the bench's login carries the form, and it comes back to the guide who logs in."""

from collections.abc import Callable

import pytest
from bs4 import BeautifulSoup
from django.conf import settings
from django.contrib.auth.models import User
from django.test import Client
from django.urls import URLPattern, reverse
from django.utils.translation import override
from playwright.sync_api import Browser, expect

from tests.desk.forms import fields_of, form_of, sent_by
from tests.tours.test_account import GUARDED
from tours.guiding.access import ACCOUNT
from tours.models import OneTimePassword, Question, Run, Script, Tour

pytestmark = pytest.mark.django_db
TEXT = "先问孩子：\n箱子里是什么？“纸”<b>&amp;"
LOGIN = "form.b-form"
KEY = "6f1c1c9e-9f0e-4a55-8a3e-0d8d5f0f4a11"
PASSWORDS = {"guide": "walks-and-talks-1", "colleague": "walks-and-talks-2"}


def log_in(client: Client, page: str, name: str) -> object:
    """Send the login form that a page holds."""
    known = {"username": name, "password": PASSWORDS[name]}
    return client.post(form_of(page, LOGIN)["action"], sent_by(page, LOGIN) | known)


def at_the_bench(name: str = "guide") -> Client:
    """Return a browser in which a guide has logged in by the form."""
    client = Client()
    address = reverse("guide_login")
    assert log_in(client, client.get(address).content.decode(), name).status_code == 302
    return client


def lose(client: Client) -> None:
    """End the session as the clock does: the browser goes on sending its cookie."""
    client.session.flush()


def named(pattern: URLPattern, tour: Tour) -> str:
    """Return an address of the bench for a tour."""
    stop = tour.stops.first().pk
    known = {"pk": tour.pk, "stop": stop, "code": "ABCDEFG", "what": "runs", "token": "x"}
    return reverse(pattern.name, kwargs={name: known[name] for name in pattern.pattern.converters})


@pytest.mark.parametrize("language", ["zh-hans", "en"])
@pytest.mark.parametrize("pattern", [*GUARDED, ACCOUNT], ids=lambda one: getattr(one, "name", one))
def test_whatever_is_sent_to_the_bench_comes_back(
    hall: Tour, guide: User, pattern: URLPattern | str, language: str
) -> None:
    """At every address of the bench, in both languages: the fields as they were, sent to where they were sent."""
    with override(language):
        address = reverse(pattern) if isinstance(pattern, str) else named(pattern, hall)
        client = at_the_bench()
        lose(client)
        sent = {"text": TEXT, "told": ["7", "9"], "title": "行李箱"}
        page = client.post(address, sent)
        assert (page.status_code, "no-store" in page["Cache-Control"]) == (403, True)
        html = page.content.decode()
        assert ("登录已经过期" in html) == (language == "zh-hans")
        # A wrong password loses nothing.
        wrong = client.post(reverse("guide_login"), sent_by(html, LOGIN) | {"username": "guide", "password": "no"})
        answer = log_in(client, wrong.content.decode(), "guide")
        assert answer["Location"] == address
        again = form_of(client.get(address).content.decode())
        back = {name: value for name, value in fields_of(again).items() if name != "csrfmiddlewaretoken"}
        back["text"] = back["text"].replace("\r\n", "\n")
        assert (again["action"], back) == (address, sent)
        # Let go, it leads to a page; no address of a form alone is left open.
        assert client.get(address + "?drop", follow=True).status_code in (200, 404)
        assert "data-edit-form" not in client.get(address, follow=True).content.decode()


FORMS: dict[str, tuple[dict, Callable[[Tour], object], object]] = {
    "guide_script": ({"text": TEXT}, lambda tour: Script.objects.get().text.replace("\r\n", "\n"), TEXT),
    "guide_settle": (
        {"title": "新的题名", "audience": "children", "language": "en", "minutes": "60", "start": "门厅"},
        lambda tour: (tour.title, tour.minutes, tour.start),
        ("新的题名", 60, "门厅"),
    ),
    "guide_stop": (
        {"story": "", "length": "30", "minutes": "7.5", "walking": "2", "way": "上楼左转"},
        lambda tour: (str(tour.stops.first().minutes), tour.stops.first().way),
        ("7.5", "上楼左转"),
    ),
    "guide": (
        {"title": "第二条", "audience": "general", "language": "en", "minutes": "30"},
        lambda tour: Tour.objects.filter(title="第二条", minutes=30).count(),
        1,
    ),
    "guide_questions": (
        {"key": KEY, "text": "箱子有多重？"},
        lambda tour: Question.objects.get().text,
        "箱子有多重？",
    ),
    "guide_runs": ({"key": KEY, "told": []}, lambda tour: Run.objects.get().stops.filter(skipped=False).count(), 2),
    "guide_account": ({"form": "name", "name": "陈灵"}, lambda tour: tour.owner.get_full_name(), "陈灵"),
}


@pytest.mark.once_on_each_database
@pytest.mark.parametrize("name", FORMS)
def test_each_form_is_done_after_the_login(hall: Tour, guide: User, name: str) -> None:
    """What a guide writes: scripts, titles, times, a new tour, questions, what was told, the name."""
    fields, found, wanted = FORMS[name]
    first, second, *_rest = hall.stops.values_list("pk", flat=True)
    fields = {**fields, **({"told": [first, second]} if "told" in fields else {}), "tour": hall.pk, "stop": first}
    pattern = next((one for one in GUARDED if one.name == name), None)
    address = named(pattern, hall) if pattern else reverse(name)
    client = at_the_bench()
    lose(client)
    log_in(client, client.post(address, fields).content.decode(), "guide")
    again = fields_of(form_of(client.get(address).content.decode()))
    assert client.post(address, again).status_code == 302
    assert found(Tour.objects.get(pk=hall.pk)) == wanted
    # Sent, it is not offered again.
    assert "data-edit-form" not in client.get(address, follow=True).content.decode()


def test_nobody_else_is_shown_what_a_guide_wrote_for_herself(hall: Tour, guide: User, colleague: User) -> None:
    """On the computer that guides share, a colleague is the first to log in where her session ended."""
    client = at_the_bench()
    lose(client)
    address = reverse("guide_script", args=[hall.pk, hall.stops.first().pk])
    html = client.post(address, {"text": TEXT}).content.decode()
    assert TEXT[:4] not in html
    log_in(client, html, "colleague")
    assert "kept" not in client.session
    assert client.get(address, follow=True).status_code == 404


def test_a_password_is_never_carried_and_that_is_said(hall: Tour, guide: User) -> None:
    client = at_the_bench()
    lose(client)
    sent = {"form": "password", "old_password": PASSWORDS["guide"], "new_password1": "x-secret-x"}
    html = client.post(reverse(ACCOUNT), sent).content.decode()
    assert "x-secret-x" not in html
    log_in(client, html, "guide")
    html = client.get(reverse(ACCOUNT)).content.decode()
    assert ("口令不会留下" in html, "x-secret-x" in html, "new_password1" in html) == (True, False, False)


def test_it_waits_while_a_one_time_password_is_changed(hall: Tour, guide: User) -> None:
    """Somebody set a new password while she was writing: both are done, one after the other."""
    client = at_the_bench()
    OneTimePassword.objects.create(user=guide)
    address = reverse("guide_script", args=[hall.pk, hall.stops.first().pk])
    assert client.post(address, {"text": TEXT})["Location"] == reverse(ACCOUNT)
    new = "wutong-yingli-2026"
    fields = {"form": "password", "old_password": PASSWORDS["guide"], "new_password1": new, "new_password2": new}
    assert client.post(reverse(ACCOUNT), fields)["Location"] == address
    client.post(address, fields_of(form_of(client.get(address).content.decode())))
    assert Script.objects.get().text.replace("\r\n", "\n") == TEXT


@pytest.mark.parametrize("name", ["guide_script", "guide_stop", "guide_settle", "guide", "guide_account"])
def test_a_stale_token_is_answered_with_the_form(hall: Tour, guide: User, name: str) -> None:
    """She logged in anew in another tab, which gives out new tokens."""
    fields, found, wanted = FORMS[name]
    pattern = next((one for one in GUARDED if one.name == name), None)
    address = named(pattern, hall) if pattern else reverse(name)
    client = Client(enforce_csrf_checks=True, headers={"Origin": "http://testserver"})
    client.force_login(guide)
    answer = client.post(address, fields | {"csrfmiddlewaretoken": "x" * 64})
    assert answer.status_code == 403
    again = fields_of(form_of(answer.content.decode()))
    assert client.post(address, again).status_code == 302
    assert found(Tour.objects.get(pk=hall.pk)) == wanted


@pytest.mark.parametrize("name", ["guide_login", "wagtailadmin_login", "wagtailcore_login"])
def test_a_stale_login_is_no_wrong_password(db: None, name: str) -> None:
    """Two tabs stood at the login; the second is led to where it wanted to go, and no try is counted."""
    client = Client(enforce_csrf_checks=True, headers={"Origin": "http://testserver"})
    sent = {
        "username": "guide",
        "password": "walks-and-talks-1",
        "next": "/guide/?q=1",
        "csrfmiddlewaretoken": "x" * 64,
    }
    page = BeautifulSoup(client.post(reverse(name), sent).content, "html.parser")
    assert [link["href"] for link in page.select("main a")] == ["/guide/?q=1"]
    assert page.select("form") == []
    sent["next"] = "https://elsewhere.example/"
    page = BeautifulSoup(client.post(reverse(name), sent).content, "html.parser")
    assert [link["href"] for link in page.select("main a")] == [reverse(name)]


@pytest.mark.parametrize("scripts", [True, False], ids=["with scripts", "without"])
@pytest.mark.parametrize(
    ("prefix", "fold", "save", "again"),
    [("", "我的讲稿", "保存讲稿", "再发一次"), ("/en", "My script", "Save script", "Send it again")],
    ids=["zh", "en"],
)
@pytest.mark.django_db(transaction=True)
def test_in_a_browser_the_script_is_there_after_the_login(
    hall: Tour, guide: User, browser: Browser, live_server: object, scripts: bool, prefix: str, fold: str,
    save: str, again: str,
) -> None:  # fmt: skip
    """Type, lose the session, save, log in, send again; also while the pages are kept for flight mode."""
    context = browser.new_context(base_url=live_server.url, java_script_enabled=scripts, locale="zh-CN")
    page = context.new_page()

    def log_in() -> None:
        page.fill("#id_username", "guide")
        page.fill("#id_password", PASSWORDS["guide"])
        page.locator(".b-form button").click()

    page.goto(f"{prefix}/guide/tours/{hall.pk}/")
    log_in()
    expect(page.locator("#stops > li")).to_have_count(8)
    if scripts:
        kept = page.locator(".carried")
        expect(kept).to_contain_text(kept.get_attribute("data-done"), timeout=60_000)
    stop = hall.stops.first().pk
    first = page.locator(f"#stop-{stop}")
    first.get_by_text(fold, exact=True).click()
    first.locator(f"#script-{stop}").fill(TEXT)
    context.clear_cookies(name=settings.SESSION_COOKIE_NAME)
    first.get_by_role("button", name=save).click()
    expect(page.locator("#id_password")).to_be_visible()
    assert Script.objects.count() == 0
    log_in()
    page.get_by_role("button", name=again).click()
    expect(page.locator("#stops > li")).to_have_count(8)
    assert Script.objects.get().text.replace("\r\n", "\n") == TEXT
    # Nothing more is offered as not yet sent.
    expect(page.locator("#stops .kept")).to_have_count(0)
    context.close()
