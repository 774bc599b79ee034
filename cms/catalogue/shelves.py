"""Which shelf a kind stands on; kinds name one of these or bring their own."""

from dataclasses import dataclass
from typing import Literal

Group = Literal["read", "know", "go"]
"""Where a shelf stands in the list of all: what is read, whom and what one looks up, where one goes."""


@dataclass(frozen=True)
class ShelfSpec:
    """A shelf's address, titles and place in the navigation (0: not in it)."""

    slug: str
    title: str
    title_en: str
    nav_title: str = ""
    nav_title_en: str = ""
    nav_order: int = 0
    intro: str = ""
    intro_en: str = ""
    group: Group = "read"
