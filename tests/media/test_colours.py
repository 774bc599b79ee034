"""What a picture looks like after its sizes were made: every form of pixel, upright, in its own colours, with nothing of the camera's."""

import io
from collections.abc import Callable
from pathlib import Path

import pytest
from django.conf import settings
from PIL import Image as Pillow
from PIL import ImageCms, ImageDraw

from benchmarks.broken_pictures import saved
from media.sandbox import reduced
from media.sizes import BOXES

CASES = settings.ROOT / "tests/cases"
LEFT, RIGHT = (20, 30), (280, 30)


def made(data: bytes, width: int = 320) -> Pillow.Image:
    """Return a picture as its page shows it."""
    return Pillow.open(io.BytesIO(reduced(io.BytesIO(data), BOXES)[width].data))


def near(found: tuple[int, ...], wanted: tuple[int, ...], by: int = 12) -> bool:
    """Tell whether two colours look the same."""
    return len(found) == len(wanted) and all(abs(a - b) <= by for a, b in zip(found, wanted, strict=True))


def ramp(mode: str, size: tuple[int, int] = (300, 60)) -> Pillow.Image:
    """Return an even ramp from black to white."""
    grey = Pillow.linear_gradient("L").rotate(90).resize(size)
    if mode == "I;16":
        return grey.convert("I").point(lambda value: value * 257).convert("I;16")
    return grey.convert(mode)


