"""Where there is no signal, or hardly any: nothing is lost, the past is never shown as the present, nothing is said that is not so."""

from collections.abc import Callable, Iterator
from threading import Event

import pytest
from django.contrib.auth.models import User
from django.contrib.sessions.models import Session
from django.core.signals import request_started
from django.test.testcases import _MediaFilesHandler
from playwright.sync_api import Locator, Page, expect
from wagtail.models import PageViewRestriction

from cms.models import Holding
from search.rebuilding import rebuild
from tests.tours.test_flight import KEPT, take_off, wait_for, wait_until_kept
from tours.flight import use_of
from tours.models import Code, Question, Script, Stop, Tour
from tours.walking import flight, presenting

pytestmark = pytest.mark.django_db(transaction=True)
Seat = Callable[..., Page]
SLOW = "信号慢，还在等回答……"
NAMES = "caches.keys()"
UPDATED = """async () => {
    const taken = new Promise((done) => navigator.serviceWorker.addEventListener('controllerchange', done, { once: true }));
    await (await navigator.serviceWorker.getRegistration()).update();
    await taken;
}"""
# What a phone holds from the release before this one: all in one cache, the moment written into the page.
AS_BEFORE = """async () => {
    const old = await caches.open('zhihui-guide-2');
    for (const name of (await caches.keys()).filter((one) => one.startsWith('zhihui-guide '))) {
        const cache = await caches.open(name);
        for (const request of await cache.keys()) {
            const answer = await cache.match(request);
            const isPage = answer.headers.get('Content-Type').includes('html');
            const dated = isPage && (await answer.text()).replace('<html ', '<html data-kept="2026-01-02T03:04:05Z" ');
            await old.put(request, isPage ? new Response(dated, { headers: { 'Content-Type': 'text/html' } }) : answer);
        }
        await caches.delete(name);
    }
}"""


# Playwright's locators stand still while a page is on its way; the old page speaks meanwhile.
WATCHED = """() => new MutationObserver(() => {
    console.info(document.querySelector('.flight-wait')?.textContent ?? '');
}).observe(document.body, { childList: true })"""


class Line:
    """A network on which answers come when the test lets them; it counts the requests that were held."""

    def __init__(self) -> None:
        self.held: list[str] = []
        self._holds: Callable[[str, str], bool] = lambda method, address: False
        self._go = Event()
        request_started.connect(self._come)

    def _come(self, environ: dict, **_signal: object) -> None:
        address = environ.get("PATH_INFO", "") + "?" + environ.get("QUERY_STRING", "")
        if "HTTP_X_ZHIHUI_KEEP" in environ or not self._holds(environ.get("REQUEST_METHOD", ""), address):
            return
        self.held.append(address)
        assert self._go.wait(60)

    def hold(self, holds: Callable[[str, str], bool]) -> None:
        """From now on let those requests wait, told by method and address, but for those that are only to keep a page."""
        self._go.clear()
        self._holds = holds

    def let_go(self) -> None:
        """Answer."""
        self._holds = lambda method, address: False
        self._go.set()


@pytest.fixture
def line(live_server: object) -> Iterator[Line]:
    """A network that the test makes slow; whatever it holds is let go at the end."""
    made = Line()
    yield made
    made.let_go()
    request_started.disconnect(made._come)


@pytest.fixture
def opened(hall: Tour) -> Tour:
    """The guide's tour, open to visitors, each stop with its code."""
    hall.save_revision().publish()
    for stop in Stop.objects.filter(tour=hall):
        Code.of(stop)
    return Tour.objects.get(pk=hall.pk)


def bench_of(tour: Tour) -> str:
    """Return the address of a tour at the bench."""
    return f"/guide/tours/{tour.pk}/"


def code_of(tour: Tour, number: int) -> str:
    """Return the code of a stop by its place."""
    return Stop.objects.filter(tour=tour).order_by("sort_order")[number - 1].sign.code


