"""On a phone nothing that is looked for opens under the bar at the foot of the screen."""

from collections.abc import Callable

import pytest
from playwright.sync_api import BrowserContext, expect

from authorities.models import Place
from cms.models import Name


@pytest.mark.parametrize("prefix", ["", "/en"])
def test_suggestions_and_first_hit_are_seen(
    context: Callable[..., BrowserContext], live_server: object, road: Place, prefix: str
) -> None:
    """At 390 x 844, with the names of a road over the hits and the list under the field of the home page."""
    for text in ("宝昌路", "林森中路", "Avenue Joffre", "Route Paul Brunat"):
        road.names.add(Name(text=text, language="fr" if text.isascii() else "zh-Hans"))
    road.save_revision().publish()
    phone = context(viewport={"width": 390, "height": 844}, locale="en" if prefix else "zh-CN").new_page()
    phone.goto(f"{live_server.url}{prefix}/")
    phone.locator("#q").press_sequentially("霞飞路")
    option = phone.locator("#q-list li").first
    expect(option).to_be_visible()
    bar = "document.querySelector('.spine .nav').getBoundingClientRect().top"
    phone.wait_for_function(f"document.querySelector('#q-list').getBoundingClientRect().bottom <= {bar}")
    phone.goto(f"{live_server.url}{prefix}/search/?q=霞飞路")
    assert phone.evaluate(f"{bar} - document.querySelector('#hits li').getBoundingClientRect().top") > 60
