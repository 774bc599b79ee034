"""A library with one holding of every kind, built once for a module; each test takes back what it did to it."""

from collections.abc import Iterator

import pytest
from django.contrib.auth.models import User
from django.db import transaction
from django.test import Client
from pytest_django import DjangoDbBlocker

from cms.models import Holding
from tests.cms.desk.one_of_each import one_of_each


@pytest.fixture(scope="module")
def library(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[dict[str, int]]:
    """The keys of the holdings by kind; the transaction of a test lies within the one that they are made in."""
    with django_db_blocker.unblock(), transaction.atomic():
        yield {name: holding.pk for name, holding in one_of_each().items()}
        transaction.set_rollback(True)


@pytest.fixture
def made(library: dict[str, int], db: None) -> dict[str, Holding]:
    """The holdings by kind, read anew."""
    return {name: Holding.objects.get(pk=pk).specific for name, pk in library.items()}


@pytest.fixture
def admin(client: Client, db: None) -> Client:
    """A client of the administrator's."""
    client.force_login(User.objects.create_superuser("admin"))
    return client