def test_an_update_of_the_worker_empties_nothing(
    hall: Tour, guide: User, seat: Seat, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The network goes as the new one takes over, before anything could be fetched again."""
    page = seat(guide)
    page.goto("/guide/")
    wait_until_kept(page)
    newer = flight.script() + "\nconst RELEASE = 3;"
    monkeypatch.setattr(flight, "script", lambda: newer)
    page.route("**/*", lambda route: route.abort())
    page.evaluate(UPDATED)
    take_off(page)
    for address in ("/guide/", bench_of(hall), f"{bench_of(hall)}go/"):
        page.goto(address)
        expect(page.locator("main > .kept")).to_contain_text("离线：这是")
        expect(page.locator("h1")).not_to_have_text("离线")


def test_after_an_update_the_page_asks_again(
    hall: Tour, guide: User, seat: Seat, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What is said stands for what the worker in charge has counted."""
    page = seat(guide)
    page.goto("/guide/")
    wait_until_kept(page)
    newer = flight.script() + "\nconst RELEASE = 3;"
    monkeypatch.setattr(flight, "script", lambda: newer)
    page.evaluate("for (const one of document.querySelectorAll('.carried')) one.textContent = ''")
    page.evaluate(UPDATED)
    wait_until_kept(page)


def test_what_an_earlier_release_kept_is_taken_over(
    hall: Tour, guide: User, seat: Seat, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Its caches go only after all in them stands where this one looks for it, with the moment at which it was kept."""
    page = seat(guide)
    page.goto("/guide/")
    wait_until_kept(page)
    page.evaluate(AS_BEFORE)
    assert page.evaluate(NAMES) == ["zhihui-guide-2"]
    newer = flight.script() + "\nconst RELEASE = 3;"
    monkeypatch.setattr(flight, "script", lambda: newer)
    page.route("**/*", lambda route: route.abort())
    page.evaluate(UPDATED)
    take_off(page)
    page.goto(f"{bench_of(hall)}go/")
    expect(page.locator("article.stop h2").first).to_have_text("一只塞满资料的行李箱")
    expect(page.locator("main > .kept")).to_contain_text("2026年1月2日")
    assert "zhihui-guide-2" not in page.evaluate(NAMES)


def test_a_slow_answer_is_waited_for_in_sight(hall: Tour, guide: User, seat: Seat, line: Line) -> None:
    """The page says so where it stands, and then shows the present, not what was kept."""
    page = seat(guide)
    page.goto("/guide/")
    wait_until_kept(page)
    Tour.objects.filter(pk=hall.pk).update(title="改过的题名")
    line.hold(lambda method, address: address.startswith(bench_of(hall)))
    page.evaluate(WATCHED)
    with page.expect_console_message(lambda said: said.text == SLOW):
        page.get_by_role("link", name="提着一箱纸回家的人").first.click(no_wait_after=True)
    line.let_go()
    expect(page.locator("h1")).to_have_text("改过的题名", timeout=30_000)
    expect(page.locator(".kept")).to_have_count(0)


def test_a_search_on_a_slow_network_comes_in_the_end(hall: Tour, guide: User, seat: Seat, line: Line) -> None:
    """What is kept is offered meanwhile, with its hour; nobody is told to be offline."""
    rebuild()
    page, address = seat(guide), f"{bench_of(hall)}?q=行李箱"
    page.goto("/guide/")
    wait_until_kept(page)
    line.hold(lambda method, address: "q=" in address)
    page.goto(address, wait_until="commit")
    expect(page.locator("h1")).to_have_text(SLOW)
    expect(page.get_by_role("link", name="存下的")).to_be_visible()
    assert "离线" not in page.locator("main").inner_text()
    line.let_go()
    expect(page.locator(".s-sum")).to_contain_text("行李箱", timeout=30_000)
    expect(page.locator(".kept")).to_have_count(0)
    assert len(line.held) == 1, "asked for once"


def test_who_would_rather_not_wait_sees_what_is_kept(hall: Tour, guide: User, seat: Seat, line: Line) -> None:
    """By choice, with its pictures, and with a word that it is not the present; the way there stays open."""
    page = seat(guide)
    page.goto("/guide/")
    wait_until_kept(page)
    line.hold(lambda method, address: address.startswith((bench_of(hall), "/files/", "/static/")))
    page.goto(f"{bench_of(hall)}go/", wait_until="commit")
    page.get_by_role("link", name="存下的").click(no_wait_after=True)
    expect(page.locator("main > .kept")).to_contain_text("不是现在的", timeout=30_000)
    page.wait_for_function(
        "document.images.length && [...document.images].slice(0, 1).every((one) => one.naturalWidth)"
    )
    line.let_go()
    page.get_by_role("link", name="看现在的").click()
    expect(page.locator("article.stop h2").first).to_have_text("一只塞满资料的行李箱")
    expect(page.locator(".kept")).to_have_count(0)


def to_be_locked(page: Page) -> tuple[Locator, Locator]:
    """Return the second stop on the bench, which is not locked, and the button that locks it, in reach."""
    second = page.locator(".b-stops > li").nth(1)
    expect(second).not_to_contain_text("已锁定")
    second.locator("summary", has_text="锁定、移去").click()
    return second, second.get_by_role("button", name="锁定", exact=True)


def test_after_an_action_the_state_before_it_is_not_shown(hall: Tour, guide: User, seat: Seat, line: Line) -> None:
    """The action is sent once however often it is pressed, and what comes is how things are after it."""
    page = seat(guide)
    page.goto(bench_of(hall))
    wait_until_kept(page)
    second, button = to_be_locked(page)
    line.hold(lambda method, address: method == "POST")
    page.evaluate(WATCHED)
    with page.expect_console_message(lambda said: said.text == SLOW):
        button.evaluate("(button) => { button.click(); button.click(); setTimeout(() => button.click(), 500); }")
    assert len(line.held) == 1
    line.let_go()
    expect(second).to_contain_text("已锁定", timeout=30_000)
    expect(page.locator(".kept")).to_have_count(0)
    assert Stop.objects.filter(tour=hall).order_by("sort_order")[1].locked


def test_what_follows_an_action_is_waited_for_too(hall: Tour, guide: User, seat: Seat, line: Line) -> None:
    """The page that a form leads to is not shown as it was kept before it."""
    page = seat(guide)
    page.goto(bench_of(hall))
    wait_until_kept(page)
    second, button = to_be_locked(page)
    line.hold(lambda method, address: method == "GET" and address.startswith(bench_of(hall)))
    button.click(no_wait_after=True)
    expect(page.locator("h1")).to_have_text(SLOW, timeout=30_000)
    line.let_go()
    expect(second).to_contain_text("已锁定", timeout=30_000)
    expect(page.locator(".kept")).to_have_count(0)


def test_what_was_searched_for_is_not_kept(hall: Tour, guide: User, seat: Seat) -> None:
    """Nor anything else that stands behind a question mark; offline a search shows the tour and says that it was not made."""
    rebuild()
    page = seat(guide)
    for query in ("?q=胸像", "?q=客厅", "?csrfmiddlewaretoken=abc"):
        page.goto(bench_of(hall) + query)
        wait_until_kept(page)
    page.goto(f"{bench_of(hall)}fit/?minutes=20&csrfmiddlewaretoken=abc")
    found = page.evaluate(KEPT.replace("new URL(one.url).pathname", "one.url"))
    assert not [one for one in found if "?" in one]
    take_off(page)
    page.goto(bench_of(hall))
    expect(page.locator(".b-stops > li")).to_have_count(8)
    expect(page.locator("#found")).to_have_count(0)
    page.goto(f"{bench_of(hall)}?q=胸像")
    expect(page.locator("main > .kept")).to_contain_text("这次没有查")


def test_a_visitor_who_scanned_one_sign_walks_on_without_signal(opened: Tour, seat: Seat) -> None:
    """All stops, the tour, and the codes on the other signs, scanned or typed."""
    page = seat()
    page.goto(f"/q/{code_of(opened, 5)}")
    expect(page.locator("h1")).to_have_text("白玉兰")
    wait_until_kept(page)
    take_off(page)
    page.goto(f"/q/{code_of(opened, 2)}")
    expect(page.locator("h1")).to_have_text("胸像")
    expect(page.locator("main > .kept")).to_contain_text("离线：这是")
    page.locator("a[rel=next]").click()
    expect(page.locator("h1")).to_have_text("客厅")
    page.locator("a[rel=prev]").click()
    expect(page.locator("h1")).to_have_text("胸像")
    page.goto(f"/q/?code={code_of(opened, 8)[:3].lower()} {code_of(opened, 8)[3:]}")
    expect(page.locator("h1")).to_have_text("话筒")
    page.goto(opened.get_url())
    expect(page.locator(".way a")).to_have_count(8)
    page.goto("/tours/another/")
    expect(page.locator("h1")).to_have_text("离线")
    expect(page.locator(".away a")).to_have_text(["提着一箱纸回家的人"])


def test_the_next_sign_speaks_the_language_read_last(opened: Tour, seat: Seat) -> None:
    """Without signal as with it; and what the worker says itself is in that language too."""
    page = seat()
    page.goto(f"{opened.get_url()}1/")
    wait_until_kept(page)
    page.goto(f"/en{opened.get_url()}3/")
    expect(page.locator(".carried")).to_have_text("Kept: opens offline", timeout=30_000)
    take_off(page)
    page.goto(f"/q/{code_of(opened, 2)}")
    expect(page.locator("h1")).to_have_text("Exhibit 2")
    expect(page.locator("main > .kept")).to_contain_text("Offline: this was kept on")
    page.goto("/en/tours/another/")
    expect(page.locator("h1")).to_have_text("Offline")


def test_a_code_pointed_elsewhere_leads_to_no_stop_offline(opened: Tour, seat: Seat) -> None:
    """A librarian's choice holds; it is said that it cannot be shown."""
    code = code_of(opened, 2)
    Code.objects.filter(code=code).update(holding=Holding.objects.get(title="请柬"))
    page = seat()
    page.goto(f"{opened.get_url()}1/")
    wait_until_kept(page)
    take_off(page)
    page.goto(f"/q/{code}")
    expect(page.locator("h1")).to_have_text("离线")


def test_a_script_written_without_signal_is_not_lost(hall: Tour, guide: User, seat: Seat) -> None:
    """It is said that it was not saved; it stands in its box again, after a day too, and is saved when there is signal."""
    page = seat(guide)
    page.goto(bench_of(hall))
    wait_until_kept(page)
    take_off(page)
    page.goto(bench_of(hall))
    first = page.locator(".b-stops > li").first
    first.locator("summary", has_text="我的讲稿").click()
    first.locator("textarea").fill("一\n二，讲到箱子")
    first.get_by_role("button", name="保存讲稿").click()
    expect(page.locator("h1")).to_have_text("还没有送到")
    assert not Script.objects.exists()
    page.close()

    page = page.context.new_page()
    page.goto(bench_of(hall))
    expect(first_of(page).locator("textarea")).to_have_value("一\n二，讲到箱子")
    expect(first_of(page).locator("form .kept")).to_contain_text("还没有保存")
    page.context.set_offline(False)
    first_of(page).get_by_role("button", name="保存讲稿").click()
    expect(page.locator("main > .kept")).to_have_count(0)
    expect(first_of(page).locator("textarea")).to_have_value("一\n二，讲到箱子")
    assert Script.objects.get().text.split() == ["一", "二，讲到箱子"]
    page.reload()
    expect(page.locator("form .kept")).to_have_count(0)


def first_of(page: Page) -> object:
    """Return the first stop at the bench."""
    return page.locator(".b-stops > li").first


def test_what_could_not_be_sent_can_be_thrown_away(hall: Tour, guide: User, seat: Seat) -> None:
    """Then what is saved stands in the box."""
    page = seat(guide)
    page.goto(bench_of(hall))
    wait_until_kept(page)
    take_off(page)
    first_of(page).locator("summary", has_text="我的讲稿").click()
    first_of(page).locator("textarea").fill("写错了")
    first_of(page).get_by_role("button", name="保存讲稿").click()
    page.get_by_role("link", name="回到刚才的一页").click()
    first_of(page).get_by_role("button", name="不要了").click()
    expect(first_of(page).locator("textarea")).to_have_value("")
    page.reload()
    expect(page.locator("form .kept")).to_have_count(0)


def test_who_leaves_without_signal_leaves_nothing(
    hall: Tour, guide: User, colleague: User, draw_up: Callable[..., Tour], seat: Seat
) -> None:
    """The device forgets at once, the server as soon as there is signal; the next guide on the phone meets her own alone."""
    Script.objects.create(stop=Stop.objects.filter(tour=hall).first(), owner=guide, text="只给我自己看")
    other = draw_up((Holding.objects.get(title="胸像"), None), owner=colleague, title="同事的一条")
    page = seat(guide)
    page.goto("/guide/")
    wait_until_kept(page)
    take_off(page)
    page.goto(f"{bench_of(hall)}go/")
    expect(page.locator(".cue")).to_have_text("只给我自己看")
    page.goto("/guide/")
    page.get_by_role("button", name="退出").click()
    expect(page.locator("h1")).to_have_text("已退出")
    assert not [one for one in page.evaluate(NAMES) if one.startswith("zhihui-guide")]
    assert Session.objects.count() == 1
    for address in ("/guide/", f"{bench_of(hall)}go/", bench_of(hall)):
        page.goto(address)
        expect(page.locator("h1")).to_have_text("已退出")
    page.go_back()
    expect(page.locator("h1")).to_have_text("已退出")

    page.context.set_offline(False)
    page.goto("/guide/")
    page.wait_for_url("**/guide/login/**")
    assert not Session.objects.exists()
    page.get_by_label("用户名").fill("colleague")
    page.get_by_label("口令").fill("walks-and-talks-2")
    page.get_by_role("button", name="登录").click()
    page.wait_for_url("**/guide/")
    wait_until_kept(page)
    take_off(page)
    page.goto(f"{bench_of(other)}go/")
    expect(page.locator("article.stop h2").first).to_have_text("胸像")
    page.goto(f"{bench_of(hall)}go/")
    expect(page.locator("h1")).to_have_text("离线")


def test_a_picture_withdrawn_is_served_to_nobody_who_kept_it(
    opened: Tour, seat: Seat, monkeypatch: pytest.MonkeyPatch
) -> None:
    """With signal the device asks, and forgets what it may not show."""
    # Django's own test server would hand out every file without asking the site.
    monkeypatch.setattr(_MediaFilesHandler, "_should_handle", lambda handler, path: False)
    page = seat()
    page.goto(f"{opened.get_url()}2/")
    wait_until_kept(page)
    picture = page.locator(".halt-p img").evaluate("(image) => new URL(image.currentSrc).pathname")
    assert picture in page.evaluate(KEPT)
    Holding.objects.get(title="胸像").specific.unpublish()
    assert page.evaluate("(path) => fetch(path, { cache: 'no-store' }).then((one) => one.status)", picture) == 404
    wait_for(page, "async (path) => !(await caches.match(path))", picture)
    page.goto(opened.get_url())
    wait_until_kept(page)
    page.goto(f"{opened.get_url()}2/")
    wait_until_kept(page)
    assert not [one for one in page.evaluate(KEPT) if "胸像" in one or picture == one]


def close(tour: Tour) -> None:
    """Close a tour to all but those who have logged in."""
    PageViewRestriction.objects.create(page_id=tour.pk, restriction_type=PageViewRestriction.LOGIN)


def test_a_tour_for_those_logged_in_is_not_kept_with_the_public_ones(opened: Tour, guide: User, seat: Seat) -> None:
    """It is shown to them, and it is said that it could not be kept."""
    close(opened)
    page = seat(guide)
    page.goto(opened.get_url())
    expect(page.locator(".way a")).to_have_count(8)
    expect(page.locator(".carried")).to_contain_text("没有存下", timeout=30_000)
    assert not [one for one in page.evaluate(KEPT) if one.startswith("/tours/")]


def test_a_tour_that_was_closed_leaves_the_device(opened: Tour, seat: Seat) -> None:
    """When any page of it is asked for with signal, all of it goes."""
    page = seat()
    page.goto(opened.get_url())
    wait_until_kept(page)
    close(opened)
    page.goto(f"{opened.get_url()}3/")
    wait_for(page, "async () => !(await caches.keys()).some((one) => one.startsWith('zhihui-public'))")
    take_off(page)
    page.goto(f"{opened.get_url()}2/")
    expect(page.locator("h1")).to_have_text("离线")


def test_r48_a_browser_that_cannot_keep_says_so(opened: Tour, guide: User, seat: Seat) -> None:
    """The web view of a chat: another browser is named, and to a guide the single file."""
    visitor, page = seat(), seat(guide)
    for where in (visitor, page):
        where.add_init_script("delete Navigator.prototype.serviceWorker")
    visitor.goto(opened.get_url())
    expect(visitor.locator(".carried")).to_have_text("这个浏览器存不下网页，没有信号就打不开；请换手机自带的浏览器打开")
    page.goto(f"{bench_of(opened)}go/")
    expect(page.locator(".carried")).to_contain_text("单个网页的离线包")


def test_r48_a_browser_that_can_is_asked_to_keep_it_for_good(opened: Tour, seat: Seat) -> None:
    """Once all is there."""
    page = seat()
    page.add_init_script("StorageManager.prototype.persist = async () => (globalThis.lasting = true)")
    page.goto(opened.get_url())
    wait_until_kept(page)
    assert page.evaluate("globalThis.lasting")


def test_a_full_phone_is_told_from_a_lost_signal(hall: Tour, guide: User, seat: Seat) -> None:
    """Another try with signal would not help."""
    page = seat(guide)
    page.goto("/about/")
    origin = page.evaluate("location.origin")
    page.context.new_cdp_session(page).send("Storage.overrideQuotaForOrigin", {"origin": origin, "quotaSize": 40_000})
    page.goto("/guide/")
    expect(page.locator(".carried")).to_contain_text("手机存满了", timeout=30_000)


def test_a_question_that_finds_no_room_stays_in_its_box(hall: Tour, guide: User, seat: Seat) -> None:
    """It is said; with signal it is sent from there, once."""
    page = seat(guide)
    page.goto(f"{bench_of(hall)}go/")
    wait_until_kept(page)
    page.evaluate("""() => {
        for (let size = 1 << 20; size >= 1; size >>= 1) {
            try { for (;;) localStorage.setItem(`full-${size}-${localStorage.length}`, "x".repeat(size)); } catch {}
        }
    }""")
    take_off(page)
    stop = page.locator("article.stop").first
    stop.locator(".ask summary").click()
    stop.locator("textarea").fill("箱子有多重？")
    stop.get_by_role("button", name="记下问题").click()
    expect(stop.locator("[data-status]")).to_contain_text("手机存满了")
    expect(stop.locator("textarea")).to_have_value("箱子有多重？")
    page.context.set_offline(False)
    stop.get_by_role("button", name="记下问题").click()
    expect(stop.locator("[data-status]")).to_contain_text("已送到馆员那里")
    expect(stop.locator("textarea")).to_have_value("")
    assert Question.objects.get().text == "箱子有多重？"


def test_a_page_that_failed_once_is_kept_the_next_time(
    hall: Tour, guide: User, seat: Seat, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The server stumbled; the bench is opened again."""
    stumbles = [True]

    def stumbling(request: object) -> str:
        if use_of(request) == "offline" and stumbles:
            raise RuntimeError(stumbles.pop())
        return use_of(request)

    monkeypatch.setattr(presenting, "use_of", stumbling)
    page = seat(guide)
    page.goto("/guide/")
    expect(page.locator(".carried")).to_contain_text("有 1 页没有存下", timeout=30_000)
    page.goto("/guide/")
    wait_until_kept(page)
