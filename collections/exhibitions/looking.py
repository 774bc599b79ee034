"""The drawing of a close look: the picture with frames, flags and lines, in the units of its largest size for pages."""

from collections.abc import Sequence
from dataclasses import dataclass

from exhibitions.models import CloseUp, Exhibit
from media.models import Rendition
from media.renditions import ready

MARGIN = 0.088
"""The strip beside the picture through which lines lead to the captions, as a share of its width."""
LINES = 5
"""With more captions than this, they stand lower than their frames: numbers alone lead to them."""
SHAPE = 0.62
"""Height of a detail by its width."""


@dataclass(frozen=True)
class Region:
    """One region as it is drawn: numbers for SVG's attributes, and the window of its detail."""

    closeup: CloseUp
    number: int
    x: float
    y: float
    width: float
    height: float
    line: str
    window: str
    flag: float

    @property
    def tip(self) -> str:
        """The outline of its flag."""
        f = self.flag
        return f"M0 0h{f:g}v{f * 1.2:g}l{-f / 2:g} {-f / 2:g}l{-f / 2:g} {f / 2:g}z"

    @property
    def middle(self) -> float:
        """Half the width of its flag, where its number stands."""
        return self.flag / 2

    @property
    def foot(self) -> float:
        """Where its number stands from above."""
        return self.flag * 0.72


@dataclass(frozen=True)
class Look:
    """A picture and its regions; `view` is the window of the whole, with the strip for lines."""

    exhibit: Exhibit
    picture: Rendition
    regions: list[Region]

    @property
    def view(self) -> str:
        """The window of the whole drawing."""
        return f"0 0 {self.picture.width * (1 + MARGIN):.0f} {self.picture.height}"

    @property
    def stroke(self) -> float:
        """The thickness of a line."""
        return round(self.picture.width / 340, 1)


def look(exhibit: Exhibit, closeups: Sequence[CloseUp]) -> Look | None:
    """Draw a close look; None where there is nothing to be seen, or the picture's sizes are not made yet."""
    made = ready(exhibit.cover) if exhibit.cover and closeups else {}
    if not made:
        return None
    picture = made[max(made)]
    many = len(closeups)
    return Look(exhibit, picture, [region(one, n, many, picture) for n, one in enumerate(closeups)])


def region(closeup: CloseUp, at: int, many: int, picture: Rendition) -> Region:
    """Return one region in the units of the picture."""
    whole, high = picture.width, picture.height
    x, width = float(closeup.left) * whole / 100, float(closeup.width) * whole / 100
    y, height = float(closeup.top) * high / 100, float(closeup.height) * high / 100
    flag = min(whole, high * 1.4) / 24
    # From the middle of its edge to beside its caption, each of which has an equal share of the height.
    end = (at + 0.5) * high / many
    bend = max(x + width, whole * 1.02)
    line = f"M{x + width:.1f} {y + height / 2:.1f}L{bend:.1f} {end:.1f}H{whole * (1 + MARGIN):.1f}"
    return Region(
        closeup,
        at + 1,
        round(x, 1),
        round(y, 1),
        round(width, 1),
        round(height, 1),
        line if many <= LINES else "",
        window(x, y, width, height),
        round(flag, 1),
    )


def window(x: float, y: float, width: float, height: float) -> str:
    """Return the window of a detail: the region with what is beside it, in the shape that all details have."""
    wide, tall = max(width, height / SHAPE), max(height, width * SHAPE)
    return f"{x + (width - wide) / 2:.1f} {y + (height - tall) / 2:.1f} {wide:.1f} {tall:.1f}"
