"""SQLite has one writer: what publishing does while it holds it does not grow with the parts of what is published."""

from collections.abc import Callable

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from wagtail.models import ReferenceIndex

from authorities.models import Place
from cms.models import Holding, Name, Relation
from tests.desk.forms import sent_by
from tests.desk.holdings import put

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("shelves"), pytest.mark.each_database]
TABLE = ReferenceIndex._meta.db_table


def published(editor: Client, holding: Holding) -> tuple[int, int]:
    """Publish by the form; how often the index of references was read, and how often before the last commit of the form."""
    address = reverse("wagtailadmin_pages:edit", args=[holding.pk])
    sent = sent_by(editor.get(address).content.decode()) | {"summary": "改过", "action-publish": "1"}
    with CaptureQueriesContext(
        connection,
    ) as ran:
        assert editor.post(address, sent).status_code == 302
    asked = [query["sql"] for query in ran.captured_queries]
    read = [at for at, sql in enumerate(asked) if TABLE in sql and sql.startswith("SELECT")]
    written = [at for at, sql in enumerate(asked) if sql.startswith("UPDATE") and '"wagtailcore_page"' in sql]
    return len(read), sum(at < max(written) for at in read)


def test_references_are_indexed_once_and_after_the_commit(sit: Callable[..., Client]) -> None:
    editor, tower = sit("chen"), put(Place, "龙华塔")
    few, many = put(Place, "甲路"), put(Place, "乙路")
    for place, count in ((few, 1), (many, 6)):
        for number in range(count):
            place.names.add(Name(text=f"名{number}"))
            place.relations.add(Relation(role="about", target=tower))
        place.save_revision().publish()
    assert published(editor, few) == published(editor, many) == (1, 0)
    assert ReferenceIndex.get_references_to(tower).filter(object_id=str(many.pk)).count() == 6
