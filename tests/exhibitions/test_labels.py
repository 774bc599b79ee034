"""All labels of an exhibition are printed in one go: who may see it may print it, but for what its rights forbid."""

from collections.abc import Callable

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import translation
from wagtail.models import PageViewRestriction

from cms.models import Holding
from exhibitions.models import Exhibit, Exhibition

pytestmark = pytest.mark.django_db


@pytest.fixture
def show(put: Callable[..., Exhibition]) -> Exhibition:
    """An exhibition of two sections."""
    made = put(["1985", "1986"], ["1987"])
    Exhibit.objects.filter(number=1).update(lender="某人", lender_en="Somebody", summary_en="A label.")
    return made


def labels(client: Client, show: Exhibition, query: str = "", prefix: str = "") -> str:
    """Return the page, or nothing where there is none."""
    with translation.override("zh-hans"):
        answer = client.get(prefix + reverse("exhibition_labels", args=[show.uid]) + query)
    return answer.content.decode() if answer.status_code == 200 else ""


def test_number_title_label_and_lender_in_the_languages_asked_for(client: Client, show: Exhibition) -> None:
    both, zh, en = (labels(client, show, f"?text={text}") for text in ("both", "zh", "en"))
    for page, there, away in (
        (both, ("展品1号", "Exhibit no. 1", "提供：某人", "Lent by Somebody", "说明1。", "A label."), ()),
        (zh, ("展品1号", "提供：某人", "说明1。"), ("Exhibit no. 1", "Lent by", "A label.")),
        (en, ("Exhibit no. 1", "Lent by Somebody", "A label."), ("展品1号", "提供：", "说明1。")),
    ):
        assert all(text in page for text in there)
        assert not any(text in page for text in away)
    assert both.count('class="slip"') == 3
    assert labels(client, show, "?text=nonsense&section=x").count('class="slip"') == 3
    assert "3 labels." in labels(client, show, prefix="/en")


def test_one_section_alone(client: Client, show: Exhibition) -> None:
    section = show.get_children().last().specific
    page = labels(client, show, f"?section={section.uid}")
    assert page.count('class="slip"') == 1
    assert "展品3号" in page


def test_what_may_not_be_seen_is_not_printed(client: Client, show: Exhibition) -> None:
    Exhibit.objects.filter(number=1).update(live=False)
    page = labels(client, show)
    assert "展品1号" not in page
    assert "按权利" not in page
    Exhibit.objects.filter(number=2).update(use_print=False)
    page = labels(client, show)
    assert "展品2号" not in page
    assert "另有 1 件按权利不许印刷" in page
    PageViewRestriction.objects.create(page=show, restriction_type=PageViewRestriction.LOGIN)
    assert not labels(client, show)
    PageViewRestriction.objects.all().delete()
    Holding.objects.filter(pk=show.pk).update(use_print=False)
    assert 'class="slip"' not in labels(client, show)
    Holding.objects.filter(pk=show.pk).update(live=False)
    assert not labels(client, show)


@pytest.mark.parametrize("uid", ["XH-EX-999999", "x", "%00", "XH-PL-000001"])
def test_of_no_exhibition_there_are_none(client: Client, db: None, uid: str) -> None:
    assert client.get(f"/labels/{uid}/").status_code == 404
