"""Values that are longer than a column are told at their field, on every database alike."""

from collections.abc import Callable

import pytest
from django.test import Client
from django.urls import reverse

from cms.models import Holding, Theme
from tests.desk.forms import form_of, sent_by

MANAGED = ("TOTAL_FORMS", "INITIAL_FORMS", "MIN_NUM_FORMS", "MAX_NUM_FORMS", "csrfmiddlewaretoken", "opened_on")


def overlong(html: str) -> dict:
    """Return what a form would send with 5,000 characters in each line of text."""
    form, sent = form_of(html), sent_by(html)
    lines = [one["name"] for one in form.select("input[type=text][name], input[type=url][name]")]
    return sent | {name: "长" * 5000 for name in lines if not name.endswith(MANAGED)}


@pytest.mark.once_on_each_database
def test_no_form_of_a_kind_lets_them_through(of_every_kind: Holding, sit: Callable[..., Client]) -> None:
    editor = sit("chen")
    address = reverse("wagtailadmin_pages:edit", args=[of_every_kind.pk])
    sent = overlong(editor.get(address).content.decode()) | {"title": "题" * 300}
    for button in ("save", "action-publish"):
        answer = editor.post(address, sent | {button: "1"})
        assert (answer.status_code, "title" in answer.context["form"].errors) == (200, True), button
        assert type(of_every_kind).objects.get(pk=of_every_kind.pk).title == "龙华塔", button


def test_a_number_too_long_is_told(of_every_kind: Holding, sit: Callable[..., Client]) -> None:
    editor, kind = sit("chen"), type(of_every_kind)
    names = (kind._meta.app_label, kind._meta.model_name)
    address = reverse("wagtailadmin_pages:add", args=[*names, of_every_kind.get_parent().pk])
    sent = sent_by(editor.get(address).content.decode()) | {"title": "新的", "uid": "X" * 5000, "slug": "s" * 5000}
    answer = editor.post(address, sent)
    assert (answer.status_code, {"uid", "slug"} <= set(answer.context["form"].errors)) == (200, True)


def test_no_form_of_a_theme_does(sit: Callable[..., Client], shelves: None) -> None:
    theme = Theme.objects.create(slug="silk", title="丝绸")
    address = reverse("wagtailsnippets_cms_theme:edit", args=[theme.pk])
    administrator = sit("admin", "")
    answer = administrator.post(address, overlong(administrator.get(address).content.decode()))
    assert (answer.status_code, {"title", "slug"} <= set(answer.context["form"].errors)) == (200, True)
