"""The page of a list: columns, order, pages, what is done with ticked rows, and what it costs."""

import csv
import io
import zipfile
from collections.abc import Callable
from urllib.parse import urlencode

import pytest
from bs4 import BeautifulSoup
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from playwright.sync_api import Page, expect
from wagtail.models import GroupPagePermission

from authorities.models import Place
from chronicle.models import Chapter, Entry, Work
from cms.desk.listing import cells
from cms.models import Citation, Incoming, Relation, Theme
from cms.models.kinds import kinds
from tests.accessibility import faults
from tests.cms.desk.office import log_in, people
from tests.desk.holdings import put
from tests.desk.importing.conftest import Desk, office
from tests.desk.listing.conftest import Lists

__all__ = ["office"]  # a fixture of the import's tests
pytestmark = pytest.mark.django_db
MOST = 15


@pytest.fixture
def librarian(at_lists: Callable[..., Lists]) -> Lists:
    """One who writes and sends to review."""
    return at_lists("wang")


def test_columns_are_chosen_and_what_they_say_is_there(librarian: Lists) -> None:
    place = put(Place, "甲", title_en="A Road", credit="某馆", date_text="1905年", sample=True, subdistrict="xujiahui")
    theme = Theme.objects.create(slug="roads", title="道路")
    place.themes.add(theme)
    place.save()
    for at in range(4):
        Relation.objects.create(holding=place, role="about", target=put(Work, f"某志{at}"))
    Citation.objects.create(holding=place, text="徐汇报")
    html = librarian.html(kind="place", column=["credit", "themes", "relations", "sources", "of-subdistrict", "marks"])
    page = BeautifulSoup(html, "html.parser").select_one("table.holdings")
    told = [cell.get_text(strip=True) for cell in page.select("tbody td:not(.k)")]
    assert told == ["某馆", "道路", "某志0、某志1、某志2 等 4 个", "徐汇报", place.get_subdistrict_display(), "示例"]
    heads = [cell.get_text(strip=True) for cell in page.select("thead th")]
    assert heads[1:] == ["图片来源", "主题", "关联", "出处", "街道镇", "标记"]


@pytest.mark.each_database
def test_every_column_of_every_kind_can_be_shown_and_sorted_by(librarian: Lists) -> None:
    for kind in kinds():
        put(kind, "甲")
        there = cells.offered(kind)
        name = kind._meta.model_name
        assert "甲" in librarian.titles(kind=name, column=list(there)), name
        for column in there.values():
            if column.order:
                librarian.titles(kind=name, sort=f"-{column.name}")


@pytest.mark.each_database
def test_a_list_is_sorted_and_turned_round(librarian: Lists) -> None:
    """Chinese by pinyin; what has no date comes last both ways."""
    for title, date in (("衡山路", "1922年"), ("安福路", ""), ("淮海中路", "1901年")):
        put(Place, title, date_text=date)
    assert librarian.titles(sort="title") == ["安福路", "衡山路", "淮海中路"]
    assert librarian.titles(sort="-title") == ["淮海中路", "衡山路", "安福路"]
    assert librarian.titles(sort="date") == ["淮海中路", "衡山路", "安福路"]
    assert librarian.titles(sort="-date") == ["衡山路", "淮海中路", "安福路"]
    head = BeautifulSoup(librarian.html(sort="title"), "html.parser").select_one("th[aria-sort]")
    assert (head["aria-sort"], "sort=-title" in head.a["href"]) == ("ascending", True)


def test_a_list_is_turned_page_by_page(librarian: Lists) -> None:
    """The filters go along."""
    for at in range(26):
        put(Place, f"路{at:02}")
    assert len(librarian.titles(size=25, sort="title", words="路")) == 25
    page = BeautifulSoup(librarian.html(size=25, sort="title", words="路"), "html.parser")
    following = page.find("a", string="下一页")["href"]
    answer = librarian.client.get(f"/admin/holdings/{following}").content.decode()
    assert ("路25" in answer, "路24" in answer, "26 条" in answer) == (True, False, True)


