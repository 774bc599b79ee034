"""What machines ask for first: sitemaps, robots, icons, canonical addresses, what a chat shows, where to write."""

import io
import re
from collections.abc import Callable
from xml.etree import ElementTree

import pytest
from django.core.files.images import ImageFile
from django.test import Client
from PIL import Image as Picture

from authorities.models import Place
from chronicle.models import Entry
from cms.models import Holding, Shelf
from cms.models.kinds import kinds
from media import renditions
from media.models import Image
from tests.cms.desk.one_of_each import one_of_each
from tests.surfaces import path_of

HERE = "http://127.0.0.1:8000"


def links(text: str, rel: str) -> dict[str, str]:
    """Return the links of one sort in the head of a page, by their language."""
    found = re.findall(rf'<link rel="{rel}"(?: hreflang="([^"]*)")? href="([^"]*)">', text)
    return {language: address for language, address in found if rel != "alternate" or language}


@pytest.mark.each_database
def test_the_sitemaps_list_every_kind_in_both_languages(client: Client, road: Place) -> None:
    """Each address with its twin; nothing is listed twice, and all answer."""
    index = ElementTree.fromstring(client.get("/sitemap.xml").content)
    listed = [node.text for node in index.iter() if node.tag.endswith("loc")]
    assert listed == [f"{HERE}/sitemaps/{name}.xml" for name in ("pages", *(k._meta.model_name for k in kinds()))]
    places = client.get("/sitemaps/place.xml").content.decode()
    assert re.findall(r"<loc>(.*?)</loc>", places) == [f"{HERE}{road.url}", f"{HERE}/en{road.url}"]
    assert f'hreflang="x-default" href="{HERE}{road.url}"' in places
    pages = re.findall(r"<loc>(.*?)</loc>", client.get("/sitemaps/pages.xml").content.decode())
    assert len(pages) == len(set(pages)) > 20
    assert {client.get(address.removeprefix(HERE)).status_code for address in pages} == {200}


@pytest.mark.each_database
@pytest.mark.parametrize("address", ["/sitemaps/nothing.xml", "/sitemaps/place.xml?p=9", "/sitemaps/place.xml?p=%00"])
def test_a_sitemap_that_is_none_is_not_found(client: Client, db: None, address: str) -> None:
    """A section, or a page of one, that nobody made."""
    assert client.get(address).status_code == 404


def test_a_sitemap_has_no_date_that_goes_back(client: Client, road: Place) -> None:
    """Else a crawler that has it keeps the address of what was hidden since."""
    assert not client.get("/sitemaps/place.xml").has_header("Last-Modified")


def test_robots_keep_out_of_facets_and_find_the_sitemaps(client: Client) -> None:
    """Every parameter that narrows or orders a listing or the search."""
    text = client.get("/robots.txt").content.decode()
    assert f"Sitemap: {HERE}/sitemap.xml" in text
    for name in ("theme", "decade", "subdistrict", "sort", "q"):
        assert f"Disallow: /*?{name}=" in text
        assert f"Disallow: /*&{name}=" in text
    assert "page=" not in text


def test_icons_are_where_browsers_look(client: Client) -> None:
    """At the root, from this host."""
    for address, sort in (
        ("/favicon.ico", ("image/vnd.microsoft.icon", "image/x-icon")),
        ("/apple-touch-icon.png", ("image/png",)),
    ):
        answer = client.get(address)
        assert answer.status_code == 200
        assert answer["Content-Type"] in sort


def test_where_to_write_about_a_weak_spot(client: Client, db: None, settings: object) -> None:
    """Only where the operator named somebody, and never out of date."""
    assert client.get("/.well-known/security.txt").status_code == 404
    settings.SECURITY_CONTACT = "mailto:it@library.example"
    text = client.get("/.well-known/security.txt").content.decode()
    assert "Contact: mailto:it@library.example\n" in text
    assert re.search(r"Expires: 20\d\d-\d\d-\d\dT00:00:00Z\n", text)


