"""Taking down by the forms of the admin: gone for every reader at once, in the register with its reason, and put up again."""

import io
from collections.abc import Callable

import pytest
from django.core.files.images import ImageFile
from django.test import Client
from django.urls import reverse
from PIL import Image as Picture

from authorities.models import Place
from chronicle.models import Chapter, Entry, Work
from cms.models import Change, Holding, Home, Relation, TakeDown
from cms.visibility import visible
from media.models import Image, Rendition
from media.renditions import make
from picturebooks.models import Book
from search import outbox
from search.models import Outbox, Record
from tests.desk.forms import fields_of, form_of
from tests.desk.holdings import put
from tests.picturebooks.recorded import sound
from tours.guiding.facts import facts_of
from tours.guiding.packs.freshness import freshness
from tours.guiding.packs.orders import telling_of
from tours.models import Pack, Stop, Tour

pytestmark = [pytest.mark.usefixtures("shelves"), pytest.mark.each_database]
GONE, REASON = 410, "著作权人要求"


def take_down(desk: Client, address: str, reason: str = REASON) -> str:
    """Take something down by its form, and return the page that comes."""
    form = fields_of(form_of(desk.get(address).content.decode(), 'form.fin[method="post"]'))
    return desk.post(address, form | {"reason": reason}, follow=True).content.decode()


def of_page(page: Holding) -> str:
    """Return the address of a page's taking down."""
    return reverse("take_down_page", args=[page.pk])


def put_up(desk: Client) -> None:
    """Press the button of the register."""
    html = desk.get(reverse("take_downs")).content.decode()
    form = form_of(html, '.ledger form[method="post"]')
    desk.post(form["action"], fields_of(form))


def picture() -> Image:
    """Keep a small picture with its sizes."""
    data = io.BytesIO()
    Picture.new("RGB", (40, 30), "teal").save(data, "PNG")
    image = Image.objects.create(title="塔影", file=ImageFile(data, "tower.png"))
    make([image])
    return image


def test_of_every_kind_gone_at_once_and_back(of_every_kind: Holding, sit: Callable[..., Client]) -> None:
    """The page and the number answer 410 and tell nothing; the register tells who, when, why, and until when."""
    thing, desk, reader = of_every_kind, sit("chen"), Client()
    address = thing.get_url()
    outbox.drain()
    assert reader.get(address).status_code == 200
    assert "已经下架" in take_down(desk, of_page(thing))
    for gone in (address, f"/en{address}", f"/id/{thing.uid}"):
        answer = reader.get(gone, follow=True)
        assert answer.status_code == GONE
        assert thing.title not in answer.content.decode()
        assert REASON not in answer.content.decode()
    assert not visible(Holding.objects.filter(pk=thing.pk), None).exists()
    outbox.drain()
    assert not Record.objects.filter(id=thing.pk).exists()
    html = desk.get(reverse("take_downs")).content.decode()
    assert all(word in html for word in (thing.title, thing.uid, REASON, "chen", "下架中"))

    put_up(desk)
    assert reader.get(address).status_code == 200
    html = desk.get(reverse("take_downs")).content.decode()
    assert ("下架中" in html, thing.title in html, "恢复" in html) == (False, True, True)
    assert thing.pk in Outbox.objects.filter(done=None).values_list("holding", flat=True)
    take_down(desk, of_page(thing), "又一次")
    assert TakeDown.objects.count() == 2


def test_what_stands_below_goes_with_it(sit: Callable[..., Client]) -> None:
    """A book with its chapters; what was hidden for another reason says no more than before."""
    work = put(Work, "某志")
    chapter = put(Chapter, "卷一", work)
    draft = put(Place, "草稿", live=False)
    desk = sit("chen")
    html = desk.get(of_page(work)).content.decode()
    assert "下面的 1 条一起下架" in html
    take_down(desk, of_page(work))
    take_down(desk, of_page(draft))
    reader = Client()
    assert reader.get(chapter.get_url()).status_code == GONE
    assert reader.get(draft.get_url()).status_code == 404


def test_the_bench_says_so(sit: Callable[..., Client]) -> None:
    """At the guide's bench the stop is a gap, and its title is nowhere."""
    place, tour = put(Place, "龙华塔"), put(Tour, "一条路")
    guide = sit("zhang", "讲解员")
    Stop.objects.create(tour=tour, holding=place.holding_ptr, sort_order=0)
    Tour.objects.update(owner=guide.session["_auth_user_id"])
    take_down(sit("chen"), of_page(place))
    html = guide.get(reverse("guide_tour", args=[tour.pk])).content.decode()
    assert ("展品已撤下" in html, "龙华塔" in html) == (True, False)


