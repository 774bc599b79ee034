"""Two editors open a form, both save: the second is told, keeps her text, and nothing is overwritten unless she says so."""

from collections.abc import Callable

import pytest
from django.test import Client
from django.urls import reverse
from wagtail.models import Page

from authorities.models import Place
from cms.models import Holding, Name, Shelf, TextPage, Theme
from tests.desk.forms import sent_by
from tests.desk.holdings import put
from tours.models import Code

SAID = "您打开之后"


def opened(client: Client, address: str) -> dict:
    """Open a form; what it would send."""
    answer = client.get(address)
    assert answer.status_code == 200
    return sent_by(answer.content.decode())


def edit(page: Page) -> str:
    """Return the address of a page's form."""
    return reverse("wagtailadmin_pages:edit", args=[page.pk])


@pytest.mark.once_on_each_database
def test_second_editor_of_any_kind_is_told_and_keeps_her_text(
    of_every_kind: Holding, sit: Callable[..., Client]
) -> None:
    one, two = sit("chen"), sit("lin")
    address = edit(of_every_kind)
    first = opened(one, address)
    # She opens it at the same moment: her form is the same but for its token.
    second = dict(first)
    assert one.post(address, first | {"summary": "先写的", "action-publish": "1"}).status_code == 302
    answer = two.post(address, second | {"summary": "后写的", "action-publish": "1"})
    assert answer.status_code == 409
    html = answer.content.decode()
    assert (SAID in html, "chen" in html) == (True, True)
    assert sent_by(html)["summary"] == "后写的"
    assert latest(of_every_kind).summary == "先写的"


@pytest.mark.once_on_each_database
@pytest.mark.parametrize("button", ["action-publish", "save", "action-submit"])
def test_no_button_overwrites_until_the_box_is_ticked(sit: Callable[..., Client], shelves: None, button: str) -> None:
    place = put(Place, "龙华塔")
    one, two = sit("chen"), sit("lin")
    first, second = opened(one, edit(place)), opened(two, edit(place))
    one.post(edit(place), first | {"summary": "先写的"})
    again = sent_by(two.post(edit(place), second | {"summary": "后写的", button: "1"}).content.decode())
    assert "overwrite" not in again
    assert two.post(edit(place), again | {button: "1"}).status_code == 409
    assert latest(place).summary == "先写的"
    # With the box ticked hers is saved, and his stays in the history.
    tick = str(Page.objects.get(pk=place.pk).latest_revision_id)
    assert two.post(edit(place), again | {"overwrite": tick, button: "1"}).status_code == 302
    assert latest(place).summary == "后写的"
    assert "先写的" in [revision.content["summary"] for revision in place.revisions.all()]


def latest(holding: Holding) -> Holding:
    """Return a holding as its latest version has it."""
    return Page.objects.get(pk=holding.pk).get_latest_revision_as_object()


def test_a_box_ticked_for_one_version_is_no_leave_for_the_next(sit: Callable[..., Client], shelves: None) -> None:
    place = put(Place, "龙华塔")
    one, two = sit("chen"), sit("lin")
    second = opened(two, edit(place))
    for words in ("先写的", "又写的"):
        one.post(edit(place), opened(one, edit(place)) | {"summary": words})
        seen = Page.objects.get(pk=place.pk).latest_revision_id
        if words == "先写的":
            first_seen = seen
    answer = two.post(edit(place), second | {"summary": "后写的", "overwrite": str(first_seen)})
    assert answer.status_code == 409
    assert latest(place).summary == "又写的"


@pytest.mark.each_database
def test_a_row_that_the_other_took_away_is_no_fault(sit: Callable[..., Client], shelves: None) -> None:
    """The form has rows that the latest version has not: it is laid over the version that it was opened on."""
    place = put(Place, "龙华塔")
    for text in ("甲名", "乙名"):
        place.names.add(Name(text=text))
    place.save_revision().publish()
    one, two = sit("chen"), sit("lin")
    first, second = opened(one, edit(place)), opened(two, edit(place))
    gone = {"names-0-DELETE": "1", "names-1-DELETE": "1", "action-publish": "1"}
    assert one.post(edit(place), first | gone).status_code == 302
    assert Place.objects.get(pk=place.pk).names.count() == 0
    answer = two.post(edit(place), second | {"summary": "后写的", "action-publish": "1"})
    assert answer.status_code == 409
    tick = Page.objects.get(pk=place.pk).latest_revision_id
    again = sent_by(answer.content.decode()) | {"overwrite": str(tick), "action-publish": "1"}
    answer = two.post(edit(place), again)
    assert answer.status_code == 302, answer.context["errors_debug"]
    assert sorted(name.text for name in Place.objects.get(pk=place.pk).names.all()) == ["乙名", "甲名"]


