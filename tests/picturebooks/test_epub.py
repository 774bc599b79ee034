"""A book as EPUB 3: packed as OCF wants it, every name resolved, both languages and every syllable in it, and only for whom it may be."""

import io
import posixpath
import zipfile
from collections.abc import Callable, Iterator
from xml.etree import ElementTree

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from wagtail.models import PageViewRestriction

from media.models import Image
from picturebooks.epub.leaves import SHEET
from picturebooks.models import Book, Spread
from picturebooks.setting import chinese, english, grouped, layout

pytestmark = pytest.mark.django_db

OPF, XHTML = "{http://www.idpf.org/2007/opf}", "{http://www.w3.org/1999/xhtml}"
DC, EPUB = "{http://purl.org/dc/elements/1.1/}", "{http://www.idpf.org/2007/ops}"
PACKAGE = "EPUB/package.opf"


def fetch(book: Book, prefix: str = "", client: Client | None = None) -> bytes:
    """Download a book."""
    answer = (client or Client()).get(f"{prefix}/id/{book.uid}.epub")
    assert (answer.status_code, answer["Content-Type"]) == (200, "application/epub+zip")
    return answer.getvalue()


def opened(data: bytes) -> zipfile.ZipFile:
    return zipfile.ZipFile(io.BytesIO(data))


def parsed(archive: zipfile.ZipFile, name: str) -> ElementTree.Element:
    return ElementTree.fromstring(archive.read(name))


def metas(package: ElementTree.Element, name: str) -> list[str]:
    return [meta.text for meta in package.iter(f"{OPF}meta") if meta.get("property") == name]


def links(archive: zipfile.ZipFile) -> Iterator[tuple[str, str]]:
    """Yield every address within the book: the page on which it stands, and what it leads to."""
    for name in archive.namelist():
        if name.endswith((".xhtml", ".opf")):
            for element in parsed(archive, name).iter():
                for attribute in ("href", "src"):
                    target = element.get(attribute, "")
                    if target and "://" not in target:
                        yield name, posixpath.join(posixpath.dirname(name), target)


@pytest.mark.parametrize("prefix", ["", "/en"])
def test_it_is_packed_and_every_name_resolves(put_book: Callable[..., Book], prefix: str) -> None:
    archive = opened(fetch(put_book(3), prefix))
    first = archive.infolist()[0]
    assert (first.filename, first.compress_type, first.extra) == ("mimetype", zipfile.ZIP_STORED, b"")
    assert archive.read("mimetype") == b"application/epub+zip"
    container = parsed(archive, "META-INF/container.xml")
    assert [r.get("full-path") for r in container.iter() if r.get("full-path")] == [PACKAGE]
    package = parsed(archive, PACKAGE)
    items = {item.get("id"): item for item in package.iter(f"{OPF}item")}
    files = {posixpath.join("EPUB", item.get("href")) for item in items.values()}
    assert files | {"mimetype", "META-INF/container.xml", PACKAGE} == set(archive.namelist())
    assert len(items) == len(list(package.iter(f"{OPF}item")))
    assert {target for _page, target in links(archive)} <= set(archive.namelist())
    spine = [ref.get("idref") for ref in package.iter(f"{OPF}itemref")]
    assert spine == ["cover", "spread-001", "spread-002", "spread-003", "end"]
    assert [i for i, item in items.items() if item.get("properties") == "nav"] == ["nav"]
    assert [i for i, item in items.items() if item.get("properties") == "cover-image"] == ["picture-1"]
    nav = parsed(archive, "EPUB/nav.xhtml")
    toc = next(one for one in nav.iter(f"{XHTML}nav") if one.get(f"{EPUB}type") == "toc")
    assert [a.get("href") for a in toc.iter(f"{XHTML}a")] == [f"{name}.xhtml" for name in spine]


