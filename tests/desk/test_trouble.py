"""A database that is locked, a disk that is full: a page in the person's language, nothing half done, what was typed kept."""

import io
import json
import shutil
import sqlite3
import subprocess
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from pathlib import Path

import psycopg
import pytest
from django.contrib.auth.models import Group, User
from django.core.files.base import ContentFile
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import DatabaseError, OperationalError, connection
from django.test import Client, RequestFactory
from django.urls import reverse
from PIL import Image as Picture
from wagtail.models import PageViewRestriction
from wagtail.users.models import UserProfile

from authorities.models import Place
from cms.pages import server_errors
from cms.pages.resubmission import typed
from media.models import Image
from media.storage import WholeFiles
from tests.desk.forms import fields_of, form_of, sent_by
from tests.desk.holdings import put
from tours.guiding.access import GUIDES
from tours.models import Tour

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("shelves")]
TEXT = "塔在寺前，\n高七层。" * 150


@contextmanager
def locked() -> Iterator[None]:
    """Let another connection hold what every writer needs, and let ours not wait long for it."""
    if connection.vendor == "sqlite":
        with closing(sqlite3.connect(connection.settings_dict["NAME"], isolation_level=None)) as other:
            other.execute("BEGIN IMMEDIATE")
            connection.cursor().execute("PRAGMA busy_timeout = 20")
            yield
        return
    settings = connection.get_connection_params()
    known = {name: settings[name] for name in ("dbname", "user", "password", "host", "port") if settings.get(name)}
    with psycopg.connect(**known) as other:
        tables = connection.introspection.django_table_names(only_existing=True)
        other.execute(f"LOCK TABLE {', '.join(sorted(tables))} IN SHARE MODE")
        connection.cursor().execute("SET lock_timeout = '20ms'")
        yield
        other.rollback()
    connection.cursor().execute("SET lock_timeout = 0")


@contextmanager
def full() -> Iterator[None]:
    """Let SQLite have no page more than it has."""
    if connection.vendor != "sqlite":
        pytest.skip("a limit that SQLite alone has")
    with connection.cursor() as cursor:
        cursor.execute("CREATE TABLE IF NOT EXISTS filler (a)")
        pages = cursor.execute("PRAGMA page_count").fetchone()[0]
        cursor.execute(f"PRAGMA max_page_count = {pages}")
        try:
            while True:
                cursor.execute("INSERT INTO filler VALUES (randomblob(3000))")
        except OperationalError:
            yield
        cursor.execute("PRAGMA max_page_count = 1073741823")
        cursor.execute("DROP TABLE IF EXISTS filler")


def edit(page: Place) -> str:
    """Return the address of a form."""
    return reverse("wagtailadmin_pages:edit", args=[page.pk])


@pytest.mark.once_on_each_database
@pytest.mark.parametrize(("state", "heading"), [(locked, "现在很忙"), (full, "磁盘满了")])
def test_a_form_comes_back_with_what_was_typed(sit: Callable[..., Client], state: Callable, heading: str) -> None:
    place, editor = put(Place, "龙华塔"), sit("chen")
    sent = sent_by(editor.get(edit(place)).content.decode()) | {"summary": TEXT, "action-publish": "1"}
    with state():
        answer = editor.post(edit(place), sent)
    html = answer.content.decode()
    assert (answer.status_code, heading in html, "Retry-After" in answer.headers) == (503, True, True)
    again = fields_of(form_of(html))
    token = again.pop("csrfmiddlewaretoken")
    assert token
    assert again == {name: value for name, value in sent.items() if name != "csrfmiddlewaretoken"}
    assert Place.objects.get().summary == ""
    # The button on that page saves it, now that there is room.
    assert editor.post(edit(place), again).status_code == 302
    assert Place.objects.get().summary == TEXT


@pytest.mark.each_database
def test_a_new_record_comes_back_too(sit: Callable[..., Client]) -> None:
    shelf, editor = put(Place, "龙华塔").get_parent(), sit("chen")
    address = reverse("wagtailadmin_pages:add", args=["authorities", "place", shelf.pk])
    sent = sent_by(editor.get(address).content.decode()) | {"title": "新塔", "summary": TEXT}
    with locked():
        answer = editor.post(address, sent)
    assert (answer.status_code, fields_of(form_of(answer.content.decode()))["summary"]) == (503, TEXT)
    assert Place.objects.count() == 1


@pytest.mark.each_database
def test_opening_a_form_writes_and_answers_with_a_page_that_asks_again(sit: Callable[..., Client]) -> None:
    place, editor = put(Place, "龙华塔"), sit("chen")
    with locked():
        answer = editor.get(edit(place))
    assert (answer.status_code, 'http-equiv="refresh"' in answer.content.decode()) == (503, True)


