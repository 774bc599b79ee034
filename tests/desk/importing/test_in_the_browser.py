"""A librarian in a real browser: she uploads a table with a wrong cell, mends it in the page, sees what would change, brings it in."""

from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from authorities.models import Place
from cms.models import Incoming, Name
from tests.accessibility import faults, violations
from tests.cms.desk.office import log_in, people
from tests.desk.holdings import put

pytestmark = pytest.mark.django_db(transaction=True)
TABLE = "编号,题名,外文名\nXH-PL-000901,甲路,Jia Road\nXH-PL-000902,,Yi Bridge\n"


def test_a_wrong_cell_is_mended_in_the_page_and_the_table_comes_in(
    page: Page, live_server: object, tmp_path: Path
) -> None:
    people()
    table = tmp_path / "place.csv"
    table.write_bytes(TABLE.encode("gb18030"))
    log_in(page, live_server, "librarian")
    page.get_by_role("link", name="导入表格").click()
    page.set_input_files("[name=uploads]", table)
    page.get_by_role("button", name="上传并检查").click()

    page.get_by_label("外文名").select_option("英文题名")
    page.get_by_role("button", name="照这样检查").click()
    expect(page.get_by_role("heading", name="有错的行")).to_be_visible()
    expect(page.locator("main")).to_contain_text("GB18030")
    assert not Place.objects.filter(uid="XH-PL-000901").exists()

    page.locator(".mend input").fill("乙桥")
    page.get_by_role("button", name="再查一遍", exact=True).click()
    expect(page.locator(".sumup")).to_contain_text("2")
    expect(page.locator(".ledger").last).to_contain_text("Yi Bridge")
    assert page.get_by_label("直接发布").count() == 0

    page.get_by_role("button", name="入库").click()
    expect(page.get_by_role("heading", name="2 行都有了着落")).to_be_visible()
    assert [(p.title, p.title_en, p.live) for p in Place.objects.filter(uid__startswith="XH-PL-0009")] == [
        ("甲路", "Jia Road", False),
        ("乙桥", "Yi Bridge", False),
    ]
    page.get_by_role("link", name="看导入过的批次").first.click()
    expect(page.locator(".ledger")).to_contain_text("place.csv")
    assert Incoming.objects.get().batch.made_by.username == "librarian"


def test_a_name_of_two_roads_is_chosen_by_keyboard(page: Page, live_server: object, tmp_path: Path) -> None:
    """The question stands under its cell, on a phone and on a desk, light and dark; the record's card stands in a frame."""
    people()
    east, west = put(Place, "淮海中路"), put(Place, "华山路")
    for place in (east, west):
        place.names.add(Name(text="林森路"))
        place.save_revision().publish()
    table = tmp_path / "entry.csv"
    table.write_text(
        "编号,题名,关联\nXH-EN-000901,甲,地点 | 林森路\nXH-EN-000902,乙,地点 | 林森路\nXH-EN-000903,丙,地点 | 某某桥\n",
        "utf-8",
    )
    log_in(page, live_server, "librarian")
    page.goto(f"{live_server.url}/admin/incoming/")
    page.set_input_files("[name=uploads]", table)
    page.get_by_role("button", name="上传并检查").click()
    question = page.get_by_role("group", name="“林森路”是哪一个？")
    expect(question).to_have_count(1)
    for width in (390, 1440):
        page.set_viewport_size({"width": width, "height": 900})
        assert violations(page, ".ledger") == []
        assert page.evaluate("document.documentElement.scrollWidth") <= width
    question.get_by_role("radio").first.focus()
    page.keyboard.press("Space")
    page.get_by_role("button", name="再查一遍", exact=True).press("Enter")
    expect(page.get_by_role("heading", name="有错的行")).to_be_visible()
    expect(question).to_have_count(0)
    page.goto(page.url.partition("?")[0] + "?show=new")
    expect(page.locator(".ledger").last).to_contain_text("林森路 → XH-PL-")
    page.set_viewport_size({"width": 420, "height": 220})
    for prefix in ("", "/en"):
        page.goto(f"{live_server.url}{prefix}/reconcile/card/{east.uid}/")
        assert list(faults(page, "card", 420)) == []
