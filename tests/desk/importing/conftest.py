"""People of the office, and what they upload; the worker's tasks are done at the commit."""

from collections.abc import Callable
from typing import Any

import pytest
from django.contrib.auth.models import Group, User
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from cms.models import Incoming
from cms.setup.bootstrap import put_up_shelves

Upload = Callable[..., Incoming]


class Desk:
    """Somebody at the desk, by Django's client; what they ask of the worker is done before they look again."""

    def __init__(self, name: str, group: str, commits: Callable[..., Any]) -> None:
        self.user = User.objects.create_user(name)
        self.user.groups.add(Group.objects.get(name=group))
        self.client, self.commits = Client(), commits
        self.client.force_login(self.user)

    def post(self, path: str, data: dict[str, Any]) -> Any:
        """Send a form, and let the worker do what it asks for."""
        with self.commits(execute=True):
            return self.client.post(path, data)

    def upload(self, *files: tuple[str, str | bytes], **more: str) -> Incoming:
        """Upload tables; an empty cell leaves what is there unless said otherwise."""
        made = [SimpleUploadedFile(name, text.encode() if isinstance(text, str) else text) for name, text in files]
        answer = self.post("/admin/incoming/", {"uploads": made, "leave_empty": "1", **more})
        assert answer.status_code == 302, answer.content.decode()
        return Incoming.objects.get(pk=int(answer["Location"].rstrip("/").rpartition("/")[2]))

    def does(self, incoming: Incoming, what: str, **data: Any) -> Incoming:
        """Press a button on the page of an upload."""
        answer = self.post(f"/admin/incoming/{incoming.pk}/{what}/", data)
        assert answer.status_code == 302, answer.status_code
        return Incoming.objects.filter(pk=incoming.pk).first() or incoming

    def sees(self, incoming: Incoming, show: str = "") -> str:
        """Return the page of an upload."""
        answer = self.client.get(f"/admin/incoming/{incoming.pk}/?show={show}")
        assert answer.status_code == 200
        return answer.content.decode()


@pytest.fixture
def office(db: None, django_capture_on_commit_callbacks: Callable[..., Any]) -> Callable[[str], Desk]:
    """Return a function that lets somebody of a group sit down."""
    put_up_shelves()
    return lambda group: Desk(f"who-{group}", group, django_capture_on_commit_callbacks)


@pytest.fixture
def librarian(office: Callable[[str], Desk]) -> Desk:
    """One who writes and sends to review."""
    return office("编目员")


@pytest.fixture
def editor(office: Callable[[str], Desk]) -> Desk:
    """One who publishes."""
    return office("编辑")
