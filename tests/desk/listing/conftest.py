"""A librarian at her lists, and what they show."""

from collections.abc import Callable
from urllib.parse import urlencode

import pytest
from bs4 import BeautifulSoup
from django.contrib.auth.models import User
from django.test import Client
from django.urls import reverse

Titles = Callable[..., list[str]]


class Lists:
    """Somebody at the lists, by Django's client."""

    def __init__(self, user: User) -> None:
        self.user, self.client = user, Client()
        self.client.force_login(user)

    def html(self, **asked: object) -> str:
        """Return the page of a list."""
        answer = self.client.get(f"{reverse('holdings')}?{urlencode(asked, doseq=True)}")
        assert answer.status_code == 200, answer.status_code
        return answer.content.decode()

    def titles(self, **asked: object) -> list[str]:
        """Return the titles that a list shows, in its order."""
        page = BeautifulSoup(self.html(**asked), "html.parser")
        return [link.get_text(strip=True) for link in page.select("table.holdings tbody th a")]


@pytest.fixture
def at_lists(person: Callable[..., User]) -> Callable[..., Lists]:
    """Return a function that lets somebody of a group sit down at the lists."""
    return lambda name, group="编目员": Lists(person(name, group))
