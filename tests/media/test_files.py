"""Pictures by their address: who gets which, what caches may keep, and nothing that an address can say is an error."""

import io
from collections.abc import Callable
from pathlib import Path

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from PIL import Image as Pillow
from wagtail.models import Collection, PageViewRestriction

from authorities.models import Place
from benchmarks.broken_pictures import noise, saved
from cms.models import Shelf
from cms.setup.roles import EDITORS, LIBRARIANS
from media.models import Image
from media.renditions import make, ready
from picturebooks.models import Book, Spread
from postcards.models import Postcard, Stamp
from tours.guiding.access import GUIDES

CASES = Path(__file__).parents[1] / "cases"
GPS = (CASES / "hostile/gps.jpg").read_bytes()


def sizes(image: Image) -> list[str]:
    """Return the addresses of a picture's sizes."""
    return [rendition.url for rendition in image.renditions.all()]


@pytest.mark.parametrize(
    "path",
    ". .. / // images images/ images/.. images/../../zhihui.sqlite3 images/%00.png %00 original_images/a%00 images/%ED%A0%80.png "
    "images/%FF images/a/b.png images/%F0%9F%8C%B3.png images/%E2%80%AE.png documents/a.pdf .decoding "
    f"images/12345678901234567890 images/{'a' * 5000}".split(),
)
def test_no_address_of_a_file_is_an_error(path: str, client: Client, db: None) -> None:
    assert client.get(f"/files/{path}").status_code == 404


def test_r07_an_upload_is_for_the_desk_alone(
    kept: Callable[..., Image], shown: Callable, client: Client, as_one_of: Callable[..., Client]
) -> None:
    """It says where it was taken; anybody can make its address from that of a size."""
    image = kept(GPS, "gps.jpg")
    shown(image)
    assert client.get(image.file.url).status_code == 404
    assert as_one_of().get(image.file.url).status_code == 404
    assert as_one_of(GUIDES).get(image.file.url).status_code == 404
    for group in (LIBRARIANS, EDITORS):
        answer = as_one_of(group).get(image.file.url)
        assert answer.status_code == 200
        assert answer["Cache-Control"] == "private, no-store"


def test_r07_nothing_that_a_visitor_can_fetch_says_where_it_was_taken(
    kept: Callable[..., Image], shown: Callable, client: Client, as_one_of: Callable[..., Client]
) -> None:
    """The desk's own small pictures are sizes too."""
    image = kept(GPS, "gps.jpg")
    shown(image)
    desk = as_one_of(is_superuser=True, is_staff=True)
    for address in (reverse("wagtailimages:index"), reverse("wagtailimages:edit", args=[image.pk])):
        desk.get(address)
    assert image.renditions.count() > 3
    for address in sizes(image):
        data = b"".join(client.get(address).streaming_content)
        assert not Pillow.open(io.BytesIO(data)).getexif(), address
        assert b"GPSCANARY" not in data


@pytest.mark.parametrize("hide", ["unpublish", "password", "login", "expire", "use", "nowhere"])
def test_only_the_desk_sees_a_hidden_picture(
    hide: str, kept: Callable[..., Image], shown: Callable, client: Client, as_one_of: Callable[..., Client]
) -> None:
    """Any logged-in user is a visitor; a guide is."""
    image = kept(GPS, "gps.jpg")
    place = shown(image, use_web=hide != "use")
    hidden = {
        "unpublish": place.unpublish,
        "password": lambda: PageViewRestriction.objects.create(page=place, restriction_type="password", password="x"),
        "login": lambda: PageViewRestriction.objects.create(page=place, restriction_type="login"),
        "expire": lambda: Place.objects.filter(pk=place.pk).update(expire_at="2020-01-01T00:00Z"),
        "use": lambda: None,
        "nowhere": lambda: Place.objects.filter(pk=place.pk).update(cover=None),
    }
    hidden[hide]()
    guide, reader, librarian = as_one_of(GUIDES), as_one_of(), as_one_of(LIBRARIANS)
    for address in sizes(image):
        assert client.get(address).status_code == 404
        # Whoever has logged in passes a restriction that asks for no more.
        expected = 200 if hide == "login" else 404
        assert {guide.get(address).status_code, reader.get(address).status_code} == {expected}
        answer = librarian.get(address)
        assert (answer.status_code, answer["Cache-Control"]) == (200, "private, no-store")


