"""Sizes that are missing, files that are left over: found, mended and cleared away by a command; and what pages show meanwhile."""

import io
import os
import time
from collections.abc import Callable
from pathlib import Path

import pytest
from django.core.files.base import ContentFile
from django.core.management import CommandError, call_command
from django.test import Client
from django.utils import translation

from authorities.models import Place
from benchmarks.broken_pictures import noise, saved
from media import repair
from media.models import Image
from media.renditions import lacks, make, named, ready
from media.sandbox import NotTaken

GOOD = saved(noise(), "PNG")
HOUR = 3600


def run(*words: str) -> str:
    """Run the command and return what it says."""
    out = io.StringIO()
    call_command("pictures", *words, stdout=out)
    return out.getvalue()


def age(path: Path, hours: float) -> None:
    """Make a file older."""
    then = time.time() - hours * HOUR
    os.utime(path, (then, then))


@pytest.mark.each_database
def test_repair_makes_what_is_missing(kept: Callable[..., Image], django_capture_on_commit_callbacks: Callable) -> None:
    whole, never, lost = kept(GOOD, "whole.png"), kept(GOOD, "never.png", sizes=False), kept(GOOD, "lost.png")
    Path(ready(lost)[640].file.path).unlink()
    assert sorted(repair.lacking()) == sorted([never.pk, lost.pk])
    for said in ("缺尺寸的图片 2 张", "缺尺寸的图片 0 张"):
        with django_capture_on_commit_callbacks(execute=True):
            assert said in run("repair")
    for image in Image.objects.all():
        assert not lacks(image), image
    assert whole.renditions.count() == 3


def test_a_file_left_half_by_a_process_that_died_is_written_anew(kept: Callable[..., Image], media_root: Path) -> None:
    image = kept(GOOD, "half.png")
    places = {width: Path(size.file.path) for width, size in ready(image).items()}
    whole = places[320].read_bytes()
    image.renditions.all()._raw_delete("default")
    places[320].write_bytes(whole[:100])
    make([Image.objects.get(pk=image.pk)])
    assert places[320].read_bytes() == whole
    assert sorted(media_root.joinpath("images").iterdir()) == sorted(places.values())


@pytest.mark.each_database
def test_made_twice_nothing_is_there_twice(kept: Callable[..., Image], media_root: Path) -> None:
    """Two workers that both think they are the one."""
    image = kept(GOOD, "twice.png", sizes=False)
    one, other = Image.objects.get(pk=image.pk), Image.objects.get(pk=image.pk)
    make([one])
    other.renditions.all()._raw_delete("default")
    make([other])
    make([one, other])
    assert image.renditions.count() == 3
    assert len(list((media_root / "images").iterdir())) == 3


@pytest.mark.each_database
def test_sizes_of_a_picture_that_went_or_was_replaced_meanwhile_are_not_kept(kept: Callable[..., Image]) -> None:
    image = kept(GOOD, "a.png", sizes=False)
    old = Image.objects.get(pk=image.pk)
    image.file.save("b.png", ContentFile(saved(noise((90, 90)), "PNG"), "b.png"))
    make([old])
    assert not image.renditions.exists()
    make([Image.objects.get(pk=image.pk)])
    assert ready(image)[320].width == 90
    gone = kept(GOOD, "gone.png", sizes=False)
    Image.objects.filter(pk=gone.pk)._raw_delete("default")
    make([gone])
    assert not gone.renditions.exists()


def test_a_picture_that_cannot_be_read_says_so(kept: Callable[..., Image]) -> None:
    image = kept(GOOD, sizes=False)
    Path(image.file.path).write_bytes(GOOD[:2000])
    with pytest.raises(NotTaken):
        make([image])
    Path(image.file.path).unlink()
    with pytest.raises(OSError, match="No such file"):
        make([Image.objects.get(pk=image.pk)])


def test_sizes_of_an_earlier_release_are_made_anew(kept: Callable[..., Image]) -> None:
    """They were made otherwise: 16-bit scans white."""
    image = kept(GOOD, "old.png")
    for width, rendition in ready(image).items():
        rendition.filter_spec = f"max-{width}x{width * 4}|format-webp"
        rendition.file = ContentFile(saved(noise(), "WEBP"), f"old.max-{width}.webp")
        rendition.save()
    assert list(repair.lacking()) == [image.pk]
    make([Image.objects.get(pk=image.pk)])
    assert image.renditions.count() == 3
    assert len(ready(Image.objects.get(pk=image.pk))) == 3


@pytest.mark.each_database
def test_tidy_lists_old_files_without_a_row_and_deletes_them_when_told(
    kept: Callable[..., Image], media_root: Path
) -> None:
    image = kept(GOOD, "kept.png")
    upload, size = media_root / "original_images/left.png", media_root / "images/left.1.320.abc.webp"
    young = media_root / "original_images/young.png"
    for place in (upload, size, young):
        place.write_bytes(GOOD)
    for place in [upload, size, Path(image.file.path), *(Path(r.file.path) for r in image.renditions.all())]:
        age(place, 7)
    said = run("tidy")
    assert "original_images/left.png\nimages/left.1.320.abc.webp\n没有记录的文件 2 个" in said
    assert upload.exists()
    assert size.exists()
    assert "0 个" in run("tidy", "--hours", "8", "--delete")
    assert "2 个，已删除" in run("tidy", "--delete")
    assert not upload.exists()
    assert not size.exists()
    assert young.exists()
    assert Path(image.file.path).exists()
    assert not lacks(Image.objects.get(pk=image.pk))
    with pytest.raises(CommandError):
        run("tidy", "--delete", "--hours", "0")


def test_tidy_before_the_first_upload(db: None) -> None:
    assert "没有记录的文件 0 个" in run("tidy")


@pytest.mark.parametrize(("prefix", "words"), [("", "黄浦江（图片正在准备"), ("/en", "is being prepared")])
def test_until_the_sizes_are_made_a_page_shows_a_sheet_of_the_pictures_shape(
    prefix: str, words: str, kept: Callable[..., Image], shown: Callable[..., Place], client: Client
) -> None:
    """And nothing is made while a reader waits."""
    image = kept(GOOD, sizes=False)
    Image.objects.filter(pk=image.pk).update(alt="黄浦江", alt_en="The Huangpu")
    place = shown(Image.objects.get(pk=image.pk))
    page = client.get(prefix + place.url).content.decode()
    assert 'class="picture-waiting"' in page
    assert 'width="180" height="120"' in page
    assert words in page
    assert not image.renditions.exists()
    make([image])
    with translation.override("zh-hans"):
        page = client.get(prefix + place.url).content.decode()
    assert "picture-waiting" not in page
    assert named(image, 320, Path(ready(image)[320].file.path).read_bytes()) in page


def test_no_page_names_an_upload(kept: Callable[..., Image], shown: Callable[..., Place], client: Client) -> None:
    image = kept(GOOD, "a.png", sizes=False)
    assert "original_images" not in client.get(shown(image).url).content.decode()