def test_conditions_in_force_are_told_and_taken_away(librarian: Lists) -> None:
    put(Place, "甲", live=False)
    chips = BeautifulSoup(
        librarian.html(state="draft", words="甲", kind="place", **{"from": 1900}), "html.parser"
    ).select(".chips li:not(.bare)")
    assert [chip.get_text(" ", strip=True).removesuffix(" ✕") for chip in chips] == [
        "地方", "有“甲”", "1900 年以后", "状态：没有公开",
    ]  # fmt: skip
    assert chips[3].a["href"] == "?kind=place&words=%E7%94%B2&from=1900"


@pytest.mark.parametrize(
    "asked", ["", "kind=place&sort=title", "source=none&english=missing", "words=%E8%B7%AF&who=me"]
)
def test_a_list_asks_as_much_with_ten_as_with_a_hundred(librarian: Lists, asked: str) -> None:
    """And no more than so many questions."""
    counts = []
    for size in (10, 90):
        for at in range(size):
            put(Place if at % 2 else Entry, f"路{size}-{at}").save_revision(user=librarian.user)
        address = f"{reverse('holdings')}?{asked}&size=100"
        librarian.client.get(address)
        with CaptureQueriesContext(connection) as queries:
            librarian.client.get(address)
        counts.append(len(queries))
    assert counts[0] == counts[1] <= MOST


def press(librarian: Lists, do: str, **sent: object) -> str:
    """Press a button of the bar; returns the address where it leads."""
    answer = librarian.client.get(f"{reverse('holdings_selected')}?{urlencode({'do': do, **sent}, doseq=True)}")
    assert answer.status_code == 302
    return str(answer["Location"])


@pytest.mark.each_database
def test_ticked_rows_leave_as_tables(librarian: Lists) -> None:
    """Those alone, or all that the list has, also what stands on other pages of it; with their kinds' own columns."""
    places = [put(Place, f"路{at:02}") for at in range(30)]
    entry = put(Entry, "某条", put(Chapter, "卷一", put(Work, "某志")))
    put(Place, "别的")
    address = press(librarian, "tables", listed="words=路", id=[places[0].pk, entry.pk])
    assert "清单里选的 2 条" in librarian.client.get(address).content.decode()
    assert leaving(librarian, address) == {"place.csv": ["路00"], "entry.csv": ["某条"]}
    address = press(librarian, "tables", listed="words=路&size=25", all=1, id=places[0].pk)
    assert "清单里选的 30 条" in librarian.client.get(address).content.decode()
    assert sorted(leaving(librarian, address)["place.csv"]) == [place.title for place in places]


def leaving(librarian: Lists, address: str) -> dict[str, list[str]]:
    """Return the titles in each table of a zip that the page of tables gives for what was chosen."""
    answer = librarian.client.get(f"{reverse('tables_file')}?{address.partition('?')[2]}&form=zip")
    assert answer.status_code == 200, answer.content.decode()
    with zipfile.ZipFile(io.BytesIO(b"".join(answer.streaming_content))) as archive:
        return {
            name: [row["题名"] for row in csv.DictReader(io.StringIO(archive.read(name).decode("utf-8-sig")))]
            for name in archive.namelist()
        }


def test_ticked_rows_are_changed_at_once(office: Callable[[str], Desk]) -> None:
    """By the preview that every batch change has; of what is ticked and of the whole list."""
    desk = office("编辑")
    places = [put(Place, f"路{at}", summary="旧") for at in range(3)]
    put(Entry, "某条", summary="旧")
    lists = Lists(desk.user)
    form = {"heading": "提要", "act": "set", "value": "新"}
    for sent, count in (({"id": [places[0].pk, places[1].pk]}, 2), ({"all": 1}, 3)):
        address = press(lists, "batch_change", listed="kind=place", **sent)
        page = BeautifulSoup(desk.client.get(address).content.decode(), "html.parser")
        hidden = {one["name"]: one.get("value", "") for one in page.select(".tables-form input[type=hidden]")}
        assert page.select("[name=words], [name=models]") == []
        answer = desk.post(reverse("batch_change"), {**hidden, **form})
        assert answer.status_code == 302
        incoming = Incoming.objects.latest("pk")
        assert incoming.rows.count() == count
    desk.does(incoming, "go", become="published")
    assert set(Place.objects.values_list("summary", flat=True)) == {"新"}
    assert Entry.objects.get().summary == "旧"
    refused = desk.client.post(reverse("batch_change"), {"ids": "1,x", **form})
    assert (refused.status_code, "再勾一遍" in refused.content.decode()) == (400, True)