@pytest.mark.parametrize(
    ("prefix", "titles", "languages", "contents"),
    [
        ("", ["叶子的路", "The Leaf’s Road"], ["zh-Hans", "en"], "目录"),
        ("/en", ["The Leaf’s Road", "叶子的路"], ["en", "zh-Hans"], "Contents"),
    ],
)
def test_it_says_what_it_is(
    put_book: Callable[..., Book], prefix: str, titles: list[str], languages: list[str], contents: str
) -> None:
    made = put_book(
        illustrator="绘",
        translator="译",
        rights_uri="https://creativecommons.org/licenses/by/4.0/",
        summary="一片叶子。",
    )
    archive = opened(fetch(made, prefix))
    package = parsed(archive, PACKAGE)
    assert [one.text for one in package.iter(f"{DC}title")] == titles
    assert [one.text for one in package.iter(f"{DC}language")] == languages
    assert next(package.iter(f"{DC}identifier")).text.endswith(f"{prefix}/id/{made.uid}")
    assert [one.text for one in package.iter(f"{DC}creator")] == ["志汇", "绘"]
    assert [one.text for one in package.iter(f"{DC}contributor")] == ["译"]
    assert metas(package, "role") == ["aut", "ill", "trl"]
    assert "creativecommons.org/licenses/by/4.0" in next(package.iter(f"{DC}rights")).text
    assert metas(package, "dcterms:modified") == [made.last_published_at.strftime("%Y-%m-%dT%H:%M:%SZ")]
    assert metas(package, "rendition:layout") == ["pre-paginated"]
    assert metas(package, "schema:accessMode") == ["visual", "textual"]
    assert {"alternativeText", "rubyAnnotations", "tableOfContents"} <= set(
        metas(package, "schema:accessibilityFeature")
    )
    assert parsed(archive, "EPUB/nav.xhtml").find(f".//{XHTML}h1").text == contents


def test_a_spread_has_its_words_ruby_and_picture(put_book: Callable[..., Book]) -> None:
    archive = opened(fetch(put_book(1)))
    page = parsed(archive, "EPUB/spread-001.xhtml")
    viewport = next(meta for meta in page.iter(f"{XHTML}meta") if meta.get("name") == "viewport")
    assert viewport.get("content") == "width=900, height=1200"
    over = [("".join(one.itertext())) for one in page.iter(f"{XHTML}ruby")]
    assert over == ["清qīng", "早zǎo", "风fēng", "来lái", "叫jiào", "我wǒ"]
    kept = ["".join(one.itertext()) for one in page.iter(f"{XHTML}span") if one.get("class") == "k"]
    assert kept == ["早zǎo，", "我wǒ。"]
    by_class = {one.get("class"): one for one in page.iter(f"{XHTML}p")}
    assert "".join(by_class["en"].itertext()) == "The wind <called> & I “went”."
    assert (by_class["zh py"].get("lang"), by_class["en"].get("lang")) == ("zh-Hans", "en")
    assert next(page.iter(f"{XHTML}img")).get("alt") == "一片叶子"


def test_the_same_book_is_the_same_bytes(put_book: Callable[..., Book], client: Client) -> None:
    made = put_book()
    first = client.get(f"/id/{made.uid}.epub")
    assert fetch(made) == first.getvalue()
    assert "no-cache" in first["Cache-Control"]
    again = client.get(f"/id/{made.uid}.epub", headers={"If-None-Match": first["ETag"]})
    assert again.status_code == 304
    Spread.objects.filter(book=made).update(text_en="Another")
    changed = client.get(f"/id/{made.uid.lower()}.epub", headers={"If-None-Match": first["ETag"]})
    assert changed.status_code == 200
    assert "Another" in opened(changed.getvalue()).read("EPUB/spread-001.xhtml").decode()


def test_pinyin_that_does_not_fit_stands_beside(put_book: Callable[..., Book]) -> None:
    made = put_book(1)
    Spread.objects.update(pinyin="qīng zǎo")
    page = opened(fetch(made)).read("EPUB/spread-001.xhtml").decode()
    assert "<ruby>" not in page
    assert 'class="apart" lang="zh-Latn-pinyin"' in page


