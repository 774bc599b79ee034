"""The house stands as it was built: imports point one way, and the shelf does not shadow Python."""

import ast
import importlib
import re
import sys
from collections.abc import Iterable, Iterator
from pathlib import Path

import pytest
from django.conf import settings

from benchmarks.house import arrows, circle, floors, house, imported, modules, picture, room
from cms.models.kinds import kinds

ROOT = settings.ROOT
KINDS = settings.KINDS
FOLDERS = {kind: (settings.TEST_SHELF if kind in settings.STRANGERS else settings.SHELVES) / kind for kind in KINDS}
"""The folder of each kind; one that tests alone know keeps to the same rules."""
FORBIDDEN = {
    "search": {"cms", "media", "tests", *KINDS},
    "media": {"cms", "search", "tests", *KINDS},
    "cms": {"tests", *KINDS},
    **{str(folder.relative_to(ROOT)): {"tests", *KINDS} - {kind} for kind, folder in FOLDERS.items()},
}


def imports(path: Path) -> Iterator[tuple[int, str]]:
    """Yield the line and first name of each absolute import in a module, `import_module` included."""
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.Import):
            yield from ((node.lineno, alias.name.partition(".")[0]) for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.level == 0:
            yield node.lineno, (node.module or "").partition(".")[0]
        elif isinstance(node, ast.Call) and ast.unparse(node.func).endswith("import_module") and node.args:
            yield node.lineno, ast.unparse(node.args[0]).strip("'\"").partition(".")[0]


@pytest.mark.parametrize("room", FORBIDDEN)
def test_imports_point_one_way(room: str) -> None:
    """tests -> all; kind -> cms, search, media; cms -> search, media; search and media -> nothing."""
    wrong = [
        f"{path.relative_to(ROOT)}:{line} imports {name}"
        for path in sorted((ROOT / room).rglob("*.py"))
        for line, name in imports(path)
        if name in FORBIDDEN[room]
    ]
    assert not wrong, "\n".join(wrong)


NAMED = re.compile(r"""{%-?\s*(?:include|extends|static)\s+["']([a-z_]+)/""")
"""The folder of a template or file that a template takes in."""


@pytest.mark.parametrize("room", ["cms", "search", "media"])
def test_no_template_of_the_site_takes_in_a_kinds(room: str) -> None:
    """A kind puts its part on the front page itself (`on_front`); and the reader of templates sees each form."""
    wrong = [
        f"{path.relative_to(ROOT)}: {name}"
        for path in sorted((ROOT / room).rglob("templates/**/*.html"))
        for name in NAMED.findall(path.read_text("utf-8"))
        if name in KINDS
    ]
    assert not wrong, "\n".join(wrong)
    assert NAMED.findall('{% include \'a/b.html\' %}{% static "c/d.css" %}{%extends "e/f.html" %}') == ["a", "c", "e"]


def test_no_module_of_the_site_names_a_kind() -> None:
    """Neither an app nor a model of one, in any string that is code: text for people is Chinese."""
    # The parameter of a facet, and the form of a cell with a number in a row.
    models = {kind._meta.model_name for kind in kinds()} - {"place"}
    named = [
        f"{path.relative_to(ROOT)}:{node.lineno} {node.value}"
        for room in ("cms", "search", "media")
        for path in sorted((ROOT / room).rglob("*.py"))
        if "migrations" not in path.parts
        for node in ast.walk(ast.parse(path.read_text("utf-8")))
        if isinstance(node, ast.Constant) and node.value in models | set(KINDS)
    ]
    assert not named, "\n".join(named)


def test_the_reader_of_imports_sees_every_form(tmp_path: Path) -> None:
    """The guard above can fail: each way of importing is noticed."""
    module = tmp_path / "module.py"
    module.write_text("import a.b\nfrom c.d import e\nfrom . import f\nimportlib.import_module('g.h')\n")
    assert [name for _, name in imports(module)] == ["a", "c", "g"]


def test_no_modules_import_each_other_in_a_circle(tmp_path: Path) -> None:
    """An import inside a function would only hide one; and the guard itself can fail."""
    assert circle(house()) == []
    (tmp_path / "a.py").write_text("def late():\n    from b import name\n")
    (tmp_path / "b.py").write_text("import a\n")
    assert set(circle(modules(tmp_path))) == {"a", "b"}


FLOORS = (
    {"cms/visibility", "cms/dates", "cms/catalogue"},
    {"cms/models"},
    {"cms/journal", "cms/matching"},
    {"cms/indexing", "cms/pages", "cms/importing", "cms/setup", "cms/worker"},
    {"cms/finding", "cms/exporting", "cms/reconciling"},
    {"cms/desk"},
    {"cms"},
)
"""The rooms of cms from the ground up; docs/architecture.md says what each is for."""


def upward(pairs: Iterable[tuple[str, str]]) -> list[str]:
    """Return the arrows between rooms of cms that lead to a room of their own floor or of one above it."""
    height = {name: at for at, names in enumerate(FLOORS) for name in names}
    inner = [(one, other) for one, other in pairs if one in height and other in height]
    return sorted(f"{one} -> {other}" for one, other in inner if height[one] <= height[other])


def test_the_rooms_of_cms_stand_on_their_floors() -> None:
    """No arrow leads upward or sideways, no room is without a floor, no module stands outside the rooms; and it can fail."""
    assert upward(arrows()) == []
    assert {name for name in map(room, house()) if name.startswith("cms")} == set().union(*FLOORS)
    assert upward([("cms/models", "cms/pages"), ("cms/pages", "cms/setup"), ("cms/desk", "cms/models")]) == [
        "cms/models -> cms/pages",
        "cms/pages -> cms/setup",
    ]


def test_the_guides_application_stands_on_the_kinds_models() -> None:
    """Models of tours know nothing of the bench, of walking or of packs."""
    models = {name: path for name, path in house().items() if name.startswith("tours.models")}
    application = {name: path for name, path in house().items() if name.startswith("tours.guiding")}
    assert [name for name, path in models.items() if imported(path, application)] == []


def test_the_picture_of_the_house_is_of_this_house() -> None:
    """`benchmarks/house.py docs/images/house.svg` draws it anew."""
    assert (ROOT / "docs/images/house.svg").read_text("utf-8") == picture()
    assert sum(map(len, floors(arrows()))) == len({room(name) for name in house()})


@pytest.mark.parametrize("folder", ["collections", "tests"])
def test_no_init_on_the_shelf_or_under_tests(folder: str) -> None:
    """`collections/__init__.py` breaks Python itself; one under tests would shadow the rooms."""
    places = [ROOT / folder / "__init__.py"]
    if folder == "tests":
        found = (ROOT / folder).rglob("__init__.py")
        places = [path for path in found if not path.is_relative_to(settings.TEST_SHELF)]
    assert not [place for place in places if place.exists()]


def test_no_kind_is_named_like_a_module_of_python() -> None:
    """The shelf is last on the path, so such a kind could never be imported."""
    assert not set(KINDS) & set(sys.stdlib_module_names)


@pytest.mark.parametrize("kind", KINDS)
def test_kind_is_imported_from_its_own_folder(kind: str) -> None:
    """Nothing installed carries the same name and wins."""
    assert Path(importlib.import_module(kind).__file__).parent == FOLDERS[kind]


@pytest.mark.parametrize("kind", KINDS)
def test_kind_has_a_migrations_package(kind: str) -> None:
    """Without one `makemigrations --check` passes and says nothing, and no table is ever made."""
    assert (FOLDERS[kind] / "migrations" / "__init__.py").exists()


def test_the_shelf_is_last_on_the_path() -> None:
    """Python's own `collections` keeps winning."""
    assert sys.path.index(str(settings.SHELVES)) > 0
    assert "collections" in sys.stdlib_module_names
    assert not Path(importlib.import_module("collections").__file__).is_relative_to(ROOT)
