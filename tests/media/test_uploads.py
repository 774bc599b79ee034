"""Pictures that somebody brings: taken whole, or refused with a reason in their language; never a 500, nothing stored half."""

import itertools
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from django.utils import translation
from wagtail.models import Collection

from benchmarks import broken_pictures as broken
from benchmarks.broken_pictures import saved
from chronicle.models import Entry
from cms.importing import ImportRefused, import_files
from media.models import Image
from media.renditions import make
from media.sandbox import NotTaken, check, one_at_a_time, reduced, sentences
from media.sizes import BOXES

GOOD = saved(broken.noise(), "PNG")
# One of each sort; benchmarks/pictures.py goes through all of them.
SOME = [
    *itertools.islice(broken.cut(), 3, None, 4),
    *itertools.islice(broken.flipped(), 0, None, 7),
    *itertools.islice(broken.disguised(), 0, None, 3),
    *broken.crooked(),
    ("bomb.png", broken.png(13_340, 13_340)),
    ("canvas.gif", broken.gif(9_000, 9_000, 200)),
    *itertools.islice(broken.honest(), 0, None, 3),
]


def fields(data: bytes, name: str, **more: object) -> dict[str, object]:
    """Return what the form of a picture sends."""
    return {
        "title": "一张图",
        "file": SimpleUploadedFile(name, data),
        "collection": Collection.objects.get(depth=1).pk,
        "tags": "",
        "description": "",
        "alt": "",
        "alt_en": "",
        **more,
    }


def files(root: Path) -> Iterator[Path]:
    """Yield the files of pictures."""
    return (path for path in root.rglob("*") if path.is_file() and not path.name.startswith("."))


@pytest.mark.parametrize(("name", "data"), SOME, ids=[name for name, _ in SOME])
def test_no_upload_is_an_error_and_none_is_kept_half(
    name: str, data: bytes, as_one_of: Callable[..., Client], media_root: Path
) -> None:
    answer = as_one_of("编目员").post(reverse("wagtailimages:add"), fields(data, name))
    assert answer.status_code in (200, 302)
    if answer.status_code == 302:
        image = Image.objects.get()
        make([image])
        assert image.renditions.count() == 3
        assert image.width > 0
        assert image.height > 0
    else:
        assert answer.context["form"].errors["file"]
        assert not Image.objects.exists()
        assert not list(files(media_root))


def add_many(client: Client, data: bytes, name: str) -> list[str]:
    """Drop a file on the page for many; return what is said against it."""
    sent = {"title": "图", "collection": Collection.objects.get(depth=1).pk, "files[]": SimpleUploadedFile(name, data)}
    answer = client.post(reverse("wagtailimages:add_multiple"), sent, headers={"x-requested-with": "XMLHttpRequest"})
    assert answer.status_code == 200
    said = answer.json()
    return [] if said["success"] else [said["error_message"]]


def choose(client: Client, data: bytes, name: str) -> list[str]:
    """Upload in the chooser; return what is said against it."""
    sent = {f"image-chooser-upload-{key}": value for key, value in fields(data, name).items()}
    answer = client.post(reverse("wagtailimages_chooser:create"), sent)
    assert answer.status_code == 200
    said = answer.json()
    return [] if said["step"] == "chosen" else [" ".join(map(str, said.values()))]


def replace(client: Client, data: bytes, name: str) -> list[str]:
    """Put another file in the place of a picture's; return what is said against it."""
    image = Image.objects.create(title="旧图", file=SimpleUploadedFile("old.png", GOOD))
    before = image.file.name
    sent = fields(data, name, focal_point_x="", focal_point_y="", focal_point_width="", focal_point_height="")
    answer = client.post(reverse("wagtailimages:edit", args=[image.pk]), sent)
    assert answer.status_code in (200, 302)
    image.refresh_from_db()
    assert image.file.storage.exists(image.file.name)
    assert (image.file.name == before) == (answer.status_code == 200)
    return [] if answer.status_code == 302 else list(answer.context["form"].errors["file"])


BAD = {
    "cut": (saved(broken.noise(), "JPEG")[:2000], "a.jpg", "不完整"),
    "another": (GOOD, "a.gif", "扩展名是 .gif，内容却是 PNG"),
    "svg": (b'<svg xmlns="http://www.w3.org/2000/svg"/>', "a.png", "不是能收的图片"),
    "bomb": (broken.png(13_340, 13_340), "a.png", "177 百万像素"),
    "frames": (broken.gif(9_000, 9_000, 200), "a.gif", "200 帧"),
}


@pytest.mark.parametrize("way", [add_many, choose, replace])
@pytest.mark.parametrize("case", BAD)
def test_every_way_in_refuses_with_the_reason(way: Callable, case: str, as_one_of: Callable[..., Client]) -> None:
    data, name, reason = BAD[case]
    (said,) = way(as_one_of(is_superuser=True, is_staff=True), data, name)
    assert reason in said


@pytest.mark.parametrize("way", [add_many, choose, replace])
def test_every_way_in_takes_a_whole_picture(way: Callable, as_one_of: Callable[..., Client]) -> None:
    assert way(as_one_of(is_superuser=True, is_staff=True), GOOD, "a.png") == []
    assert Image.objects.count() == 1