@pytest.mark.parametrize("what", ["page", "image"])
def test_a_pack_with_it_is_no_longer_handed_out(sit: Callable[..., Client], what: str) -> None:
    """Neither the one with the record nor the one with its picture; until it is put up again."""
    image, tour = picture(), put(Tour, "一条路")
    place = put(Place, "龙华塔", cover=image)
    Stop.objects.create(tour=tour, holding=place.holding_ptr, sort_order=0)
    pack = Pack(tour=tour, form="html", audience="general", language="zh-hans", code="A", fingerprint="a")
    pack.facts = [facts_of(told) for told in telling_of(pack).stops]
    pack.save()
    desk = sit("chen")
    assert freshness(pack).fresh
    take_down(desk, reverse(f"take_down_{what}", args=[place.pk if what == "page" else image.pk]))
    assert freshness(pack).closed
    put_up(desk)
    make(Image.objects.all())
    assert freshness(pack).fresh


def test_a_picture_is_nowhere_and_comes_back(sit: Callable[..., Client]) -> None:
    """Its sizes are gone from the disk, the records that showed it stay; put up again it gets its sizes."""
    image = picture()
    place = put(Place, "龙华塔", cover=image)
    size = Rendition.objects.filter(image=image).first()
    reader, desk = Client(), sit("chen")
    assert reader.get(size.url).status_code == 200
    assert size.url in reader.get(place.get_url()).content.decode()
    address = reverse("take_down_image", args=[image.pk])
    assert f'href="{address}"' in desk.get(reverse("wagtailimages:edit", args=[image.pk])).content.decode()
    assert "用到它的有 1 条" in desk.get(address).content.decode()
    take_down(desk, address)
    page = reader.get(place.get_url()).content.decode()
    assert ("picture-waiting" in page, size.url in page) == (False, False)
    assert reader.get(size.url).status_code == 404
    make(Image.objects.all())
    assert not Rendition.objects.exists()

    put_up(desk)
    make(Image.objects.all())
    assert reader.get(Rendition.objects.first().url).status_code == 200


def test_a_recording_is_heard_nowhere_and_comes_back(sit: Callable[..., Client]) -> None:
    """As one whose own rights allow no use."""
    told = sound(times="0 1")
    put(Book, "叶子的路", sound_zh=told)
    reader, desk = Client(), sit("chen")
    assert reader.get(told.file.url).status_code == 200
    address = reverse("take_down_sound", args=[told.pk])
    assert f'href="{address}"' in desk.get(reverse("wagtailsnippets_media_sound:edit", args=[told.pk])).content.decode()
    take_down(desk, address)
    assert reader.get(told.file.url).status_code == 404
    put_up(desk)
    assert reader.get(told.file.url).status_code == 200


def test_twice_is_once_and_without_a_reason_nothing(sit: Callable[..., Client]) -> None:
    """The second is told; a root is no record, and the home page holds the house together."""
    place, desk = put(Place, "塔"), sit("chen")
    assert desk.post(of_page(place), {"reason": " "}).status_code == 400
    assert desk.post(of_page(place), {"reason": "长" * 2000}).status_code == 400
    take_down(desk, of_page(place))
    assert "已经下架" in desk.post(of_page(place), {"reason": "又"}, follow=True).content.decode()
    assert "已经下架" in desk.get(of_page(place)).content.decode()
    desk.post(of_page(Home.objects.get()), {"reason": "全部"})
    assert desk.get(reverse("take_down_page", args=[1])).status_code == 404
    assert (TakeDown.objects.count(), Change.objects.count()) == (1, 1)


@pytest.mark.parametrize(("group", "status"), [("编目员", 403), ("讲解员", 302), ("编辑", 200)])
def test_who_may(sit: Callable[..., Client], group: str, status: int) -> None:
    """Those who publish; others are told who does."""
    image, told, place, desk = picture(), sound(times="0 1"), put(Place, "塔"), sit("wang", group)
    for name, thing in (("page", place), ("image", image), ("sound", told)):
        answer = desk.get(reverse(f"take_down_{name}", args=[thing.pk]))
        assert answer.status_code == status
        assert ("“编辑”" in answer.content.decode()) == (status == 403)
        if status != 200:
            assert desk.post(reverse(f"take_down_{name}", args=[thing.pk]), {"reason": "试"}).status_code == status
    assert desk.get(reverse("take_downs")).status_code == {403: 302}.get(status, status)
    assert not TakeDown.objects.exists()


def test_a_record_that_is_down_is_not_merged(sit: Callable[..., Client]) -> None:
    """What it says would be out again under another number."""
    kept, other, entry = put(Place, "塔"), put(Place, "塔（重）"), put(Entry, "记塔")
    Relation.objects.create(holding=entry, role="about", target=other)
    desk = sit("chen")
    take_down(desk, of_page(other))
    answer = desk.get(reverse("merge_with", args=[kept.pk, other.pk]))
    assert (answer.status_code, "已经下架" in answer.content.decode()) == (409, True)
