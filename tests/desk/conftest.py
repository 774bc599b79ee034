"""People of an office with their browsers, and holdings of every kind."""

from collections.abc import Callable, Iterator

import pytest
from django.contrib.auth.models import Group, User
from django.test import Client
from django.utils import translation

from cms.models import Holding
from cms.models.kinds import kinds
from cms.setup.bootstrap import put_up_shelves
from tests.desk.holdings import put

PASSWORD = "梧桐树下-2026"


@pytest.fixture(autouse=True)
def chinese() -> Iterator[None]:
    """Start every test in Chinese."""
    with translation.override("zh-hans"):
        yield


@pytest.fixture
def shelves(db: None) -> None:
    """Shelves and roles, also after a test that emptied every table."""
    put_up_shelves()


@pytest.fixture
def person(shelves: None) -> Callable[..., User]:
    """Return a function that gives somebody an account in a group; without one, all rights."""

    def make(name: str, group: str = "编辑") -> User:
        user = User.objects.create_user(name, password=PASSWORD, is_superuser=not group)
        if group:
            user.groups.add(Group.objects.get(name=group))
        return user

    return make


@pytest.fixture
def sit(person: Callable[..., User]) -> Callable[..., Client]:
    """Return a function that gives somebody an account and a browser in which she is logged in."""

    def make(name: str, group: str = "编辑") -> Client:
        client = Client()
        client.force_login(person(name, group))
        return client

    return make


@pytest.fixture(params=kinds(), ids=lambda kind: kind._meta.model_name)
def of_every_kind(request: pytest.FixtureRequest, shelves: None) -> Holding:
    """A published holding, in turn of every kind."""
    return put(request.param, "龙华塔")
