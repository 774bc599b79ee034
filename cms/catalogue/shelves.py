"""Which shelf a kind stands on; kinds name one of these or bring their own."""

from dataclasses import dataclass


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
