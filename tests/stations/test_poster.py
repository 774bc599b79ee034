"""Posters: a page of A4 each, the QR code over the permanent address; all of them in one go for a librarian."""

import re
from collections.abc import Callable

import pypdfium2
import pytest
import segno
import zxingcpp
from django.test import Client, RequestFactory
from django.utils import translation

from stations import poster
from stations.models import Station

MM = 72 / 25.4
"""Points of a PDF in a millimetre."""


def pages(pdf: bytes) -> list[tuple[float, float]]:
    """Return the size of each page in millimetres."""
    found = re.findall(rb"/MediaBox ?\[0 0 ([\d.]+) ([\d.]+)\]", pdf)
    return [(round(float(wide) / MM, 1), round(float(high) / MM, 1)) for wide, high in found]


def test_a_poster_is_one_sheet_in_either_language(client: Client, corner: Callable) -> None:
    made = corner("梧桐角", slug="wutong", title_en="Plane Tree Corner", phone="021-0000 0000", sample=True)
    for prefix in ("", "/en"):
        answer = client.get(f"{prefix}/stations/wutong/poster.pdf")
        assert answer["Content-Type"] == "application/pdf"
        assert made.uid in answer["Content-Disposition"]
        assert pages(answer.content) == [(210.0, 297.0)]
    asked = RequestFactory().get("/", HTTP_HOST="localhost")
    with translation.override("en"):
        said = poster.sheet(made, asked)
    assert (said["name"], said["other"], said["sample"]) == ("Plane Tree Corner", "梧桐角", "SAMPLE")
    assert said["hours"] == [["Mon–Fri", "9:00–17:00"], ["Sat–Sun", "Closed"]]


@pytest.mark.parametrize("prefix", ["", "/en"])
@pytest.mark.parametrize("dots", [300, 100])
def test_a_phone_reads_the_code_of_a_poster(client: Client, corner: Callable, prefix: str, dots: int) -> None:
    """From the sheet as it is printed, also from so far that a module is a few pixels wide."""
    made = corner("梧桐角", slug="wutong", title_en="Plane Tree Corner")
    sheet = pypdfium2.PdfDocument(client.get(f"{prefix}/stations/wutong/poster.pdf").content)[0]
    (code,) = zxingcpp.read_barcodes(sheet.render(scale=dots / 72, grayscale=True).to_pil())
    assert code.text == f"http://testserver{prefix}/id/{made.uid}"
    assert client.get(code.text.removeprefix("http://testserver")).status_code in (301, 302)


def test_a_poster_is_kept_until_it_says_something_else(
    client: Client, corner: Callable, monkeypatch: pytest.MonkeyPatch
) -> None:
    made: list[str] = []
    monkeypatch.setattr(
        poster, "printed", lambda sheet, data, pictures: made.append(data["sheets"][0]["name"]) or b"%PDF"
    )
    corner("甲", slug="one")
    for _again in range(2):
        assert client.get("/stations/one/poster.pdf").content == b"%PDF"
    Station.objects.update(title="乙")
    client.get("/stations/one/poster.pdf")
    assert made == ["甲", "乙"]


def test_the_code_leads_to_the_permanent_address(corner: Callable, rf: RequestFactory) -> None:
    """At level Q, with its quiet zone; as wide on the sheet as the drawn page has it."""
    made = corner()
    address = poster.address(made, rf.get("/"))
    assert address == f"http://testserver/id/{made.uid}"
    with translation.override("en"):
        assert poster.address(made, rf.get("/")) == f"http://testserver/en/id/{made.uid}"
    drawn = segno.make(address, error="q", micro=False, boost_error=False)
    assert (drawn.error, f'width="{drawn.symbol_size(border=4)[0]}"' in poster.qr(address)) == ("Q", True)
    assert "width: 57mm, alt" in poster.SHEET.read_text("utf-8")


@pytest.mark.parametrize(
    "fields",
    [
        {"title": "长" * 255, "title_en": "Long " * 50, "address": "址" * 300, "opening_hours": ""},
        {"title": "𠀀\u0007#import \"x\"; *粗* $x$", "phone": "电话" * 25},
        {"title": "角", "opening_hours": "周一 9-12,13-14,15-16；周二 8-9；周三 7-8；周四 6-7；周五 5-6；周六 4-5；周日 3-4", "wheelchair": True},
        {"title": "闭着的", "closed": True},
    ],
)  # fmt: skip
def test_whatever_it_is_called_it_is_one_sheet(client: Client, corner: Callable, fields: dict) -> None:
    """Nothing is read as markup, nothing runs on to a second page, and what no face has becomes 〓."""
    corner(slug="odd", **fields)
    assert pages(client.get("/stations/odd/poster.pdf").content) == [(210.0, 297.0)]


@pytest.mark.parametrize("hide", [{"live": False}, {"use_web": False}, {"use_print": False}])
def test_a_hidden_corner_has_no_poster(client: Client, corner: Callable, hide: dict) -> None:
    """Nor one that may not be printed, nor one that is not there."""
    made = corner(slug="one")
    Station.objects.filter(pk=made.pk).update(**hide)
    assert client.get("/stations/one/poster.pdf").status_code == 404
    assert client.get("/stations/none/poster.pdf").status_code == 404


def test_all_posters_in_one_go(admin_client: Client, client: Client, corner: Callable) -> None:
    """From north to south, without what is closed or hidden; for those who look after holdings alone."""
    corner("南", subdistrict="huajing")
    corner("北", subdistrict="hunan")
    corner("闭着", closed=True)
    hidden = corner("不公开")
    Station.objects.filter(pk=hidden.pk).update(live=False)
    for language in ("zh", "en"):
        answer = admin_client.get(f"/admin/stations/posters-{language}.pdf")
        assert len(pages(answer.content)) == 2
        assert client.get(f"/admin/stations/posters-{language}.pdf").status_code == 302
    assert "posters-zh.pdf" in admin_client.get("/admin/reports/site-history/").content.decode()
