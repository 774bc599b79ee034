"""An office in a real browser: who works in it, and how they log in."""

from django.contrib.auth.models import Group, User
from playwright.sync_api import Page

from cms.setup.bootstrap import put_up_shelves

PASSWORD = "梧桐树下-2026"


def people() -> None:
    """Put up shelves, a librarian and an editor."""
    put_up_shelves()
    for name, group in (("librarian", "编目员"), ("editor", "编辑")):
        User.objects.create_user(name, password=PASSWORD).groups.add(Group.objects.get(name=group))


def log_in(page: Page, live_server: object, name: str) -> None:
    """Log somebody in by the form, and wait for the first page of the admin."""
    page.goto(f"{live_server.url}/admin/login/")
    page.fill("[name=username]", name)
    page.fill("[name=password]", PASSWORD)
    page.click("button[type=submit]")
    page.wait_for_url("**/admin/")
