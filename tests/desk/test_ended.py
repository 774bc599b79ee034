"""What is typed outlives the session: the login carries the form, and it comes back to who logged in."""

from collections.abc import Callable

import pytest
from django.contrib.auth.models import User
from django.test import Client
from django.urls import reverse
from playwright.sync_api import Browser, Page

from authorities.models import Place
from cms.models import Theme
from tests.desk.conftest import PASSWORD
from tests.desk.forms import fields_of, form_of, sent_by
from tests.desk.holdings import put

TEXT = "塔在寺前，\n高七层。“浮屠”<b>&amp;"
LOGIN = "form.login-form"


def edit(place: Place) -> str:
    """Return the address of a form."""
    return reverse("wagtailadmin_pages:edit", args=[place.pk])


def logged_in(client: Client, page: str, name: str) -> object:
    """Send the login form of a page."""
    known = {"username": name, "password": PASSWORD}
    return client.post(reverse("wagtailadmin_login"), sent_by(page, LOGIN) | known)


@pytest.mark.each_database
def test_the_form_comes_back_after_the_login(sit: Callable[..., Client], shelves: None) -> None:
    place, editor = put(Place, "龙华塔"), sit("chen")
    sent = sent_by(editor.get(edit(place)).content.decode()) | {"summary": TEXT, "action-publish": "1"}
    editor.logout()
    page = editor.post(edit(place), sent)
    html = page.content.decode()
    assert (page.status_code, "登录已经过期" in html) == (403, True)
    assert Place.objects.get().summary == ""
    # A wrong password loses nothing either.
    wrong = editor.post(reverse("wagtailadmin_login"), sent_by(html, LOGIN) | {"username": "chen", "password": "no"})
    answer = logged_in(editor, wrong.content.decode(), "chen")
    assert answer["Location"] == edit(place)
    html = editor.get(edit(place)).content.decode()
    again = sent_by(html)
    assert (again["summary"].replace("\r\n", "\n"), "请看一遍" in html) == (TEXT, True)
    assert Place.objects.get().summary == ""
    # Opened once more before it is saved, it is still there; saved, it is not offered again.
    assert sent_by(editor.get(edit(place)).content.decode())["summary"]
    assert editor.post(edit(place), again | {"action-publish": "1"}).status_code == 302
    assert Place.objects.get().summary.replace("\r\n", "\n") == TEXT
    assert "请看一遍" not in editor.get(edit(place)).content.decode()


def test_a_new_record_comes_back_after_the_login(sit: Callable[..., Client], shelves: None) -> None:
    shelf, editor = put(Place, "龙华塔").get_parent(), sit("chen")
    address = reverse("wagtailadmin_pages:add", args=["authorities", "place", shelf.pk])
    names = {"names-TOTAL_FORMS": "1", "names-0-text": "浮屠", "names-0-language": "zh-Hans", "names-0-ORDER": "1"}
    sent = sent_by(editor.get(address).content.decode()) | {"title": "新塔", "summary": TEXT} | names
    editor.logout()
    logged_in(editor, editor.post(address, sent).content.decode(), "chen")
    again = sent_by(editor.get(address).content.decode())
    assert (again["title"], again["names-0-text"]) == ("新塔", "浮屠")
    assert Place.objects.count() == 1
    assert editor.post(address, again).status_code == 302
    assert Place.objects.get(title="新塔").get_latest_revision_as_object().names.get().text == "浮屠"


def test_any_other_form_of_the_admin_is_offered_to_be_sent_again(sit: Callable[..., Client], shelves: None) -> None:
    theme = Theme.objects.create(slug="silk", title="丝绸")
    address = reverse("wagtailsnippets_cms_theme:edit", args=[theme.pk])
    administrator = sit("admin", "")
    sent = sent_by(administrator.get(address).content.decode()) | {"title_en": "Silk"}
    administrator.logout()
    logged_in(administrator, administrator.post(address, sent).content.decode(), "admin")
    again = fields_of(form_of(administrator.get(address).content.decode()))
    assert again["title_en"] == "Silk"
    assert administrator.post(address, again).status_code == 302
    theme.refresh_from_db()
    assert theme.title_en == "Silk"


