"""An editor in a real browser: from one record to the second one, side by side, one of them, and two again."""

import pytest
from django.urls import reverse
from playwright.sync_api import Page, expect

from authorities.models import Person
from cms.models import Name
from tests.accessibility import violations
from tests.cms.desk.office import log_in, people
from tests.desk.holdings import put

pytestmark = pytest.mark.django_db(transaction=True)


def test_two_records_of_a_person_become_one(page: Page, live_server: object) -> None:
    """On a phone's width, by what the page says."""
    people()
    kept, other = put(Person, "吴贻弓", summary="主持创办"), put(Person, "吳貽弓", summary="考察电影节")
    other.names.add(Name(text="Wu Yigong", language="en"))
    other.save()
    log_in(page, live_server, "editor")
    page.set_viewport_size({"width": 390, "height": 844})
    page.goto(f"{live_server.url}{reverse('merge', args=[kept.pk])}")
    page.get_by_label("题名、又名或编号").fill("吴贻弓")
    page.get_by_role("button", name="找").click()
    page.get_by_role("link", name="吳貽弓").click()
    expect(page.get_by_role("button", name="并成一条")).to_be_visible()
    assert page.evaluate("document.documentElement.scrollWidth") == 390
    assert violations(page) == []

    written = page.get_by_label("自己写：提要", exact=True)
    expect(written).to_be_hidden()
    page.locator("[name='f-summary'][value=own]").check()
    written.fill("两句合在一起")
    page.get_by_label("缘由").fill("繁简两种写法")
    page.get_by_role("button", name="并成一条").click()
    expect(page.locator("main")).to_contain_text("繁简两种写法")
    merged = Person.objects.get()
    assert (merged.pk, merged.summary) == (kept.pk, "两句合在一起")
    assert {name.text for name in merged.names.all()} == {"Wu Yigong", "吳貽弓"}

    page.get_by_role("button", name=f"撤销 {other.title}").click()
    expect(page.locator("main")).to_contain_text("已还原")
    assert set(Person.objects.values_list("title", "summary")) == {("吴贻弓", "主持创办"), ("吳貽弓", "考察电影节")}
