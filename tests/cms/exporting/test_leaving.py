"""Tables leave by the desk's page and by the command: whole, narrowed, by those who may, or with a reason why not."""

import io
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from django.contrib.auth.models import Group, User
from django.core.management import CommandError, call_command
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from openpyxl import load_workbook

from authorities.models import Place
from chronicle.models import Entry
from cms.exporting import Selection, sheets
from cms.exporting.files import LONGEST_CELL
from cms.models import Citation, Name, Relation

pytestmark = pytest.mark.django_db
FILE = "/admin/tables/file/"


def content(answer: Any) -> bytes:
    """Return the bytes of a file."""
    return b"".join(answer.streaming_content)


@pytest.mark.each_database
def test_a_workbook_leaves(admin_client: Client, put: Callable) -> None:
    """The page, its form as it is sent, and a sheet for each kind of which there is something."""
    put(Place, "霞飞路")
    put(Entry, "另一条")
    page = admin_client.get("/admin/tables/").content.decode()
    assert 'action="/admin/tables/file/"' in page
    answer = admin_client.get(FILE, {"words": "霞飞", "form": "xlsx"})
    assert answer["Content-Disposition"].startswith('attachment; filename="zhihui-')
    book = load_workbook(io.BytesIO(content(answer)))
    assert book.sheetnames == ["地方"]
    assert [row[1] for row in book["地方"].values] == ["题名", "霞飞路"]


def test_csv_leaves_in_a_zip(admin_client: Client, put: Callable) -> None:
    put(Place, "霞飞路")
    put(Entry, "霞飞路上")
    answer = admin_client.get(FILE, {"models": ["place", "entry"], "columns": ["提要"], "form": "zip"})
    with zipfile.ZipFile(io.BytesIO(content(answer))) as archive:
        assert archive.namelist() == ["place.csv", "entry.csv"]
        assert archive.read("place.csv").decode("utf-8-sig").splitlines()[0] == "编号,题名,提要,馆里版本"


@pytest.mark.each_database
@pytest.mark.parametrize(
    ("asked", "said"),
    [
        ({"form": "xlsx", "words": "没有这样的"}, "一条也没有"),
        ({"form": "pdf"}, "pdf"),
        ({}, "error-message"),
        ({"form": "xlsx", "models": "nothing"}, "nothing"),
        ({"form": "xlsx", "under": "999999"}, "选择一个有效的选项"),
        ({"form": "xlsx", "under": "9" * 50}, "选择一个有效的选项"),
        ({"form": "xlsx", "words": "甲\0"}, "error-message"),
        ({"form": "xlsx", "words": "字" * 201}, "200"),
    ],
)
def test_what_cannot_leave_is_told(admin_client: Client, asked: dict[str, str], said: str) -> None:
    answer = admin_client.get(FILE, asked)
    assert answer.status_code == 400
    assert said in answer.content.decode()


def test_a_text_too_long_for_excel_is_told(admin_client: Client, put: Callable) -> None:
    place = put(Place, "长", body="字" * (LONGEST_CELL + 1))
    told = admin_client.get(FILE, {"form": "xlsx"}).content.decode()
    assert f"{place.uid} 的“正文”比 Excel 的一格长" in told
    assert admin_client.get(FILE, {"form": "zip"}).status_code == 200


@pytest.mark.each_database
def test_only_what_somebody_may_edit_leaves(put: Callable, client: Client) -> None:
    """A cataloguer's tables hold what is theirs to edit; who looks after nothing gets none."""
    mine, theirs = put(Place, "我的路"), put(Place, "别人的路")
    cataloguer = User.objects.create_user("cat", password="x")
    cataloguer.groups.add(Group.objects.get(name="编目员"))
    mine.owner = cataloguer
    mine.save()
    found = {row[1] for sheet in sheets(Selection((Place,), user=cataloguer)) for row in sheet.rows}
    may = {page.title for page in (mine, theirs) if page.permissions_for_user(cataloguer).can_edit()}
    assert found == may
    for stranger in (User.objects.create_user("reader"), None):
        client.logout()
        if stranger:
            client.force_login(stranger)
        for address in ("/admin/tables/", FILE):
            assert client.get(address, {"form": "xlsx"}).status_code in (302, 403)


def test_as_many_queries_for_a_hundred(put: Callable) -> None:
    """Names, relations, sources and the page above are read together."""

    def asked() -> int:
        with CaptureQueriesContext(connection) as queries:
            assert [list(sheet.rows) for sheet in sheets(Selection((Place,)))]
        return len(queries)

    def fill(count: int) -> None:
        for number in range(count):
            place = put(Place, f"路{number}")
            place.names.add(Name(text="甲"))
            place.citations.add(Citation(text="某志"))
            place.save()
            Relation.objects.create(holding=place, target=place, role="about")

    fill(5)
    few = asked()
    fill(40)
    assert asked() == few


def test_the_command_writes_a_new_file_alone(put: Callable, tmp_path: Path) -> None:
    put(Place, "霞飞路")
    put(Entry, "霞飞路上")
    said = io.StringIO()
    call_command("export_tables", tmp_path / "all.xlsx", stdout=said)
    assert "2 行" in said.getvalue()
    call_command("export_tables", tmp_path / "one.csv", "place", "--words", "霞飞")
    assert "霞飞路" in (tmp_path / "one.csv").read_text("utf-8-sig")
    before = (tmp_path / "one.csv").read_bytes()
    for wrong in (
        ["one.csv", "place"],
        ["two.csv"],
        ["two.csv", "place", "entry"],
        ["a.pdf"],
        ["a.zip", "nothing"],
        ["x/y.zip"],
    ):
        with pytest.raises(CommandError):
            call_command("export_tables", tmp_path / wrong[0], *wrong[1:])
    assert (tmp_path / "one.csv").read_bytes() == before
    assert {file.name for file in tmp_path.iterdir()} == {"all.xlsx", "one.csv"}