def test_what_anybody_may_see_any_cache_may_keep(
    kept: Callable[..., Image], shown: Callable, client: Client, as_one_of: Callable[..., Client]
) -> None:
    """The same answer for all, with a mark; asked for again, it is not sent again."""
    image = kept(GPS, "gps.jpg")
    shown(image)
    for visitor in (client, as_one_of(GUIDES), as_one_of(EDITORS)):
        answer = visitor.get(sizes(image)[0], headers={"accept-language": "en", "accept-encoding": "gzip"})
        assert answer.status_code == 200
        assert answer["Cache-Control"] == "public, max-age=600, must-revalidate"
        assert answer.get("Vary", "") in ("", "Accept-Encoding")
        assert "Set-Cookie" not in answer
        assert answer["Last-Modified"]
        etag = answer["ETag"]
    for headers in ({"if-none-match": etag}, {"if-modified-since": answer["Last-Modified"]}):
        again = client.get(sizes(image)[0], headers=headers)
        assert (again.status_code, again.content) == (304, b"")
        assert again["Cache-Control"] == "public, max-age=600, must-revalidate"
    assert client.get(sizes(image)[0], headers={"if-none-match": '"another"'}).status_code == 200


def test_withdrawn_is_gone_for_whoever_asks_again(kept: Callable[..., Image], shown: Callable, client: Client) -> None:
    image = kept(GPS, "gps.jpg")
    place = shown(image)
    etag = client.get(sizes(image)[0])["ETag"]
    place.unpublish()
    assert client.get(sizes(image)[0], headers={"if-none-match": etag}).status_code == 404


def test_names_change_with_what_is_in_them(
    kept: Callable[..., Image], as_one_of: Callable[..., Client], django_capture_on_commit_callbacks: Callable
) -> None:
    """Another file in its place, even under the same name: other addresses; the old ones are gone."""
    image = kept(saved(noise(), "PNG"), "a.png")
    before, places = set(sizes(image)), [Path(r.file.path) for r in image.renditions.all()]
    other = SimpleUploadedFile("a.png", saved(Pillow.new("RGB", (900, 700), "#123456"), "PNG"))
    sent = {"title": "图", "file": other, "collection": Collection.objects.get(depth=1).pk, "tags": ""}
    with django_capture_on_commit_callbacks(execute=True):
        answer = as_one_of(is_superuser=True, is_staff=True).post(reverse("wagtailimages:edit", args=[image.pk]), sent)
    assert answer.status_code == 302
    image = Image.objects.get(pk=image.pk)
    assert len(ready(image)) == 3
    assert not before & set(sizes(image))
    assert not any(place.exists() for place in places)
    assert ready(image)[640].width == 640


def test_the_same_picture_made_anew_keeps_its_names(kept: Callable[..., Image]) -> None:
    image = kept(saved(noise(), "PNG"), "a.png")
    before = set(sizes(image))
    image.renditions.all().delete()
    make([Image.objects.get(pk=image.pk)])
    assert set(sizes(image)) == before


def test_a_kind_with_one_more_picture_and_parts_with_pictures(kept: Callable[..., Image], client: Client) -> None:
    """Each is served while its card may be seen, and breaks no other kind's."""
    front, back, stamp = kept(GPS, "front.jpg"), kept(GPS, "back.jpg"), kept(GPS, "stamp.jpg")
    card = Shelf.objects.get(slug=Postcard.shelf.slug).add_child(
        instance=Postcard(title="寄自龙华", cover=front, back=back, stamps=[Stamp(image=stamp)])
    )
    addresses = [sizes(image)[0] for image in (front, back, stamp)]
    assert [client.get(address).status_code for address in addresses] == [200] * 3
    card.unpublish()
    assert [client.get(address).status_code for address in addresses] == [404] * 3


def test_a_picture_of_a_part_is_seen_with_its_whole(kept: Callable[..., Image], client: Client) -> None:
    image = kept(GPS, "gps.jpg")
    book = Shelf.objects.get(slug=Book.shelf.slug).add_child(instance=Book(title="叶子的路"))
    book.spreads.add(Spread(image=image))
    book.save()
    assert client.get(sizes(image)[0]).status_code == 200
    book.unpublish()
    assert client.get(sizes(image)[0]).status_code == 404
