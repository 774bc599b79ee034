"""Tries of a password: how many are let through, and that nobody can close out another for good."""

from collections.abc import Callable
from datetime import timedelta

import pytest
import time_machine
from axes.models import AccessAttempt
from django.contrib.auth.models import Group, User
from django.test import Client, RequestFactory
from django.utils import timezone, translation
from wagtail.models import PageViewRestriction

from chronicle.models import Entry
from cms.models import Holding
from cms.pages.throttle import client_address
from cms.setup.roles import EDITORS

RIGHT, LOGIN = "reads-at-home-1", "/admin/login/"


@pytest.fixture(autouse=True)
def enabled(settings: object) -> None:
    """The other tests log in without being counted."""
    settings.AXES_ENABLED = True


@pytest.fixture
def editor(db: None) -> User:
    """Somebody with an account."""
    user = User.objects.create_user("editor", password=RIGHT)
    user.groups.add(Group.objects.get(name=EDITORS))
    return user


def login(
    client: Client, name: str = "editor", password: str = "wrong", address: str = "192.0.2.1", **more: str
) -> int:
    """Send the form of the admin, as a browser at an address does; return the status."""
    return client.post(LOGIN, {"username": name, "password": password}, REMOTE_ADDR=address, **more).status_code


@pytest.mark.each_database
def test_ten_wrong_tries_of_a_name_close_it_wherever_they_come_from(editor: User) -> None:
    """Twenty addresses try one name once each: the tenth is the last that is looked at."""
    answers = [login(Client(), address=f"192.0.2.{n}") for n in range(1, 21)]
    assert answers == [200] * 9 + [429] * 11
    assert login(Client(), password=RIGHT, address="192.0.2.99") == 429


@pytest.mark.each_database
def test_thirty_wrong_tries_of_an_address_close_it(editor: User) -> None:
    """Whatever names they try; others are not closed out."""
    answers = [login(Client(), name=f"name{n}") for n in range(40)]
    assert answers == [200] * 29 + [429] * 11
    assert login(Client(), password=RIGHT, address="192.0.2.2") == 302


def test_a_browser_that_was_let_in_before_is_let_in_again(editor: User, settings: object) -> None:
    """However often others try that name; an invented cookie helps nobody."""
    own = Client()
    assert login(own, password=RIGHT) == 302
    own.post("/admin/logout/")
    for n in range(2, 40):
        login(Client(), address=f"192.0.2.{n}")
    assert login(own, password=RIGHT) == 302
    other = Client()
    other.cookies["known"] = own.cookies["known"].value + "x"
    assert login(other, password=RIGHT, address="192.0.2.99") == 429


def test_the_lock_ends_after_a_quarter_of_an_hour_though_tries_go_on(editor: User) -> None:
    """What is tried meanwhile is not counted, and does not make it longer."""
    start = timezone.now()
    with time_machine.travel(start, tick=False) as clock:
        for n in range(10):
            login(Client(), address=f"192.0.2.{n + 1}")
        for _ in range(14):
            clock.shift(timedelta(minutes=1))
            assert login(Client(), password=RIGHT, address="192.0.2.99") == 429
        clock.shift(timedelta(minutes=1, seconds=1))
        assert login(Client(), password=RIGHT, address="192.0.2.99") == 302


def test_who_is_closed_out_is_told_so_in_both_languages(editor: User) -> None:
    """With the minutes to wait, and where machines look for them."""
    for _ in range(10):
        login(Client())
    answer = Client().post(LOGIN, {"username": "editor", "password": RIGHT}, REMOTE_ADDR="192.0.2.1")
    assert answer.status_code == 429
    assert answer["Retry-After"] == "900"
    assert "15 分钟" in answer.content.decode()
    assert "in 15 minutes" in answer.content.decode()


@pytest.mark.each_database
@pytest.mark.parametrize("name", ["n" * 5000, "名\0字", "", "page 1"])
def test_odd_names_are_answered(db: None, name: str) -> None:
    """Over-long, with NUL, empty, one that pages are counted under: the form again, on any database."""
    assert login(Client(), name=name) == 200


@pytest.fixture
def closed(put: Callable[..., Holding]) -> PageViewRestriction:
    """A page with a password."""
    return PageViewRestriction.objects.create(
        page=put(Entry, "霞飞路旧事"), restriction_type="password", password="kaimen"
    )


def knock(closed: PageViewRestriction, word: str, address: str = "192.0.2.1", prefix: str = "") -> int:
    """Send the form of a closed page."""
    client = Client(REMOTE_ADDR=address)
    with translation.override("zh-hans"):
        page = f"{prefix}{closed.page.url}"
    return client.post(client.get(page).context["action_url"], {"password": word, "return_url": page}).status_code


@pytest.mark.each_database
def test_the_password_of_a_page_is_not_tried_without_end(closed: PageViewRestriction) -> None:
    """Ten wrong ones from one address, in whichever language; another reader gets in all the same."""
    answers = [knock(closed, "wrong", prefix="/en" if n % 2 else "") for n in range(12)]
    assert answers == [200] * 9 + [429] * 3
    assert knock(closed, "kaimen") == 429
    assert knock(closed, "kaimen", address="192.0.2.2") == 302
    assert not AccessAttempt.objects.filter(post_data__contains="wrong").exists()


@pytest.mark.parametrize(
    ("proxies", "told", "expected"),
    [
        (0, "203.0.113.7", "192.0.2.1"),
        (1, "203.0.113.7", "203.0.113.7"),
        (1, "invented, 203.0.113.7", "203.0.113.7"),
        (2, "invented, 203.0.113.7, 198.51.100.1", "203.0.113.7"),
        (1, "", "0.0.0.0"),
        (1, "2001:db8::1", "2001:db8::1"),
        (1, "'; drop", "0.0.0.0"),
        (2, "203.0.113.7", "192.0.2.1"),
    ],
)
def test_the_address_behind_proxies(settings: object, proxies: int, told: str, expected: str) -> None:
    """Read from the end that trusted proxies write, never from what a visitor may have put there."""
    settings.TRUSTED_PROXIES = proxies
    request = RequestFactory().get("/", REMOTE_ADDR="192.0.2.1", headers={"X-Forwarded-For": told})
    assert client_address(request) == expected


def test_behind_a_proxy_each_visitor_is_counted_alone(editor: User, settings: object) -> None:
    """All have the proxy's address; one who tries names does not close out the rest."""
    settings.TRUSTED_PROXIES = 1
    for n in range(31):
        login(Client(), name=f"name{n}", headers={"X-Forwarded-For": "203.0.113.7"})
    assert login(Client(), password=RIGHT, headers={"X-Forwarded-For": "203.0.113.8"}) == 302