@pytest.mark.parametrize("prefix", ["", "/en"])
def test_each_page_says_its_address_and_its_twin(client: Client, road: Place, prefix: str) -> None:
    """Whatever the words or the host in the request were; a later page of a listing is a page of its own."""
    for path in ("/", "/places/", road.url, "/about/"):
        text = client.get(f"{prefix}{path}?q=x").content.decode()
        assert links(text, "canonical") == {"": f"{HERE}{prefix}{path}"}, path
        twins = {"zh-Hans": f"{HERE}{path}", "en": f"{HERE}/en{path}", "x-default": f"{HERE}{path}"}
        assert links(text, "alternate") == twins, path
    later = client.get(f"{prefix}/places/?page=2&utm_source=chat").content.decode()
    assert links(later, "canonical") == {"": f"{HERE}{prefix}/places/?page=2"}


@pytest.mark.parametrize("prefix", ["", "/en"])
def test_a_page_of_every_kind_says_its_address_and_its_twin(client: Client, db: None, prefix: str) -> None:
    """Also of a kind whose page is drawn by a frame of its own."""
    for path in [path_of(holding) for holding in one_of_each().values()]:
        text = client.get(f"{prefix}{path}").content.decode()
        assert links(text, "canonical") == {"": f"{HERE}{prefix}{path}"}, path
        twins = {"zh-Hans": f"{HERE}{path}", "en": f"{HERE}/en{path}", "x-default": f"{HERE}{path}"}
        assert links(text, "alternate") == twins, path


def test_narrowed_listings_are_not_for_search_engines(client: Client, road: Place) -> None:
    """They are told so on the page too, where robots.txt was not read."""
    for query in ("theme=roads", "decade=1930", "sort=title", "subdistrict=tianping"):
        assert '<meta name="robots" content="noindex,follow">' in client.get(f"/places/?{query}").content.decode()
    assert 'name="robots"' not in client.get("/places/?page=2").content.decode()


def shared(text: str) -> dict[str, str]:
    """Return what a page says to those who show links to it."""
    return dict(re.findall(r'<meta (?:property|name)="((?:og|twitter):[^"]*)" content="([^"]*)">', text))


def test_a_link_in_a_chat_has_title_summary_and_picture(client: Client, put: Callable[..., Holding]) -> None:
    """Those of the record in the language of its address, escaped; the picture's largest size."""
    data = io.BytesIO()
    Picture.new("RGB", (1600, 900), "teal").save(data, "PNG")
    cover = Image.objects.create(title="图", alt="一座塔", alt_en="A pagoda", file=ImageFile(data, "tower.png"))
    renditions.make([cover])
    entry = put(Entry, '"塔"与<城>', title_en="The tower", summary="一\n二", summary_en="One", cover=cover)
    path = entry.url
    chinese, english = (shared(client.get(f"{prefix}{path}").content.decode()) for prefix in ("", "/en"))
    assert chinese["og:title"] == "&quot;塔&quot;与&lt;城&gt;"
    assert chinese["og:description"] == "一 二"
    assert chinese["og:image:alt"] == "一座塔"
    assert chinese["og:image:width"] == "1280"
    assert english["og:title"] == "The tower"
    assert english["og:image:alt"] == "A pagoda"
    assert english["og:url"] == f"{HERE}/en{path}"
    assert client.get(chinese["og:image"].removeprefix(HERE)).status_code == 200


def test_a_page_without_a_picture_has_the_librarys_own(client: Client, road: Place) -> None:
    """Also the home page and a listing."""
    for path in ("/", "/places/", road.url):
        assert shared(client.get(path).content.decode())["og:image"].endswith("/static/cms/share.png")


def test_answers_do_not_vary_by_the_language_of_the_browser(client: Client, road: Place) -> None:
    """It stands in the address; a cache would keep a copy for each reader."""
    for path in ("/", "/en/places/", road.url, "/search/?q=x", "/robots.txt", f"/id/{road.uid}"):
        answer = client.get(path, headers={"Accept-Language": "fr"})
        assert "Accept-Language" not in answer.get("Vary", ""), path
    assert client.get("/en/places/")["Content-Language"] == "en"
    assert client.get("/places/")["Content-Language"] == "zh-hans"


def test_shelves_without_anything_are_listed_all_the_same(client: Client, db: None) -> None:
    """A new library has a sitemap from its first day."""
    assert Shelf.objects.exists()
    assert client.get("/sitemap.xml").status_code == 200
    assert client.get("/sitemaps/place.xml").status_code == 200
