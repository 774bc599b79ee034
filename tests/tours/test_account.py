"""A guide's account: the one-time password is changed before anything else, and the name stands in the credit."""

from collections.abc import Callable

import pytest
from django.contrib.auth.models import User
from django.core.management import CommandError, call_command
from django.test import Client
from django.urls import URLPattern, reverse

from tests.tours.test_rights import named
from tours.models import OneTimePassword, Tour
from tours.urls import urlpatterns

pytestmark = pytest.mark.django_db
OWN = "chenling-jiang-xuhui"


def add(capsys: pytest.CaptureFixture, *said: str) -> str:
    """Run the command and return the password that it says."""
    call_command("add_guide", *said)
    return capsys.readouterr().out.split()[-1]


def log_in(name: str, password: str) -> Client:
    """Log in by the bench's form."""
    client = Client()
    answer = client.post(reverse("guide_login"), {"username": name, "password": password})
    assert (answer.status_code == 302) == ("_auth_user_id" in client.session)
    return client


def change(client: Client, old: str, new: str, again: str = "") -> object:
    """Send the form for a new password."""
    fields = {"form": "password", "old_password": old, "new_password1": new, "new_password2": again or new}
    return client.post(reverse("guide_account"), fields)


GUARDED = [p for p in named(urlpatterns) if str(p.pattern).startswith("guide/") and p.name not in (
    "guide_login", "guide_logout", "guide_account")]  # fmt: skip


@pytest.mark.parametrize("pattern", GUARDED, ids=lambda pattern: pattern.name)
def test_a_one_time_password_opens_nothing_else(capsys: pytest.CaptureFixture, pattern: URLPattern) -> None:
    """Every address of the bench leads to the page where it is changed."""
    client = log_in("lin", add(capsys, "lin"))
    known = {"pk": 1, "stop": 1, "code": "ABCDEFG", "what": "runs", "token": "x"}
    address = reverse(pattern.name, kwargs={name: known[name] for name in pattern.pattern.converters})
    for method in (client.get, client.post):
        assert method(address)["Location"] == reverse("guide_account")


def test_changed_once_it_opens_the_bench(capsys: pytest.CaptureFixture) -> None:
    """The one-time password is dead, sessions elsewhere are ended, this one goes on."""
    given = add(capsys, "lin")
    here, elsewhere = log_in("lin", given), log_in("lin", given)
    assert "只能用这一次" in here.get(reverse("guide_account")).content.decode()
    assert change(here, given, OWN)["Location"] == reverse("guide")
    assert here.get(reverse("guide")).status_code == 200
    assert elsewhere.get(reverse("guide"))["Location"].startswith(reverse("guide_login"))
    assert "_auth_user_id" not in log_in("lin", given).session
    assert log_in("lin", OWN).get(reverse("guide")).status_code == 200


@pytest.mark.parametrize(
    ("new", "again"),
    [("short", ""), ("password123", ""), ("linlinlin", ""), (OWN, "other-than-this"), ("", ""), ("same", "")],
)
def test_a_bad_password_is_refused_in_words(capsys: pytest.CaptureFixture, new: str, again: str) -> None:
    """Too short, too common, the user's own name, mistyped, empty, the one-time password itself."""
    given = add(capsys, "linlinlin")
    client = log_in("linlinlin", given)
    answer = change(client, given, given if new == "same" else new, again)
    assert answer.status_code == 422
    assert "b-fault" in answer.content.decode()
    assert OneTimePassword.objects.exists()
    assert client.get(reverse("guide"))["Location"] == reverse("guide_account")


def test_the_present_password_is_asked_for(client: Client, guide: User) -> None:
    """A phone that was left lying about changes nothing."""
    client.force_login(guide)
    assert change(client, "guessed", OWN).status_code == 422
    guide.refresh_from_db()
    assert guide.check_password("walks-and-talks-1")


def test_the_name_stands_in_the_credit(
    client: Client, guide: User, colleague: User, exhibit: Callable, draw_up: Callable[..., Tour]
) -> None:
    """As its bearer writes it, in either order; without one the user name."""
    client.force_login(guide)
    assert client.post(reverse("guide_account"), {"form": "name", "name": "陈 玲"}).status_code == 302
    tour = draw_up((exhibit("行李箱"), None), live=True)
    client.force_login(colleague)
    client.post(reverse("guide_copy", args=[tour.pk]))
    assert Tour.objects.get(owner=colleague).thanks == "《第一条》，陈 玲"
    client.force_login(guide)
    assert client.post(reverse("guide_account"), {"form": "name", "name": "陈" * 200}).status_code == 422


def test_the_command_takes_a_name_and_gives_another_password(capsys: pytest.CaptureFixture) -> None:
    """`--full-name`; `--reset` for one who forgot; neither touches other accounts."""
    first = add(capsys, "chen", "--full-name", "陈玲")
    assert User.objects.get(username="chen").get_full_name() == "陈玲"
    client = log_in("chen", first)
    change(client, first, OWN)
    second = add(capsys, "chen", "--reset")
    assert User.objects.get(username="chen").get_full_name() == "陈玲"
    assert client.get(reverse("guide"))["Location"].startswith(reverse("guide_login"))
    assert log_in("chen", second).get(reverse("guide"))["Location"] == reverse("guide_account")
    User.objects.create_superuser("chief", password=OWN)
    for said in (["chen"], ["chief"], ["chief", "--reset"], ["nobody", "--reset"], ["a b/c"]):
        with pytest.raises(CommandError):
            call_command("add_guide", *said)
    assert User.objects.get(username="chief").check_password(OWN)