def test_a_form_with_a_fault_does_not_forget_what_it_was_opened_on(sit: Callable[..., Client], shelves: None) -> None:
    place = put(Place, "龙华塔")
    one, two = sit("chen"), sit("lin")
    first, second = opened(one, edit(place)), opened(two, edit(place))
    faulty = two.post(edit(place), second | {"title": "", "action-publish": "1"})
    one.post(edit(place), first | {"summary": "先写的"})
    mended = sent_by(faulty.content.decode()) | {"title": "龙华塔", "summary": "后写的"}
    assert two.post(edit(place), mended).status_code == 409


@pytest.mark.parametrize("model", [Shelf, TextPage])
def test_pages_of_the_site_that_have_no_version_yet(sit: Callable[..., Client], shelves: None, model: type) -> None:
    page = model.objects.first()
    assert page.latest_revision_id is None
    one, two = sit("chen", ""), sit("lin", "")
    first, second = opened(one, edit(page)), opened(two, edit(page))
    assert one.post(edit(page), first | {"intro": "先写的", "action-publish": "1"}).status_code == 302
    assert two.post(edit(page), second | {"intro": "后写的", "action-publish": "1"}).status_code == 409
    assert model.objects.get(pk=page.pk).intro == "先写的"


@pytest.mark.each_database
def test_second_editor_of_a_theme_is_told(sit: Callable[..., Client], shelves: None) -> None:
    theme = Theme.objects.create(slug="silk", title="丝绸")
    address = reverse("wagtailsnippets_cms_theme:edit", args=[theme.pk])
    one, two = sit("chen", ""), sit("lin", "")
    first, second = opened(one, address), opened(two, address)
    assert one.post(address, first | {"title_en": "First"}).status_code == 302
    answer = two.post(address, second | {"title_en": "Second"})
    assert answer.status_code == 409
    html = answer.content.decode()
    assert (SAID in html, "chen" in html) == (True, True)
    again = sent_by(html)
    assert again["title_en"] == "Second"
    assert two.post(address, again).status_code == 409
    theme.refresh_from_db()
    assert theme.title_en == "First"
    box = html.partition('name="overwrite" value="')[2].partition('"')[0]
    assert two.post(address, again | {"overwrite": box}).status_code == 302
    theme.refresh_from_db()
    assert theme.title_en == "Second"


def test_second_editor_of_a_code_is_told(sit: Callable[..., Client], shelves: None) -> None:
    code = Code.objects.create(code="ABCDEF")
    here, there = put(Place, "甲路"), put(Place, "乙路")
    address = reverse("wagtailsnippets_tours_code:edit", args=[code.pk])
    one, two = sit("chen"), sit("lin")
    first, second = opened(one, address), opened(two, address)
    assert one.post(address, first | {"holding": str(here.pk)}).status_code == 302
    assert two.post(address, second | {"holding": str(there.pk)}).status_code == 409
    code.refresh_from_db()
    assert code.holding_id == here.pk


def test_every_snippet_of_ours_is_edited_in_such_a_form() -> None:
    """A snippet that is registered later must not fall behind the test above."""
    from wagtail.snippets.models import get_snippet_models

    from cms.desk.snippet_forms import EditThing

    for model in get_snippet_models():
        assert issubclass(model.snippet_viewset.edit_view_class, EditThing), model


@pytest.mark.django_db(transaction=True)
def test_a_reader_of_english_is_told_in_english(sit: Callable[..., Client], shelves: None) -> None:
    from django.contrib.auth.models import User
    from wagtail.users.models import UserProfile

    place = put(Place, "龙华塔")
    one, two = sit("chen"), sit("lin")
    UserProfile.objects.create(user=User.objects.get(username="lin"), preferred_language="en")
    first, second = opened(one, edit(place)), opened(two, edit(place))
    one.post(edit(place), first | {"summary": "先写的"})
    html = two.post(edit(place), second | {"summary": "后写的"}).content.decode()
    assert "since you opened it" in html
    assert SAID not in html