def test_the_reason_is_given_in_the_language_of_the_desk(as_one_of: Callable[..., Client]) -> None:
    client = as_one_of("编目员")
    from wagtail.users.models import UserProfile

    UserProfile.objects.create(user_id=client.session["_auth_user_id"], preferred_language="en")
    answer = client.post(reverse("wagtailimages:add"), fields(BAD["cut"][0], "a.jpg"))
    assert "damaged or incomplete" in answer.context["form"].errors["file"][0]


def test_every_reason_has_its_english() -> None:
    chinese = sentences()
    with translation.override("en"):
        english = sentences()
    assert [why for why in chinese if english[why] == chinese[why]] == []


@pytest.mark.parametrize("case", BAD)
def test_the_importer_refuses_what_the_desk_refuses(case: str, tmp_path: Path, db: None) -> None:
    data, name, reason = BAD[case]
    (tmp_path / "pictures").mkdir()
    (tmp_path / "pictures" / name).write_bytes(data)
    table = tmp_path / "entry.csv"
    table.write_text(f"编号,题名,图片,图片说明\nB-1,图,{name},图\n", "utf-8")
    with pytest.raises(ImportRefused) as refused:
        import_files([(Entry, table)])
    assert reason in str(refused.value.errors[0])


def test_a_file_on_the_disk_and_one_in_memory_are_looked_at_alike(tmp_path: Path) -> None:
    """What is larger than Django keeps in memory comes as a file with a name of its own."""
    path = tmp_path / "a.png"
    path.write_bytes(GOOD)
    with path.open("rb") as file:
        assert check(file, "a.png")["width"] == 180
        assert file.tell() == 0


def test_what_takes_too_long_or_too_much_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The limits are the process's own: whatever the format does, it ends."""
    program = tmp_path / "program.py"
    monkeypatch.setattr("media.sandbox.PROGRAM", program)
    head = f"import sys; sys.path.insert(0, {str(Path(broken.__file__).parents[1])!r})\nfrom media import decoding\n"
    program.write_text(head + "decoding.SECONDS = 1\ndecoding.limit()\nwhile True: pass\n")
    with (tmp_path / "a.png").open("w+b") as file:
        with pytest.raises(NotTaken) as slow:
            check(file, "a.png")
        program.write_text(head + "decoding.opened = lambda: bytearray(2 ** 30)\ndecoding.main()\n")
        with pytest.raises(NotTaken) as heavy:
            check(file, "a.png")
    assert (slow.value.why, heavy.value.why) == ("slow", "heavy")


def test_pictures_wait_for_each_other(tmp_path: Path, media_root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """One at a time on the whole machine: whoever waits too long is told to come again."""
    monkeypatch.setattr("media.sandbox.PATIENCE", 0.0)
    (tmp_path / "a.png").write_bytes(GOOD)
    with (tmp_path / "a.png").open("rb") as file:
        with one_at_a_time(0), pytest.raises(NotTaken) as busy:
            check(file, "a.png")
        assert busy.value.why == "busy"
        monkeypatch.setattr("media.sandbox.LONG_PATIENCE", 0.0)
        # The worker does not take that for the picture's fault, and comes again.
        with one_at_a_time(0), pytest.raises(OSError, match="temporarily unavailable"):
            reduced(file, BOXES)
        assert check(file, "a.png")


def test_the_admin_makes_its_own_small_pictures_from_the_reduced_one(
    kept: Callable[..., Image], as_one_of: Callable[..., Client], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Nobody decodes an upload in a process of the site: Pillow is never asked for more than 1280 pixels there."""
    from PIL import ImageFile

    image = kept((Path(__file__).parents[1] / "cases/hostile/bomb90.png").read_bytes(), "bomb90.png", sizes=False)
    loaded, load = [], ImageFile.ImageFile.load
    monkeypatch.setattr(ImageFile.ImageFile, "load", lambda self: (loaded.append(self.size), load(self))[1])
    client = as_one_of(is_superuser=True, is_staff=True)
    for address in (
        reverse("wagtailimages:index"),
        reverse("wagtailimages:edit", args=[image.pk]),
        reverse("wagtailimages_chooser:choose"),
        reverse("wagtailimages:preview", args=[image.pk, "width-4000"]),
    ):
        assert client.get(address).status_code == 200
    assert loaded
    assert max(width for width, _ in loaded) <= 1280


def test_a_picture_that_cannot_be_read_any_more_breaks_no_page_of_the_admin(
    kept: Callable[..., Image], as_one_of: Callable[..., Client]
) -> None:
    image = kept(GOOD, sizes=False)
    Path(image.file.path).write_bytes(GOOD[:500])
    gone = kept(GOOD, "gone.png", sizes=False)
    Path(gone.file.path).unlink()
    client = as_one_of(is_superuser=True, is_staff=True)
    assert client.get(reverse("wagtailimages:index")).status_code == 200
    assert client.get(reverse("wagtailimages:edit", args=[image.pk])).status_code == 200
    assert client.get(reverse("wagtailimages:edit", args=[gone.pk])).status_code == 200
