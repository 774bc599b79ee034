"""Who may open what of the import: those who look after holdings, each their own uploads; everybody else is turned away."""

from collections.abc import Callable

import pytest
from django.contrib.auth.models import User
from django.test import Client

from cms.desk.incoming.addresses import urlpatterns
from cms.models import Incoming
from tests.desk.importing.conftest import Desk

TABLE = "编号,题名\nXH-PL-000901,甲路\n"
POSTED = {"incoming_headings", "incoming_mend", "incoming_go", "incoming_drop"}
NAMES = [pattern.name for pattern in urlpatterns]


def address(name: str, incoming: Incoming) -> str:
    """Return where an address leads for an upload."""
    route = next(str(pattern.pattern) for pattern in urlpatterns if pattern.name == name)
    return "/admin/" + route.replace("<int:number>", str(incoming.pk)).replace("<slug:name>", "place")


@pytest.mark.parametrize("name", NAMES)
def test_the_cells_of_the_table_of_rights(
    office: Callable[[str], Desk], client: Client, name: str, django_capture_on_commit_callbacks: Callable
) -> None:
    """The librarian opens her own; another's is not there for an editor; a guide, an account without a group and a visitor may not."""
    librarian, editor, guide = office("编目员"), office("编辑"), office("讲解员")
    incoming = librarian.upload(("place.csv", TABLE))
    url, method = address(name, incoming), "post" if name in POSTED else "get"
    nobody = Client()
    nobody.force_login(User.objects.create_user("nobody"))
    for outside in (guide.client, nobody, client):
        answer = getattr(outside, method)(url)
        assert answer.status_code in (302, 403), answer.status_code
        if answer.status_code == 302:
            assert not answer["Location"].startswith("/admin/incoming/")
    assert Incoming.objects.get().state == "checked"
    of_one = "<int:number>" in next(str(p.pattern) for p in urlpatterns if p.name == name)
    assert getattr(editor.client, method)(url).status_code == (404 if of_one else 200)
    with django_capture_on_commit_callbacks(execute=True):
        sent = {"become": "draft"} if name == "incoming_go" else {}
        answer = getattr(librarian.client, method)(url, sent)
    assert answer.status_code == (302 if name in POSTED else 200)
    if name in POSTED:
        assert librarian.client.get(url).status_code == 405
