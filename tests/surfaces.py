"""Where a holding could show: each folder of tests says it in its `surfaces.py`, and the walk of visibility takes them all up.

`CASES` names each address with where it could show a holding, or says why it cannot; `PAGES` adds surfaces to the pages of the
tree; `prepare` ties a holding that will be hidden, and its neighbour, to what the folder's kind shows.
"""

from collections.abc import Callable
from functools import cache
from importlib.util import module_from_spec, spec_from_file_location
from pathlib import Path
from types import ModuleType

from django.conf import settings
from django.test import Client
from django.utils import translation

from cms.models import Holding

TITLE = "隐现楼记"
WORD = "梧桐絮语"

Surface = Callable[[Client, Holding, Holding], str]
Case = dict[str, Surface] | str


def page_of(address: Callable[[Holding, Holding], str]) -> Surface:
    """Make a surface of an address: its text in both languages, nothing for one that is not found."""

    def read(client: Client, hidden: Holding, neighbour: Holding) -> str:
        texts = []
        for prefix in ("", "/en"):
            # The English page before leaves its language behind, and addresses are made in it.
            with translation.override("zh-hans"):
                here = prefix + address(hidden, neighbour)
            answer = client.get(here)
            assert answer.status_code in (200, 302, 404, 410), f"{answer.status_code} at {answer.request['PATH_INFO']}"
            texts.append(answer.content.decode() if answer.status_code in (200, 410) else "")
        return "".join(texts)

    return read


def path_of(page: object) -> str:
    """Return a page's path without host."""
    return page.get_url_parts()[2]


@cache
def modules() -> list[ModuleType]:
    """Return the `surfaces.py` of every folder of tests."""
    return [load(path) for path in sorted((settings.ROOT / "tests").rglob("*/surfaces.py"))]


def load(path: Path) -> ModuleType:
    """Return a module by its file: folders of tests are no packages."""
    spec = spec_from_file_location(f"surfaces_of_{path.parent.name}", path)
    module = module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def cases() -> dict[str, Case]:
    """Return the case of every address."""
    found: dict[str, Case] = {}
    for module in modules():
        found |= module.CASES
    for module in modules():
        found["wagtail_serve"] |= getattr(module, "PAGES", {})
    return found


def prepare(hidden: Holding, neighbour: Holding) -> None:
    """Tie a holding that will be hidden, and its neighbour, to what every kind shows."""
    for module in modules():
        getattr(module, "prepare", lambda *holdings: None)(hidden, neighbour)