def test_it_is_said_in_the_language_of_who_reads_it(sit: Callable[..., Client]) -> None:
    place, editor = put(Place, "龙华塔"), sit("chen")
    UserProfile.objects.create(user=User.objects.get(username="chen"), preferred_language="en")
    sent = sent_by(editor.get(edit(place)).content.decode())
    with locked():
        html = editor.post(edit(place), sent).content.decode()
    assert ('lang="en"' in html, "The library is busy" in html, "现在很忙" in html) == (True, True, False)


def test_a_guides_form_comes_back(shelves: None) -> None:
    guide = User.objects.create_user("guide")
    guide.groups.add(Group.objects.get_or_create(name=GUIDES)[0])
    guide.is_superuser = True
    guide.save()
    client = Client()
    client.force_login(guide)
    sent = sent_by(client.get(reverse("guide")).content.decode(), "form.b-form, main form[method=post]")
    with locked():
        answer = client.post(reverse("guide"), sent | {"title": "三十分钟的路线，从影城到书店", "minutes": "30"})
    assert answer.status_code == 503
    assert fields_of(form_of(answer.content.decode()))["title"] == "三十分钟的路线，从影城到书店"
    assert not Tour.objects.exists()


@pytest.mark.each_database
def test_a_session_that_cannot_be_saved_is_no_bare_error(shelves: None) -> None:
    """It is written after the view, where no view can answer for it."""
    place = put(Place, "龙华塔")
    closed = PageViewRestriction.objects.create(page=place, restriction_type="password", password="塔")
    client = Client(raise_request_exception=False)
    address = reverse("wagtailcore_authenticate_with_password", args=[closed.pk, place.pk])
    with locked():
        answer = client.post(address, {"password": "塔", "return_url": "/"})
    assert (answer.status_code, "现在很忙" in answer.content.decode()) == (503, True)
    assert "塔" not in [value for _name, value in typed(answer.wsgi_request)]


def test_a_script_gets_a_word_and_no_page(sit: Callable[..., Client]) -> None:
    place, editor = put(Place, "龙华塔"), sit("chen")
    with locked():
        answer = editor.post(edit(place), {"title": "塔"}, headers={"Accept": "application/json"})
    assert answer.status_code == 503
    assert json.loads(answer.content)["error_code"] == "busy"


def test_the_page_itself_asks_the_database_for_nothing(django_assert_num_queries: Callable, person: Callable) -> None:
    request = RequestFactory().post("/admin/pages/1/edit/", {"title": TEXT})
    request._cached_user = person("chen")
    with django_assert_num_queries(0):
        assert server_errors.answer(request, server_errors.BUSY).status_code == 503


@pytest.mark.each_database
def test_an_error_of_the_program_stays_one() -> None:
    with pytest.raises(DatabaseError) as missing, connection.cursor() as cursor:
        cursor.execute("SELECT * FROM no_such_table")
    assert server_errors.trouble(missing.value) is None
    assert server_errors.trouble(ValueError("no such")) is None


@pytest.fixture
def tiny(tmp_path: Path) -> Iterator[Path]:
    """A disk of 100 KB."""
    place = tmp_path / "disk"
    place.mkdir()
    mount = shutil.which("mount")
    if not mount or subprocess.run([mount, "-t", "tmpfs", "-o", "size=100k", "tmpfs", place], check=False).returncode:
        pytest.skip("only who may mount can have a disk that is full")
    yield place
    subprocess.run(["umount", place], check=True)


def noise(side: int) -> bytes:
    """Return a picture that cannot be made small."""
    data = io.BytesIO()
    Picture.effect_noise((side, side), 100).save(data, "PNG")
    return data.getvalue()


def test_no_half_file_is_left_on_a_full_disk(tiny: Path) -> None:
    with pytest.raises(OSError, match="No space left"):
        WholeFiles(location=tiny).save("a/tower.bin", ContentFile(b"x" * 300_000))
    assert [path for path in tiny.rglob("*") if path.is_file()] == []


def test_an_upload_to_a_full_disk_is_told(sit: Callable[..., Client], tiny: Path, settings: object) -> None:
    settings.MEDIA_ROOT = tiny
    upload = SimpleUploadedFile("tower.png", noise(500), "image/png")
    sent = {"title": "塔影", "file": upload, "collection": "1"}
    answer = sit("admin", "").post(reverse("wagtailimages:add"), sent)
    assert (answer.status_code, "磁盘满了" in answer.content.decode()) == (503, True)
    # The lock of the picture's own process is no part of an upload.
    left = [path for path in tiny.rglob("*") if path.is_file() and path.name != ".decoding"]
    assert (Image.objects.count(), left) == (0, [])


def test_a_file_goes_when_its_row_cannot_be_written(settings: object, tmp_path: Path) -> None:
    settings.MEDIA_ROOT = tmp_path
    with full(), pytest.raises(OperationalError):
        Image.objects.create(title="塔影" * 2000, file=ContentFile(noise(20), "tower.png"))
    assert [path for path in tmp_path.rglob("*") if path.is_file()] == []