@pytest.mark.parametrize("text", ["\x0b\x00坏\ud800字".replace("\x00", ""), "]]>&<!--", "<script>alert(1)</script>"])
def test_odd_signs_leave_it_well_formed(put_book: Callable[..., Book], text: str) -> None:
    made = put_book(1, title=text.replace("\ud800", ""))
    Spread.objects.update(text=text.replace("\ud800", ""), pinyin="", text_en=text.replace("\ud800", ""))
    archive = opened(fetch(made))
    for name in archive.namelist():
        if name.endswith((".xhtml", ".opf")):
            assert not list(parsed(archive, name).iter(f"{XHTML}script"))


def test_a_book_without_pictures_or_english_and_one_of_very_many_words(put_book: Callable[..., Book]) -> None:
    made = put_book(2, title_en="", author="")
    Spread.objects.filter(sort_order=0).update(image=None, text_en="", pinyin="")
    Spread.objects.filter(sort_order=1).update(image=None, text="很长的话。" * 2000, text_en="", pinyin="")
    archive = opened(fetch(made))
    package = parsed(archive, PACKAGE)
    assert [one.text for one in package.iter(f"{DC}language")] == ["zh-Hans"]
    long = [ref.get("idref") for ref in package.iter(f"{OPF}itemref") if ref.get("properties")]
    assert long == ["spread-002"]
    assert "alternativeText" not in metas(package, "schema:accessibilityFeature")


def test_who_may_have_it(put_book: Callable[..., Book], client: Client) -> None:
    made = put_book()
    address = f"/id/{made.uid}.epub"
    Book.objects.filter(pk=made.pk).update(use_offline=False)
    said = client.get(address)
    assert said.status_code == 403
    assert "它的权利不允许离线使用" in said.content.decode()
    assert made.url in said.content.decode()
    Book.objects.filter(pk=made.pk).update(use_offline=True, use_web=False)
    assert client.get(address).status_code == 404
    Book.objects.filter(pk=made.pk).update(use_web=True)
    PageViewRestriction.objects.create(page=made, restriction_type=PageViewRestriction.LOGIN)
    assert client.get(address).status_code == 404
    assert client.post(address).status_code == 405


@pytest.mark.parametrize("address", ["/id/XH-PB-999999.epub", "/id/.epub", "/en/id/x y.epub", "/id/a/b.epub"])
def test_what_is_no_book_is_not_there(db: None, client: Client, address: str) -> None:
    assert client.get(address).status_code == 404


def test_a_book_without_spreads_is_nothing_to_take(put_book: Callable[..., Book], client: Client) -> None:
    assert client.get(f"/id/{put_book(0).uid}.epub").status_code == 404


def test_queries_do_not_grow_with_the_book(put_book: Callable[..., Book], client: Client) -> None:
    found = []
    for made in (put_book(2), put_book(40)):
        fetch(made)
        with CaptureQueriesContext(connection) as queries:
            fetch(made)
        found.append(len(queries))
    assert found[0] == found[1] <= 10


def test_a_size_that_is_gone_from_the_disk_leaves_no_half_file(put_book: Callable[..., Book], client: Client) -> None:
    made = put_book()
    for rendition in Image.objects.get().renditions.all():
        rendition.file.storage.delete(rendition.file.name)
    client.raise_request_exception = False
    assert client.get(f"/id/{made.uid}.epub").status_code == 500
    Image.objects.get().renditions.all().delete()
    assert "<img" not in opened(fetch(made)).read("EPUB/spread-001.xhtml").decode()


def test_marks_stay_with_what_they_belong_to() -> None:
    pairs = [("“", ""), ("走", "zǒu"), ("吗", "ma"), ("？", ""), ("”", ""), ("我", "wǒ")]
    assert [[base for base, _over in group] for group in grouped(pairs)] == [["“", "走"], ["吗", "？", "”"], ["我"]]


def test_more_words_are_set_smaller_and_the_picture_gives_way() -> None:
    few = layout(SHEET, (600, 600), chinese("走。", ""), english("Go."))
    some = layout(SHEET, (600, 600), chinese("走路。" * 60, ""), english("Go on. " * 60))
    assert few[2] == SHEET.sizes[0]
    assert 0 < some[2] < few[2]
    assert some[1] <= few[1]
    assert layout(SHEET, (600, 600), chinese("走路。" * 3000, ""), ())[2] == 0