def test_what_somebody_may_not_edit_does_not_leave_with_what_was_ticked(
    librarian: Lists, at_lists: Callable[..., Lists]
) -> None:
    """By a forged address either."""
    place = put(Place, "甲")
    guide = at_lists("lin", "讲解员")
    for address in (reverse("holdings"), reverse("holdings_selected"), reverse("holdings_views"), reverse("tables")):
        assert guide.client.get(address).status_code == 302
    GroupPagePermission.objects.filter(group__name="编目员").update(page=put(Work, "某志").page_ptr_id)
    answer = librarian.client.get(f"{reverse('tables_file')}?ids={place.pk}&form=zip")
    assert (answer.status_code, "一条也没有" in answer.content.decode()) == (400, True)


def test_deleting_is_for_what_was_ticked_one_by_one(librarian: Lists) -> None:
    place = put(Place, "甲")
    address = press(librarian, "delete", listed="kind=place", id=place.pk)
    assert address.startswith(reverse("wagtail_bulk_action", args=["wagtailcore", "page", "delete"]))
    assert f"id={place.pk}" in address
    assert press(librarian, "delete", listed="kind=place", all=1) == "/admin/holdings/?kind=place"
    assert press(librarian, "tables", listed="kind=place") == "/admin/holdings/?kind=place"
    assert "一条也没有勾选" in librarian.html()
    assert press(librarian, "nothing", id=place.pk) == "/admin/holdings/?"


@pytest.mark.each_database
def test_the_board_of_translations_counts_each_state(librarian: Lists) -> None:
    """And changing the Chinese turns its English stale at once; each number is that of the list to which it leads."""
    place = put(Place, "甲", title_en="A")
    place.settle_translations()
    place.save()
    put(Place, "乙")
    assert board(librarian) == {"missing": 1, "partial": 0, "stale": 0, "draft": 1, "approved": 0}
    place.title = "甲路"
    place.save_revision().publish()
    place = Place.objects.get(pk=place.pk)
    place.settle_translations()
    place.save()
    assert board(librarian) == {"missing": 1, "partial": 0, "stale": 1, "draft": 0, "approved": 0}


def board(librarian: Lists) -> dict[str, int]:
    """Return the numbers of places by state, each checked against its list."""
    page = BeautifulSoup(librarian.client.get(reverse("holdings_translations")).content.decode(), "html.parser")
    found = {}
    for link in page.select(".board tbody td a"):
        state = link["href"].rpartition("english=")[2]
        found[state] = int(link.get_text())
        assert f"{found[state]} 条" in librarian.client.get(link["href"]).content.decode()
    return found


@pytest.mark.django_db(transaction=True)
def test_a_librarian_filters_ticks_and_keeps_a_list(page: Page, live_server: object) -> None:
    """In a real browser, without its scripts; the pages keep to WCAG and to a phone's width, by day and by night."""
    people()
    put(Place, "甲路", live=False, sample=True)
    put(Place, "乙桥", title_en="Yi Bridge", date_text="1905年")
    log_in(page, live_server, "librarian")
    for width in (1440, 390):
        page.set_viewport_size({"width": width, "height": 900})
        for address in (
            "",
            "holdings/",
            "holdings/?state=draft&kind=place",
            "holdings/translations/",
            "holdings/views/",
        ):
            page.goto(f"{live_server.url}/admin/{address}")
            assert list(faults(page, address, width)) == []
    bare = page.context.browser.new_context(java_script_enabled=False, storage_state=page.context.storage_state())
    plain = bare.new_page()
    plain.goto(f"{live_server.url}/admin/holdings/")
    plain.get_by_text("状态", exact=True).first.click()
    plain.get_by_label("没有公开").check()
    plain.get_by_role("button", name="照这样列").click()
    expect(plain.get_by_role("link", name="乙桥")).to_have_count(0)
    plain.get_by_text("把眼前的存成一张").click()
    plain.get_by_label("叫什么").fill("我的草稿")
    plain.get_by_role("button", name="存", exact=True).click()
    expect(plain.get_by_role("link", name="我的草稿")).to_have_attribute("aria-current", "page")
    plain.get_by_label("选中：甲路").check()
    plain.get_by_role("button", name="批量改").click()
    expect(plain.locator("main")).to_contain_text("清单里选的 1 条")
    bare.close()
