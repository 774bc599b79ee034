"""A pack's life: asked for, made once, kept whole, fresh or stale, and refused when something in it may not be seen."""

import threading
from collections.abc import Callable, Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from django.conf import settings
from django.contrib.auth.models import User
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone
from wagtail.models import PageViewRestriction

from cms.models import Holding, Relation
from tours.guiding.packs import files, making
from tours.guiding.packs.files import path_of
from tours.guiding.packs.freshness import freshness
from tours.guiding.packs.orders import ask
from tours.models import Pack, Script, Stop, Tour

pytestmark = pytest.mark.django_db
Walk = Callable[..., Tour]


@pytest.fixture(autouse=True)
def room(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Keep the packs of each test apart."""
    monkeypatch.setattr(files, "folder", lambda: tmp_path)
    return tmp_path


@pytest.fixture(autouse=True)
def at_once(monkeypatch: pytest.MonkeyPatch, request: pytest.FixtureRequest) -> Iterator[None]:
    """Make packs in the test's own thread, whose transaction another would not see."""
    if "transactional_db" in request.fixturenames:
        yield
        return

    def start(pack: Pack) -> None:
        if making.claim(pack):
            making.make(Pack.objects.get(pk=pack.pk))
        pack.refresh_from_db()

    monkeypatch.setattr(making, "start", start)
    monkeypatch.setattr("tours.guiding.packs.shelf.start", start)
    yield


@pytest.fixture
def walk(exhibit: Callable, write: Callable, draw_up: Callable, picture: Callable) -> Tour:
    """A tour of two stops."""
    case = exhibit("行李箱", cover=picture("箱"), date_text="1993年")
    return draw_up((case, write("箱子的故事", case)), (exhibit("胸像"), None))


@pytest.fixture
def bench(client: Client, guide: User) -> Client:
    """The guide's browser."""
    client.force_login(guide)
    return client


def ready(tour: Tour, **choice: object) -> Pack:
    """Return a pack, made."""
    fields = {"form": "html", "audience": tour.audience, "language": tour.language, **choice}
    pack = ask(Pack(tour=tour, **fields))
    making.start(pack)
    assert pack.state == Pack.State.READY, pack.trouble
    return pack


@pytest.mark.parametrize(("form", "begins"), [("pdf", b"%PDF-"), ("html", b"<!doctype html>")])
def test_a_guide_asks_and_downloads(walk: Tour, bench: Client, form: str, begins: bytes) -> None:
    page = bench.post(reverse("guide_packs", args=[walk.pk]), {"form": form}, follow=True)
    pack = Pack.objects.get()
    size = path_of(pack).stat().st_size
    assert pack.size == size
    assert f"{size / 1024:.1f}" in page.content.decode().replace("\xa0", " "), "the size is shown before the download"
    file = bench.get(reverse("guide_pack_file", args=[pack.code]))
    data = b"".join(file)
    assert data.startswith(begins)
    assert len(data) == size
    assert f"{pack.code}.{form}" in file["Content-Disposition"]
    assert "attachment" in file["Content-Disposition"]


def test_the_same_asked_twice_is_one_pack(walk: Tour, bench: Client) -> None:
    for _turn in range(2):
        bench.post(reverse("guide_packs", args=[walk.pk]), {"form": "html"})
    assert Pack.objects.count() == 1
    bench.post(reverse("guide_packs", args=[walk.pk]), {"form": "html", "language": "en"})
    assert Pack.objects.count() == 2


def test_asked_for_by_four_at_once_it_is_made_once(
    transactional_db: None, exhibit: Callable, draw_up: Callable, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Threads with connections of their own; one claims it, and all get the same."""
    tour = draw_up((exhibit("行李箱"), None))
    made: list[int] = []
    monkeypatch.setattr(making, "make", lambda pack: made.append(pack.pk))
    found: list[str] = []
    gate = threading.Barrier(4)

    def one() -> None:
        try:
            gate.wait()
            pack = ask(Pack(tour=tour, form="html", audience="general", language="zh-hans"))
            making.start(pack)
            found.append(pack.code)
        finally:
            connection.close()

    threads = [threading.Thread(target=one) for _n in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(found) == 4
    assert len(set(found)) == 1
    assert made == [Pack.objects.get().pk]


def test_a_pack_is_made_beside_the_request(transactional_db: None, exhibit: Callable, draw_up: Callable) -> None:
    """In a thread, with its own connection, and it is ready soon."""
    tour = draw_up((exhibit("行李箱"), None))
    pack = ask(Pack(tour=tour, form="html", audience="general", language="zh-hans"))
    making.start(pack)
    for thread in threading.enumerate():
        if thread.name.startswith("pack-"):
            thread.join(30)
    pack.refresh_from_db()
    assert (pack.state, path_of(pack).is_file(), pack.done) == (Pack.State.READY, True, 1)


def test_a_pack_that_waits_its_turn_is_alive(
    transactional_db: None, exhibit: Callable, draw_up: Callable, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Nobody takes it up a second time, however long the one before it takes."""
    monkeypatch.setattr(making, "BEAT", 0.05)
    monkeypatch.setattr(making, "SOON", 0.3)
    pack = ask(Pack(tour=draw_up((exhibit("行李箱"), None)), form="html", audience="general", language="zh-hans"))
    with making._turn:
        making.start(pack)
        assert pack.state == Pack.State.MAKING
        asked = pack.touched_at
        threading.Event().wait(0.3)
        pack.refresh_from_db()
        assert pack.touched_at > asked
    for thread in threading.enumerate():
        if thread.name == f"pack-{pack.code}":
            thread.join(30)
    pack.refresh_from_db()
    assert pack.state == Pack.State.READY


def test_a_tour_without_stops_makes_nothing_and_says_so(draw_up: Callable, bench: Client) -> None:
    tour = draw_up()
    page = bench.post(reverse("guide_packs", args=[tour.pk]), {"form": "pdf"}, follow=True)
    assert "还没有一站，没有东西可以打包" in page.content.decode()
    assert not Pack.objects.exists()
    assert "nothing to pack" in bench.get("/en" + reverse("guide_packs", args=[tour.pk])).content.decode()


def test_what_died_while_making_is_taken_up_again(walk: Tour, bench: Client) -> None:
    """Half a minute after its last sign of life, by whoever looks; not before."""
    pack = ask(Pack(tour=walk, form="html", audience="general", language="zh-hans"))
    Pack.objects.update(state=Pack.State.MAKING, touched_at=timezone.now() - timedelta(seconds=10), done=1)
    page = bench.get(reverse("guide_pack", args=[pack.code])).content.decode()
    assert "正在做：1 / 2 站" in page
    assert 'http-equiv="refresh"' in page
    Pack.objects.update(touched_at=timezone.now() - timedelta(seconds=making.DEAD + 1))
    assert "下载" in bench.get(reverse("guide_pack", args=[pack.code])).content.decode()


@pytest.mark.parametrize(
    ("fault", "words"), [(OSError(28, "No space left"), "磁盘写不下"), (RuntimeError("typst"), "出了意外")]
)
def test_what_fails_leaves_no_file_and_says_why(
    walk: Tour, bench: Client, room: Path, monkeypatch: pytest.MonkeyPatch, fault: Exception, words: str
) -> None:
    """And it can be tried again."""

    def broken(*args: object) -> None:
        raise fault

    with monkeypatch.context() as now:
        now.setattr(files.os, "replace", broken)
        page = bench.post(reverse("guide_packs", args=[walk.pk]), {"form": "html"}, follow=True).content.decode()
    assert words in page
    assert list(room.iterdir()) == [] or isinstance(fault, RuntimeError)
    pack = Pack.objects.get()
    assert bench.get(reverse("guide_pack_file", args=[pack.code])).status_code == 302
    again = bench.post(reverse("guide_pack_again", args=[pack.code]), follow=True).content.decode()
    assert "下载" in again
    assert Pack.objects.count() == 1


def test_a_tour_that_changed_while_a_pack_waited(walk: Tour, bench: Client) -> None:
    pack = ask(Pack(tour=walk, form="html", audience="general", language="zh-hans"))
    Stop.objects.filter(tour=walk).first().delete()
    page = bench.get(reverse("guide_pack", args=[pack.code])).content.decode()
    assert "等的时候导览改过了" in page


def test_a_corrected_date_makes_it_stale(walk: Tour, bench: Client) -> None:
    """On its own page, in the list, at the bench and by the code from the footer: which stop, and what it was."""
    pack = ready(walk)
    case = Stop.objects.filter(tour=walk).first().holding.specific
    case.date_text = "1992年"
    case.save()
    page = bench.get(reverse("guide_pack_check"), {"code": f" {pack.code.lower()[:3]} {pack.code[3:]}"}, follow=True)
    text = page.content.decode()
    assert "有更新：第 1 站" in text
    assert "<del>1993年</del>" in text
    assert "<ins>1992年</ins>" in text
    assert "有更新：第 1 站" in bench.get(reverse("guide_packs", args=[walk.pk])).content.decode()
    assert "有更新：第 1 站" in bench.get(reverse("guide_tour", args=[walk.pk])).content.decode()
    assert "Updated: stop 1" in bench.get("/en" + reverse("guide_pack", args=[pack.code])).content.decode()
    assert bench.get(reverse("guide_pack_file", args=[pack.code])).status_code == 200, "stale is still the guide's own"


@pytest.mark.parametrize("way", ["unpublish", "restrict", "delete", "rights", "picture"])
def test_what_holds_something_hidden_is_not_handed_out(walk: Tour, bench: Client, picture: Callable, way: str) -> None:
    """And nothing of it is told, not even what it was."""
    stop = Stop.objects.filter(tour=walk).first()
    case: Holding = stop.holding
    if way == "picture":
        # A thing whose picture alone stands in the pack.
        other = case.get_parent().specific.add_child(
            instance=type(case.specific)(title="机密箱", cover=picture("密图"))
        )
        Relation.objects.create(holding_id=stop.story_id, role="about", target=other)
        hidden = other
    else:
        hidden = case
    pack = ready(walk)
    if way in ("unpublish", "picture"):
        hidden.live = False
        hidden.save()
    elif way == "restrict":
        PageViewRestriction.objects.create(page_id=hidden.pk, restriction_type=PageViewRestriction.LOGIN)
    elif way == "rights":
        hidden.use_offline = False
        hidden.save()
    else:
        hidden.specific.delete()
    answer = bench.get(reverse("guide_pack_file", args=[pack.code]))
    assert answer.status_code == 302
    text = bench.get(reverse("guide_pack", args=[pack.code])).content.decode()
    assert "请重做" in text
    if way != "rights":
        assert hidden.title not in text
        assert "1993年" not in text or way == "picture"
        assert "密图" not in text
    bench.post(reverse("guide_pack_again", args=[pack.code]))
    fresh = Pack.objects.exclude(pk=pack.pk).get()
    assert hidden.title not in path_of(fresh).read_text() or way == "rights"


def test_another_guides_packs_are_not_there(walk: Tour, client: Client, colleague: User) -> None:
    """Unless the tour is public: then their freshness is told, and no more."""
    pack = ready(walk)
    client.force_login(colleague)
    for name in ("guide_pack", "guide_pack_file"):
        assert client.get(reverse(name, args=[pack.code])).status_code == 404
    assert client.post(reverse("guide_pack_again", args=[pack.code])).status_code == 404
    assert client.get(reverse("guide_packs", args=[walk.pk])).status_code == 404
    assert client.post(reverse("guide_packs", args=[walk.pk]), {"form": "pdf"}).status_code == 404
    answer = client.get(reverse("guide_pack_check"), {"code": pack.code})
    assert answer.status_code == 404
    assert "没有找到代码" in answer.content.decode()
    walk.live = True
    walk.save()
    public = client.get(reverse("guide_pack_check"), {"code": pack.code})
    assert "和现在一致" in public.content.decode()
    assert reverse("guide_pack_file", args=[pack.code]) not in public.content.decode()


@pytest.mark.parametrize("code", ["ABCDEFG", "0", "x" * 5000, "<script>", "A\x00B", "🙂"])
def test_a_code_that_does_not_exist(bench: Client, code: str) -> None:
    answer = bench.get(reverse("guide_pack_check"), {"code": code})
    assert answer.status_code == 404
    assert "没有找到代码" in answer.content.decode()
    assert "<script>" not in answer.content.decode().replace('<script type="module"', "")


def test_scripts_are_in_it_only_when_asked_for(walk: Tour, colleague: User) -> None:
    """And the guide's own alone."""
    stop = Stop.objects.filter(tour=walk).first()
    Script.objects.create(stop=stop, owner=walk.owner, text="只有我知道")
    Script.objects.create(stop=stop, owner=colleague, text="别人写的")
    assert "只有我知道" in path_of(ready(walk, with_scripts=True)).read_text()
    assert "只有我知道" not in path_of(ready(walk)).read_text()
    assert not any("别人写的" in file.read_text() for file in files.folder().iterdir())


def test_the_newest_files_are_kept(walk: Tour, room: Path) -> None:
    """Six; an older pack is still known by its code, and a deleted tour leaves no file."""
    packs = []
    for number in range(8):
        Stop.objects.filter(tour=walk).update(minutes=number + 1)
        packs.append(ready(walk))
    assert len(list(room.iterdir())) == files.KEPT
    assert not path_of(packs[0]).is_file()
    assert freshness(packs[0]).fresh
    again = ask(Pack(tour=walk, form="html", audience="general", language="zh-hans"))
    assert again.pk == packs[-1].pk
    (room / "ZZZZZZZ.pdf").write_bytes(b"of a tour that is gone")
    Stop.objects.filter(tour=walk).update(minutes=20)
    ready(walk)
    assert not (room / "ZZZZZZZ.pdf").exists()


def test_the_pages_take_as_many_queries_for_many_stops(exhibit: Callable, draw_up: Callable, bench: Client) -> None:
    """Two stops or twenty, one pack or three."""
    counts = []
    for size in (2, 20):
        tour = draw_up(*[(exhibit(f"展品{size}-{n}"), None) for n in range(size)])
        for form in ("pdf", "html"):
            ready(tour, form=form)
        for address in (reverse("guide_packs", args=[tour.pk]), reverse("guide_pack", args=[ready(tour).code])):
            bench.get(address)
            with CaptureQueriesContext(
                connection,
            ) as seen:
                bench.get(address)
            counts.append(len(seen))
    assert counts[:2] == counts[2:]
    assert max(counts) < 45


def test_files_are_not_served_with_the_site() -> None:
    """They lie outside the folders of pictures and static files."""
    assert not str(Path(settings.VAR) / "packs").startswith((str(settings.MEDIA_ROOT), str(settings.STATIC_ROOT)))
