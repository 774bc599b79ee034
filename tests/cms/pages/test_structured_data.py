"""What a page says of its holding in the words of schema.org: JSON that can be read, of the kind's own type, and nothing that ends a script."""

import json
import re

import pytest
from django.test import Client

from cms.models import Holding
from events.models import Event
from tests.cms.desk.one_of_each import one_of_each

pytestmark = pytest.mark.django_db
SCRIPT = re.compile(r'<script type="application/ld\+json">(.*?)</script>', re.S)


def said(client: Client, holding: Holding) -> dict:
    """Return what a holding's page says of it."""
    (text,) = SCRIPT.findall(client.get(holding.get_url()).content.decode())
    return json.loads(text)


def test_every_kind_says_what_it_is(client: Client) -> None:
    for holding in one_of_each().values():
        facts = said(client, holding)
        assert (facts["@type"], facts["identifier"], facts["name"]) == (holding.schema_type, holding.uid, holding.title)
        assert facts["url"].endswith(holding.get_url())
        assert all(facts.values())


def test_an_event_says_when_and_in_english_what_it_is_called(client: Client) -> None:
    made = one_of_each()["event"]
    Event.objects.filter(pk=made.pk).update(title_en="A lecture", starts="2026-05-01T11:00:00Z", venue="图书馆")
    facts = said(client, made)
    assert (facts["startDate"], facts["location"], facts["alternateName"]) == (
        "2026-05-01T11:00:00+00:00",
        "图书馆",
        "A lecture",
    )
    (text,) = SCRIPT.findall(client.get("/en" + made.get_url()).content.decode())
    assert (json.loads(text)["name"], json.loads(text)["inLanguage"]) == ("A lecture", "en")


def test_nothing_that_a_title_says_ends_the_script(client: Client) -> None:
    made = one_of_each()["event"]
    title = "</script><script>alert(1)</script><!-- & \u2028"
    Event.objects.filter(pk=made.pk).update(title=title)
    assert said(client, made)["name"] == title
    assert "alert(1)</script>" not in client.get(made.get_url()).content.decode()
