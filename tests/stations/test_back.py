"""Back leads to the list as its address has it, whether the browser asks again or kept the page as it was left."""

from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import Browser, expect


@pytest.fixture(scope="module")
def remembering(browser: Browser, chromium: str) -> Iterator[Browser]:
    """A Chromium that keeps the pages that were left, as readers' browsers do and Playwright's does not by itself."""
    off = ["--disable-back-forward-cache"]
    chrome = browser.browser_type.launch(executable_path=chromium, args=["--no-sandbox"], ignore_default_args=off)
    yield chrome
    chrome.close()


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("which", ["browser", "remembering"])
def test_back_leaves_no_box_ticked_over_a_list_of_all(
    request: pytest.FixtureRequest, live_server: object, corner: Callable, which: str
) -> None:
    """The box is as the address has it: not ticked."""
    corner("书角", children=True)
    context = request.getfixturevalue(which).new_context(bypass_csp=True)
    page = context.new_page()
    page.goto(f"{live_server.url}/stations/")
    page.check(".cf [name=children]")
    page.locator(".cf button").click()
    page.wait_for_url("**children=1**")
    page.evaluate("setTimeout(() => history.back(), 10)")
    page.wait_for_function("!location.search")
    expect(page.locator(".cf [name=children]")).not_to_be_checked()
    context.close()


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("which", ["browser", "remembering"])
def test_back_leaves_no_decade_over_a_shelf_of_all(
    request: pytest.FixtureRequest, live_server: object, which: str
) -> None:
    """Any other shelf, whose form is the site's own."""
    context = request.getfixturevalue(which).new_context(bypass_csp=True)
    page = context.new_page()
    page.goto(f"{live_server.url}/places/")
    page.evaluate("document.querySelector('.facets details').open = true")
    page.fill(".decade [name=decade]", "1930")
    page.locator(".decade button").click()
    page.wait_for_url("**decade=1930**")
    page.evaluate("setTimeout(() => history.back(), 10)")
    page.wait_for_function("!location.search")
    expect(page.locator(".decade [name=decade]")).to_have_value("")
    context.close()