@pytest.mark.parametrize("mode", ["L", "LA", "RGB", "RGBA", "I;16", "P"])
@pytest.mark.parametrize("size", [(300, 60), (3000, 600)], ids=["small", "large"])
def test_a_ramp_stays_an_even_ramp(mode: str, size: tuple[int, int]) -> None:
    picture = made(saved(ramp(mode, size), "PNG")).convert("RGB")
    greys = [
        picture.getpixel((round(picture.width * part), picture.height // 2))[0]
        for part in (0.05, 0.25, 0.5, 0.75, 0.95)
    ]
    assert all(abs(grey - 255 * part) < 14 for grey, part in zip(greys, (0.05, 0.25, 0.5, 0.75, 0.95), strict=True)), (
        greys
    )


def test_r08_sixteen_bits_of_grey_are_no_white_sheet() -> None:
    data = (CASES / "pictures/r08.png").read_bytes()
    source, picture = Pillow.open(io.BytesIO(data)), made(data).convert("L")
    assert source.mode == "I;16"
    for part in (0.0, 0.25, 0.5, 0.75, 0.999):
        at = int(source.width * part), source.height // 2
        assert abs(source.getpixel(at) / 257 - picture.getpixel((int(picture.width * part), picture.height // 2))) < 8


def halves(mode: str, left: object, right: object) -> Pillow.Image:
    """Return a picture of two colours."""
    picture = Pillow.new(mode, (300, 60), right)
    ImageDraw.Draw(picture).rectangle((0, 0, 150, 60), fill=left)
    return picture


def test_one_bit_is_black_and_white() -> None:
    picture = made(saved(halves("1", 0, 1), "PNG")).convert("RGB")
    assert near(picture.getpixel(LEFT), (0, 0, 0))
    assert near(picture.getpixel(RIGHT), (255, 255, 255))


def test_a_palette_keeps_its_colours_and_its_hole() -> None:
    indexed = halves("RGB", (200, 40, 30), (10, 90, 160)).quantize(2)
    hole = indexed.getpixel(LEFT)
    picture = made(saved(indexed, "PNG", transparency=hole))
    assert picture.getpixel(LEFT)[3] == 0
    assert near(picture.getpixel(RIGHT), (10, 90, 160, 255))


def test_grey_with_a_hole() -> None:
    picture = made(saved(halves("LA", (90, 0), (90, 255)), "PNG"))
    assert (picture.getpixel(LEFT)[3], picture.getpixel(RIGHT)[3]) == (0, 255)
    assert near(picture.getpixel(RIGHT), (90, 90, 90, 255))


def test_a_transparent_colour_of_rgb_is_a_hole() -> None:
    picture = made(saved(halves("RGB", (0, 0, 0), (250, 250, 250)), "PNG", transparency=(0, 0, 0)))
    assert (picture.getpixel(LEFT)[3], picture.getpixel(RIGHT)[3]) == (0, 255)


def test_the_edge_of_a_hole_takes_no_colour_from_inside_it() -> None:
    """Reduced without weighing by alpha, the unseen black would darken the edge."""
    picture = made(saved(halves("RGBA", (0, 0, 0, 0), (255, 255, 255, 255)).resize((3000, 600)), "PNG"))
    for at in range(0, picture.width, 2):
        *colour, alpha = picture.getpixel((at, 30))
        assert alpha < 128 or min(colour) > 225


def test_cmyk_is_not_turned_over() -> None:
    picture = made(saved(halves("CMYK", (0, 255, 255, 0), (255, 255, 0, 0)), "JPEG", quality=95)).convert("RGB")
    left, right = picture.getpixel(LEFT), picture.getpixel(RIGHT)
    assert left[0] > 180 > 90 > max(left[1:])
    assert right[2] > right[0]
    assert right[2] > right[1]


def test_a_wide_gamut_comes_into_that_of_pages() -> None:
    """A profile that says "red and green changed places" is obeyed; dropped, the colours would be wrong."""
    srgb = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
    swapped = srgb.replace(b"rXYZ", b"tEmP", 1).replace(b"gXYZ", b"rXYZ", 1).replace(b"tEmP", b"gXYZ", 1)
    picture = made(saved(halves("RGB", (255, 0, 0), (0, 255, 0)), "PNG", icc_profile=swapped)).convert("RGB")
    assert near(picture.getpixel(LEFT), (0, 255, 0), 40)
    assert near(picture.getpixel(RIGHT), (255, 0, 0), 40)
    assert "icc_profile" not in made(saved(halves("RGB", 0, 1), "PNG", icc_profile=srgb)).info


@pytest.mark.parametrize("turn", range(1, 9))
@pytest.mark.parametrize("large", [1, 12])
def test_every_turning_of_a_camera_comes_upright(turn: int, large: int) -> None:
    upright = halves("RGB", (220, 20, 20), (20, 20, 220))
    back = {2: 0, 3: 3, 4: 1, 5: 5, 6: 2, 7: 6, 8: 4}
    stored = upright if turn == 1 else upright.transpose(Pillow.Transpose(back[turn]))
    exif = Pillow.Exif()
    exif[0x0112] = turn
    stored = stored.resize((stored.width * large, stored.height * large))
    picture = made(saved(stored, "JPEG", exif=exif, quality=95)).convert("RGB")
    assert picture.width / picture.height == pytest.approx(5, rel=0.05)
    assert near(picture.getpixel((20, 30)), (220, 20, 20), 30)
    assert near(picture.getpixel((280, 30)), (20, 20, 220), 30)


@pytest.mark.parametrize("case", ["hostile/gps.jpg", "pictures/r07.jpg"])
def test_r07_sizes_carry_nothing_of_the_camera(case: str) -> None:
    data = (CASES / case).read_bytes()
    assert Pillow.open(io.BytesIO(data)).getexif().get_ifd(0x8825), "the case has no GPS"
    for size in reduced(io.BytesIO(data), BOXES).values():
        picture = Pillow.open(io.BytesIO(size.data))
        assert not picture.getexif()
        assert not {"exif", "xmp", "comment"} & picture.info.keys()
        assert b"GPSCANARY" not in size.data


@pytest.mark.parametrize("size", [(10, 10), (330, 200), (2000, 100), (100, 7000), (4001, 2999)])
def test_sizes_fit_and_none_is_enlarged(size: tuple[int, int], kept: Callable, tmp_path: Path) -> None:
    data = saved(Pillow.new("RGB", size, "#8e3b2a"), "PNG")
    for width, made_of in reduced(io.BytesIO(data), BOXES).items():
        assert (made_of.width, made_of.height) == Pillow.open(io.BytesIO(made_of.data)).size
        assert made_of.width <= min(width, size[0])
        assert made_of.height <= min(width * 4, size[1])
        assert made_of.width == min(width, size[0]) or made_of.height == min(width * 4, size[1])
