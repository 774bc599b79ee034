"""What a guide does with a tour, GD1 to GD12, in a real browser of a phone's width."""

import csv
import io
from collections.abc import Callable, Iterator
from pathlib import Path

import pypdfium2
import pytest
import zxingcpp
from django.contrib.auth.models import User
from playwright.sync_api import Page, expect

from search.rebuilding import rebuild
from tests.accessibility import faults, violations
from tours.guiding.packs import files
from tours.models import Code, Question, Run, Script, Stop, Tour

pytestmark = pytest.mark.django_db(transaction=True)
Seat = Callable[..., Page]


@pytest.fixture(autouse=True)
def room(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Keep the packs of each test apart."""
    monkeypatch.setattr(files, "folder", lambda: tmp_path)


def bench_of(tour: Tour) -> str:
    """Return the address of a tour at the bench."""
    return f"/guide/tours/{tour.pk}/"


def minutes_shown(page: Page) -> float:
    """Return the running total as it stands on the page."""
    return float(page.locator(".b-total b").first.inner_text())


def test_gd1_a_story_is_in_the_tour_after_three_actions(hall: Tour, guide: User, seat: Seat) -> None:
    """From the list of tours: open one, search, add. Its picture and its sources come along."""
    rebuild()
    empty = Tour.objects.get(pk=hall.pk)
    Stop.objects.filter(tour=empty).delete()
    page, actions = seat(guide), 0
    page.goto("/guide/")
    page.get_by_role("link", name="提着一箱纸回家的人").first.click()
    actions += 1
    page.get_by_label("检索词").fill("行李箱")
    page.keyboard.press("Enter")
    actions += 1
    page.get_by_role("button", name="连故事加入 一只塞满资料的行李箱").click()
    actions += 1
    assert actions <= 3
    expect(page.locator(".b-stops > li")).to_have_count(1)
    expect(page.locator(".b-stops img")).to_have_count(1)
    stop = Stop.objects.get(tour=empty)
    assert (stop.holding.title, stop.story.title) == ("一只塞满资料的行李箱", "一只塞满资料的行李箱的故事")
    page.goto(f"{bench_of(hall)}go/")
    expect(page.locator(".from li")).to_have_text(["某报，3"])


@pytest.mark.parametrize("minutes", [45, 30, 15])
def test_gd2_fit_to_the_time(hall: Tour, guide: User, seat: Seat, minutes: int) -> None:
    """A proposal says what it would do; taken, it holds; what is locked keeps its place and its length; it can be refused."""
    page = seat(guide)
    page.goto(bench_of(hall))
    assert minutes_shown(page) == 45
    page.get_by_label("压到几分钟").fill(str(minutes))
    page.get_by_role("button", name="算一算").click()
    if minutes == 45:
        expect(page.locator(".b-sum")).to_contain_text("不用改")
        return
    expect(page.locator(".b-sum")).to_contain_text("从 45 分钟变成")
    expect(page.locator(".b-steps tbody tr").first).to_contain_text("已锁定")
    page.get_by_role("link", name="不用，照旧").click()
    assert minutes_shown(page) == 45, "refused"
    page.go_back()
    page.get_by_role("button", name="照这样改").click()
    assert minutes - 1 <= minutes_shown(page) <= minutes
    first = Stop.objects.filter(tour=hall).first()
    assert (first.locked, first.length, first.holding.title) == (True, 600, "一只塞满资料的行李箱")


@pytest.mark.parametrize(("field", "value", "missing"), [("讲给", "儿童", ["3"]), ("语言", "英文", [])])
def test_gd3_the_same_tour_for_others(
    hall: Tour, guide: User, seat: Seat, field: str, value: str, missing: list[str]
) -> None:
    """The versions follow; one that is missing is listed before anything is printed."""
    page = seat(guide)
    page.goto(bench_of(hall))
    page.get_by_text("题名、听众、语言、时长").click()
    page.get_by_label(field, exact=True).select_option(label=value)
    page.locator(".b-settings button").click()
    listed = page.locator(".b-lack a").all_inner_texts()
    assert [text.strip("第 站") for text in listed] == missing
    page.get_by_role("link", name="打印与离线包").click()
    warned = page.locator(".b-said .warning").all_inner_texts()
    assert [text for text in warned if "缺，改用" in text] == [
        f"第 {n} 站：缺，改用“3 分钟 · 一般观众 · 中文”" for n in missing
    ]
    page.goto(f"{bench_of(hall)}go/")
    audience, language = ("children", "zh-hans") if value == "儿童" else ("general", "en")
    expect(page.locator(".say").nth(1)).to_contain_text(f"胸像的故事，180 {audience} {language}")


def test_gd4_a_pack_is_printed(hall: Tour, guide: User, seat: Seat) -> None:
    """A page a stop and one before; each code is read from the page at 300 dpi."""
    page = seat(guide, accept_downloads=True)
    page.goto(bench_of(hall))
    page.get_by_role("link", name="打印与离线包").click()
    page.get_by_role("button", name="做这个包").click()
    with page.expect_download(timeout=60_000) as download:
        page.get_by_role("link", name="下载").click(timeout=60_000)
    pdf = pypdfium2.PdfDocument(download.value.path().read_bytes())
    assert download.value.suggested_filename.startswith("提着一箱纸回家的人 ")
    assert len(pdf) == 9
    codes = [zxingcpp.read_barcodes(p.render(scale=300 / 72, grayscale=True).to_pil()) for p in list(pdf)[1:]]
    wanted = [Code.objects.get(stop=stop).code for stop in Stop.objects.filter(tour=hall).order_by("sort_order")]
    assert [code[0].text[-6:] for code in codes] == wanted


def test_gd5_one_file_opens_with_the_network_off(hall: Tour, guide: User, seat: Seat, tmp_path: Path) -> None:
    """Its size is shown first; every stop, picture and source reads at a phone's width, and it asks for nothing."""
    page = seat(guide, accept_downloads=True)
    page.goto(f"{bench_of(hall)}packs/")
    page.get_by_label("单个网页").check()
    page.get_by_role("button", name="做这个包").click()
    link = page.get_by_role("link", name="下载")
    expect(link).to_contain_text("KB", timeout=60_000)
    with page.expect_download() as download:
        link.click()
    file = tmp_path / "tour.html"
    download.value.save_as(file)
    assert file.stat().st_size < 30 * 1024 * 1024
    alone = seat(offline=True, java_script_enabled=True)
    asked: list[str] = []
    alone.on("request", lambda request: asked.append(request.url))
    alone.goto(file.as_uri())
    expect(alone.locator("article")).to_have_count(8)
    assert alone.evaluate("[...document.images].every(image => image.complete && image.naturalWidth > 0)")
    assert alone.locator("img").count() == 8
    assert alone.evaluate("document.documentElement.scrollWidth") <= 390
    alone.get_by_role("link", name="短片").click()
    alone.locator("#s4 summary").click()
    expect(alone.locator("#s4 details li")).to_have_text(["某报，3"])
    assert [url for url in asked if not url.startswith(("file:", "data:"))] == []
    found = violations(alone)
    assert [violation["id"] for violation in found] == []


def test_gd7_a_correction_reaches_the_pack(hall: Tour, guide: User, seat: Seat) -> None:
    """The printed footer's code says: updated, stop 4, from what to what."""
    page = seat(guide)
    page.goto(f"{bench_of(hall)}packs/")
    page.get_by_role("button", name="做这个包").click()
    expect(page.get_by_role("link", name="下载")).to_be_visible(timeout=60_000)
    code = page.locator("h1 .code").inner_text()
    thing = Stop.objects.filter(tour=hall).order_by("sort_order")[3].holding.specific
    thing.date_text = "1990 年"
    thing.save()
    page.goto("/guide/")
    page.get_by_label("页脚上的代码").fill(code.lower())
    page.get_by_role("button", name="核对").click()
    expect(page.locator("main")).to_contain_text("有更新：第 4 站")
    expect(page.locator("del")).to_have_text("1984 年")
    expect(page.locator("ins")).to_have_text("1990 年")


def test_gd9_an_exhibit_is_removed(hall: Tour, guide: User, seat: Seat) -> None:
    """The tour shows the gap and offers one of the same section, which fills it."""
    Stop.objects.filter(tour=hall).order_by("sort_order")[4].holding.specific.unpublish()
    page = seat(guide)
    page.goto(bench_of(hall))
    gap = page.locator(".b-stops > li").nth(4)
    expect(gap).to_contain_text("展品已撤下")
    assert page.get_by_text("白玉兰", exact=True).count() == 0
    gap.get_by_role("button", name="换成“请柬”").click()
    expect(page.locator(".b-stops > li").nth(4)).to_contain_text("请柬")
    expect(page.locator(".b-stops > li")).to_have_count(8)


def test_gd10_a_colleague_takes_a_copy(hall: Tour, guide: User, colleague: User, seat: Seat) -> None:
    """With credit, and without the script that its author alone sees."""
    page = seat(guide)
    page.goto(bench_of(hall))
    page.locator(".b-stops > li").first.locator("summary", has_text="我的讲稿").click()
    page.get_by_label("只有你看得见").first.fill("悄悄话")
    page.get_by_role("button", name="保存讲稿").first.click()
    assert Script.objects.get().text == "悄悄话"
    page.get_by_role("button", name="交给同事").click()
    link = page.locator("main input[readonly], main a[href*=handed], main code").first
    address = link.input_value() if link.evaluate("e => e.tagName") == "INPUT" else link.inner_text()
    other = seat(colleague)
    other.goto(address)
    other.locator("main form button").click()
    expect(other.locator("main")).to_contain_text("改编自")
    expect(other.locator("main")).to_contain_text("guide")
    made = Tour.objects.get(owner=colleague)
    assert made.stops.count() == 8
    for address in (bench_of(made), f"{bench_of(made)}go/"):
        other.goto(address)
        assert "悄悄话" not in other.content()
    page.goto(bench_of(hall))
    page.get_by_role("button", name="开放给参观者").click()
    visitor = seat()
    hall.refresh_from_db()
    for address in ("", "1/"):
        visitor.goto(hall.get_url() + address)
        assert "悄悄话" not in visitor.content()


def test_gd11_a_visitor_scans_stop_five_first(hall: Tour, guide: User, seat: Seat) -> None:
    """Stop 5, in the language of the phone; what was chosen there stays for the next code."""
    hall.save_revision().publish()
    codes = [Code.objects.get(stop=stop).code for stop in Stop.objects.filter(tour=hall).order_by("sort_order")]
    page = seat(locale="fr-FR", extra_http_headers={"Accept-Language": "fr, en;q=0.8"})
    page.goto(f"/q/{codes[4]}")
    expect(page.locator("h1")).to_have_text("Exhibit 5")
    assert page.url.endswith("/5/")
    page.goto(f"/q/{codes[5]}")
    expect(page.locator("h1")).to_have_text("Exhibit 6")
    page.locator(".spine [hreflang], .spine a[lang]").first.click()
    expect(page.locator("h1")).to_have_text("票根")
    page.goto(f"/q/{codes[6].lower()}")
    expect(page.locator("h1")).to_have_text("放映机")
    page.goto("/q/ABC234")
    expect(page.locator("main")).to_contain_text("没有")


def test_gd12_what_a_tour_leaves_behind(hall: Tour, guide: User, seat: Seat) -> None:
    """A run with what was skipped, and a question, as tables."""
    page = seat(guide)
    page.goto(f"{bench_of(hall)}go/")
    ask = page.locator("article.stop").nth(1)
    page.locator(".dots ol a").nth(1).click()
    ask.locator(".ask summary").click()
    ask.locator("textarea").fill("=cmd|'/c calc'!A1 这是谁塑的？")
    ask.get_by_role("button", name="记下问题").click()
    expect(ask.locator("[data-status]")).to_contain_text("已送到馆员那里")
    page.locator(".dots ol a").last.click()
    for number in range(6):
        page.locator("#stop-end [name=told]").nth(number).check()
    page.get_by_role("button", name="记下这一次").click()
    expect(page.locator("#stop-end [data-status]")).to_contain_text("已送出")
    assert Run.objects.count() == 1
    page.goto(f"{bench_of(hall)}after/")
    tables = {
        name: list(
            csv.reader(io.StringIO(page.request.get(f"{bench_of(hall)}after/{name}.csv").text().lstrip("\ufeff")))
        )
        for name in ("runs", "skipped", "questions")
    }
    assert [row[4] for row in tables["runs"][1:]] == list("12345678"), "a row for each stop of the run"
    assert [row[0] for row in tables["skipped"][1:]] == ["7", "8"]
    assert not any(cell.startswith("=") for row in tables["questions"] for cell in row)
    assert Question.objects.get().number == 2


def surfaces(hall: Tour, code: str) -> Iterator[str]:
    """Yield the addresses of every page that guides and visitors of a tour have."""
    story = hall.stops.first().story
    for prefix in ("", "/en"):
        yield from (f"{prefix}/guide/", f"{prefix}{bench_of(hall)}", f"{prefix}{bench_of(hall)}?q=箱")
        yield from (
            f"{prefix}{bench_of(hall)}{end}" for end in ("fit/?minutes=30", "go/", "after/", "packs/", "discard/")
        )
        yield from (
            f"{prefix}/guide/packs/{code}/",
            f"{prefix}/guide/packs/?code=XXX",
            f"{prefix}/q/",
            f"{prefix}/q/ABCDEF",
        )
        yield from (
            f"{prefix}{page}"
            for page in (hall.get_url(), f"{hall.get_url()}2/", story.get_url(), "/tours/", "/stories/")
        )


@pytest.mark.parametrize("width", [390, 1440])
def test_no_page_of_a_guide_breaks_wcag(hall: Tour, guide: User, seat: Seat, width: int) -> None:
    """No axe violation, nothing wider than the screen, no other host, in both languages."""
    rebuild()
    hall.save_revision().publish()
    page = seat(guide, viewport={"width": width, "height": 844}, bypass_csp=True)
    page.goto(f"{bench_of(hall)}packs/")
    page.get_by_label("单个网页").check()
    page.get_by_role("button", name="做这个包").click()
    expect(page.get_by_role("link", name="下载")).to_be_visible(timeout=60_000)
    code = page.locator("h1 .code").inner_text()
    thing = Stop.objects.filter(tour=hall).order_by("sort_order")[3].holding.specific
    thing.date_text = "1990 年"
    thing.save()
    asked: set[str] = set()
    page.on("request", lambda request: asked.add(request.url.split("/")[2]))
    found = []
    for address in surfaces(hall, code):
        page.goto(address)
        found += faults(page, address, width)
    visitor = seat(viewport={"width": width, "height": 844}, bypass_csp=True)
    visitor.goto("/guide/login/")
    found += faults(visitor, "the login", width)
    assert not found, "\n".join(found)
    assert len(asked) == 1


def test_the_bench_works_without_scripts(hall: Tour, guide: User, seat: Seat) -> None:
    """Order, lock, question and run are forms; nothing stands there that only a script could use."""
    page = seat(guide, java_script_enabled=False)
    page.goto(bench_of(hall))
    assert page.locator("button[type=button]:visible").count() == 0
    page.get_by_role("button", name="第 2 站往前").click()
    assert Stop.objects.filter(tour=hall).order_by("sort_order").first().holding.title == "胸像"
    page.goto(f"{bench_of(hall)}go/")
    assert page.locator("button[type=button]:visible").count() == 0
    stop = page.locator("article.stop").first
    stop.locator(".ask summary").click()
    stop.locator("textarea").fill("没有脚本也能问吗？")
    stop.get_by_role("button", name="记下问题").click()
    assert Question.objects.get().text == "没有脚本也能问吗？"


def test_stops_are_ordered_by_keyboard(hall: Tour, guide: User, seat: Seat) -> None:
    """The button keeps the focus near, and what happened is said."""
    page = seat(guide, viewport={"width": 1440, "height": 900})
    page.goto(bench_of(hall))
    page.get_by_role("button", name="第 3 站往前").focus()
    page.keyboard.press("Enter")
    page.wait_for_function("document.querySelectorAll('.b-stops > li h3')[1].textContent.includes('客厅')")
    titles = [stop.holding.title for stop in Stop.objects.filter(tour=hall).order_by("sort_order")[:3]]
    assert titles == ["一只塞满资料的行李箱", "客厅", "胸像"]


def drag(page: Page, way: list[tuple[float, float]], *, finger: bool) -> None:
    """Press at the first point, move along the others, let go."""
    if not finger:
        page.mouse.move(*way[0])
        page.mouse.down()
        for point in way[1:]:
            page.mouse.move(*point, steps=5)
        page.mouse.up()
        return
    touch = page.context.new_cdp_session(page)
    for number, (x, y) in enumerate(way):
        kind = "touchMove" if number else "touchStart"
        touch.send("Input.dispatchTouchEvent", {"type": kind, "touchPoints": [{"x": x, "y": y}]})
    touch.send("Input.dispatchTouchEvent", {"type": "touchEnd", "touchPoints": []})


@pytest.mark.parametrize("finger", [False, True])
def test_stops_are_ordered_by_dragging(hall: Tour, guide: User, seat: Seat, finger: bool) -> None:
    """By the handle, with a mouse or a finger; the server has the new order once it is let go."""
    page = seat(guide, viewport={"width": 390, "height": 1200}, has_touch=finger)
    page.goto(bench_of(hall))
    handle = page.locator(".b-drag").nth(2)
    handle.scroll_into_view_if_needed()
    start, goal = handle.bounding_box(), page.locator(".b-stops > li").nth(1).bounding_box()
    way = [(start["x"] + 10, start["y"] + 10), (goal["x"] + 30, goal["y"] + 60), (goal["x"] + 30, goal["y"] + 8)]
    with page.expect_response("**/order/"):
        drag(page, way, finger=finger)
    titles = [stop.holding.title for stop in Stop.objects.filter(tour=hall).order_by("sort_order")[:3]]
    assert titles == ["一只塞满资料的行李箱", "客厅", "胸像"]