def test_it_can_be_let_go(sit: Callable[..., Client], shelves: None) -> None:
    place, editor = put(Place, "龙华塔"), sit("chen")
    sent = sent_by(editor.get(edit(place)).content.decode()) | {"summary": TEXT}
    editor.logout()
    logged_in(editor, editor.post(edit(place), sent).content.decode(), "chen")
    assert f"{edit(place)}?drop" in editor.get(edit(place)).content.decode()
    assert sent_by(editor.get(edit(place) + "?drop").content.decode())["summary"] == ""
    assert sent_by(editor.get(edit(place)).content.decode())["summary"] == ""


def test_nothing_secret_and_nothing_forged_is_carried(sit: Callable[..., Client], shelves: None) -> None:
    place, client = put(Place, "龙华塔"), Client()
    html = client.post(edit(place), {"summary": TEXT, "password1": "梧桐影里无人"}).content.decode()
    assert "梧桐影里无人" not in html
    sit("chen")
    known = {"username": "chen", "password": PASSWORD, "kept": "forged:text:here", "next": edit(place)}
    assert client.post(reverse("wagtailadmin_login"), known).status_code == 302
    assert "kept" not in client.session


def test_a_stale_token_is_answered_with_the_form(sit: Callable[..., Client], person: Callable[..., User]) -> None:
    place = put(Place, "龙华塔")
    editor = Client(enforce_csrf_checks=True)
    editor.force_login(person("chen"))
    sent = sent_by(editor.get(edit(place)).content.decode()) | {"summary": TEXT}
    stale = sent | {"csrfmiddlewaretoken": "x" * 64}
    answer = editor.post(edit(place), stale, headers={"Origin": "http://testserver"})
    again = fields_of(form_of(answer.content.decode()))
    assert (answer.status_code, again["summary"].replace("\r\n", "\n")) == (403, TEXT)
    assert editor.post(edit(place), again, headers={"Origin": "http://testserver"}).status_code == 302
    # From elsewhere it is refused, and nobody is asked to send it again.
    elsewhere = editor.post(edit(place), stale, headers={"Origin": "http://evil.example"})
    assert (elsewhere.status_code, TEXT[:4] in elsewhere.content.decode()) == (403, False)


@pytest.mark.parametrize("next_", ["", "http://evil.example/", "//evil.example", "\0", "/admin/nowhere/" + "x" * 5000])
def test_any_next_at_the_login_leads_into_the_site(sit: Callable[..., Client], shelves: None, next_: str) -> None:
    sit("chen")
    client = Client()
    assert client.get(reverse("wagtailadmin_login"), {"next": next_}).status_code == 200
    known = {"username": "chen", "password": PASSWORD, "next": next_}
    answer = client.post(reverse("wagtailadmin_login"), known)
    assert answer.status_code == 302
    assert answer["Location"].startswith("/admin/")


@pytest.mark.django_db(transaction=True)
def test_in_a_browser_the_text_is_there_after_the_login(
    browser: Browser, live_server: object, person: Callable[..., User]
) -> None:
    """Type, lose the session, save, log in: as it happened to a librarian."""
    place = put(Place, "龙华塔")
    person("chen")
    context = browser.new_context(locale="zh-CN")
    page: Page = context.new_page()

    def log_in() -> None:
        page.fill("[name=username]", "chen")
        page.fill("[name=password]", PASSWORD)
        page.click(".login-form button[type=submit]")

    page.goto(f"{live_server.url}{edit(place)}")
    log_in()
    page.wait_for_url(f"**{edit(place)}")
    page.fill("#id_summary", "塔在寺前，高七层。")
    context.clear_cookies(name="sessionid")
    page.click("footer button[type=submit] >> nth=0")
    page.wait_for_selector("text=登录已经过期")
    log_in()
    page.wait_for_url(f"**{edit(place)}")
    assert page.input_value("#id_summary") == "塔在寺前，高七层。"
    page.click("footer button[type=submit] >> nth=0")
    page.wait_for_selector(".messages .success")
    context.close()
    assert Place.objects.get().get_latest_revision_as_object().summary == "塔在寺前，高七层。"
