"""A book stands in one corner: a barcode that another corner has, also in a draft alone, is refused as it is typed."""

from collections.abc import Callable

import pytest
from django.test import Client
from django.urls import reverse

from chronicle.models import Work
from stations.models import Copy, Station
from tests.desk.forms import sent_by
from tests.desk.holdings import put

CODE = "XH-000017"


def typed(client: Client, station: Station, *codes: str) -> dict:
    """Return what the form of a corner sends with these copies in the place of those it has."""
    address = reverse("wagtailadmin_pages:edit", args=[station.pk])
    sent = sent_by(client.get(address).content.decode()) | {"copies-TOTAL_FORMS": str(len(codes))}
    for number, code in enumerate(codes):
        row = {"work": Work.objects.get().pk, "barcode": code, "status": "shelf", "ORDER": number + 1, "id": ""}
        sent |= {f"copies-{number}-{name}": value for name, value in row.items()}
    return sent


@pytest.mark.once_on_each_database
@pytest.mark.parametrize("publish", [False, True], ids=["drafted", "published"])
@pytest.mark.parametrize("group", ["编目员", "编辑"])
def test_a_barcode_of_another_corner_is_refused_in_the_draft(
    sit: Callable[..., Client], publish: bool, group: str
) -> None:
    """Drafted here and drafted or published there; the form names the corner, and keeps what was typed."""
    put(Work, "徐汇简史")
    there, here = put(Station, "武康路角"), put(Station, "龙华角")
    editor, librarian = sit("chen"), sit("wang", group)
    addresses = [reverse("wagtailadmin_pages:edit", args=[one.pk]) for one in (there, here)]
    action = {"action-publish": "1"} if publish else {}
    assert editor.post(addresses[0], typed(editor, there, CODE) | action).status_code == 302
    assert Copy.objects.count() == publish
    answer = librarian.post(addresses[1], typed(librarian, here, "XH-000018", CODE))
    html = answer.content.decode()
    assert (answer.status_code, CODE in html) == (200, True)
    assert publish or "《武康路角》没发布的草稿" in html
    # Another one is taken; and the first corner's own draft does not stand in its own way.
    assert librarian.post(addresses[1], typed(librarian, here, "XH-000018")).status_code == 302
    assert editor.post(addresses[0], sent_by(editor.get(addresses[0]).content.decode()) | action).status_code == 302
