"""One style sheet a page: joined from `@import`s when static files are collected, linked one by one beside the source."""

import posixpath
import re
from pathlib import Path

import pytest
from django.contrib.staticfiles import finders
from django.contrib.staticfiles.storage import StaticFilesStorage
from django.core.files.storage import FileSystemStorage
from django.template import Context, Template
from django.test import Client, override_settings

from cms.pages.style_sheets import IMPORT, NAMED, JoinedSheets, joined, linked, sheets, source

FILES = {
    "site/css/tokens.css": "@layer a, b;\n:root { --bark: url(../svg/bark.svg); }\n",
    "site/css/faces.css": '@font-face {\n  src: url("../fonts/a.woff2");\n}\n.b { color: red }\n',
    "site/css/site.css": '/* All. */\n@import "tokens.css";\n@import "faces.css";\n',
    "kind/kind.css": '@import "../site/css/site.css";\n@import "../site/css/tokens.css";\n@layer b { .k { margin: 0 } }\n',
    "site/svg/bark.svg": "<svg/>",
    "site/fonts/a.woff2": "face",
}


def test_each_sheet_is_joined_once_and_its_addresses_lead_where_they_did() -> None:
    assert sheets("kind/kind.css", FILES.get) == [f"site/css/{n}.css" for n in ("tokens", "faces", "site")] + [
        "kind/kind.css"
    ]
    text = joined("kind/kind.css", FILES.get)
    assert text.startswith("@layer a, b;")
    assert text.count("--bark: url(../site/svg/bark.svg)") == 1
    assert "url(../site/fonts/a.woff2)" in text
    assert "@import" not in text


@pytest.mark.parametrize("named", ["data:image/png;base64,AA", "#clip", "https://a.org/b.png", "/files/a.png"])
def test_an_address_that_is_no_path_beside_the_sheet_stays(named: str) -> None:
    files = {"a/b.css": f"p {{ background: url({named}) }}", "c.css": '@import "a/b.css";\n'}
    assert f"url({named})" in joined("c.css", files.get)


def test_collected_sheets_are_joined_named_by_content_and_follow_a_change(tmp_path: Path) -> None:
    """Joined anew from the source each time, also where the collected file is younger; and there is one without faces."""
    for name, text in FILES.items():
        (tmp_path / "source" / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / "source" / name).write_text(text)
    beside = FileSystemStorage(tmp_path / "source")

    def collect() -> str:
        with override_settings(STATIC_ROOT=tmp_path / "static"):
            storage = JoinedSheets(location=tmp_path / "static")
            for name in FILES:
                if not storage.exists(name):
                    storage.save(name, beside.open(name))
            done = list(storage.post_process({name: (beside, name) for name in FILES}))
            assert not [error for *_, error in done if isinstance(error, Exception)]
            sheet, plain = storage.hashed_files["kind/kind.css"], storage.hashed_files["kind/kind.spare.css"]
            assert "@font-face" not in (tmp_path / "static" / plain).read_text()
            assert (tmp_path / "static" / f"{sheet}.gz").exists() or len(FILES["kind/kind.css"]) < 200
            return (tmp_path / "static" / sheet).read_text()

    first = collect()
    assert "@font-face" in first
    assert re.search(r"url\(.\.\./site/fonts/a\.[0-9a-f]{12}\.woff2", first)
    (tmp_path / "source" / "site/css/faces.css").write_text(".b { color: blue }\n")
    assert "blue" in collect()


def test_a_page_links_one_sheet_where_they_are_joined(monkeypatch: pytest.MonkeyPatch) -> None:
    tag = Template('{% load zhihui %}{% style_sheet "cms/css/record.css" %}')
    monkeypatch.setattr("cms.templatetags.zhihui.staticfiles_storage", StaticFilesStorage())
    assert tag.render(Context({})).count("<link") == len(linked("cms/css/record.css", spares=False)) > 8
    monkeypatch.undo()
    assert re.findall("[^/]+css", tag.render(Context({}))) == ["record.css"]
    assert re.findall("[^/]+css", tag.render(Context({"save_data": True}))) == ["record.spare.css"]


def test_who_spares_data_gets_no_faces(client: Client, db: None) -> None:
    for headers, faces in (({}, True), ({"Save-Data": "on"}, False)):
        page = client.get("/about/", headers=headers).content.decode()
        (sheet,) = re.findall(r'href="/static/(joined/[^"]+\.css)"', page)
        assert ("@font-face" in Path(finders.find(sheet)).read_text()) is faces
        assert ("cms/css/fonts.css" in linked("cms/css/record.css", spares=not faces)) is faces


@pytest.mark.parametrize("name", ["site", "record", "list"])
def test_what_the_tests_are_served_leads_where_the_source_does(name: str) -> None:
    """A joined sheet of the tests stands in another folder; each address in it is that of a file all the same."""
    kept = f"joined/cms/css/{name}.css"
    text = Path(finders.find(kept)).read_text()
    assert text.count("@layer") == joined(f"cms/css/{name}.css", source).count("@layer")
    addresses = {posixpath.normpath(posixpath.join("joined/cms/css", one[1])) for one in NAMED.findall(text)}
    assert addresses
    assert [one for one in addresses if not finders.find(one)] == []


def test_the_order_of_the_layers_comes_first_in_every_sheet_of_the_site() -> None:
    for name in ("site", "record", "list"):
        rules = re.sub(r"/\*.*?\*/", "", joined(f"cms/css/{name}.css", source), flags=re.DOTALL)
        assert rules.lstrip().startswith("@layer reset, tokens, base, layout, parts, pages, prefs, print;")
        assert IMPORT.search(rules) is None
