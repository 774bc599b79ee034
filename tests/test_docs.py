"""The docs mention everything that can be set, run or filled in: what is not named is not findable."""

import ast
import re
from collections.abc import Iterator

import pytest
from django.conf import settings

from cms.models import Holding
from cms.models.kinds import kinds, parts

ROOT = settings.ROOT
DOCS = "\n".join(page.read_text("utf-8") for page in sorted((ROOT / "docs").glob("*.md")))
ON_THE_SHELF = [model for model in (*kinds(), *parts()) if model._meta.app_label not in settings.STRANGERS]
ELSEWHERE = {"pictures/", "sounds/", "var/", "locale/en/", "demo/pictures/", "parts/"}
"""Folders of a librarian, of an operator, and of any kind; of templates."""
ROOMS = ("cms", "search", "media", "collections")


def read_from_environment() -> Iterator[str]:
    """Yield each name that base settings ask `env` for."""
    for node in ast.walk(ast.parse((ROOT / "cms/settings/base.py").read_text("utf-8"))):
        if isinstance(node, ast.Call) and ast.unparse(node.func).split(".")[0] == "env" and node.args:
            yield ast.literal_eval(node.args[0])


def commands() -> list[str]:
    """Return the name of each management command of ours."""
    found = (path for room in ROOMS for path in (ROOT / room).rglob("management/commands/*.py"))
    return sorted(path.stem for path in found if not path.stem.startswith("_"))


def own_fields() -> list[str]:
    """Return the name of each field that Holding adds to Wagtail's page."""
    return [field.name for field in Holding._meta.local_fields if field.name != "page_ptr"]


@pytest.mark.parametrize("name", sorted(set(read_from_environment())))
def test_setting_is_documented(name: str) -> None:
    """Each name read from the environment stands in docs/."""
    assert f"`{name}`" in DOCS


@pytest.mark.parametrize("name", commands())
def test_command_is_documented(name: str) -> None:
    """Each management command stands in docs/ as it is typed."""
    assert f"manage.py {name}" in DOCS


@pytest.mark.parametrize("name", own_fields())
def test_field_is_documented(name: str) -> None:
    """Each field of Holding stands in docs/."""
    assert f"`{name}`" in DOCS


@pytest.mark.parametrize("model", ON_THE_SHELF, ids=lambda model: model._meta.model_name)
def test_headings_are_in_the_librarians_manual(model: type) -> None:
    """Whoever fills in a table finds each of its headings, and what to call the kind, in the manual."""
    manual = (ROOT / "docs/librarian.md").read_text("utf-8")
    columns = model.columns() if callable(model.columns) else model.columns
    assert [column.heading for column in columns if column.heading not in manual] == []
    assert f"`{model._meta.model_name}`" in manual


def test_files_that_the_docs_name_are_there() -> None:
    """A name with a folder in it is a path from the root, from the shelf or of a template; one of a kind's, or to be chosen, has a sign in it that no path has."""
    named = set(re.findall(r"`([a-z_.]+(?:/[a-z_.]+)*/[a-z_.]*)`", DOCS)) - ELSEWHERE
    shelves = [ROOT, ROOT / "collections", *ROOT.glob("*/templates"), *ROOT.glob("collections/*/templates")]
    assert sorted(name for name in named if not any((shelf / name).exists() for shelf in shelves)) == []


def test_only_base_reads_the_environment() -> None:
    """Settings are read in one place, so this list is the whole list."""
    readers = [
        str(path.relative_to(ROOT))
        for room in ROOMS
        for path in (ROOT / room).rglob("*.py")
        if any(word in path.read_text("utf-8") for word in ("os.environ[", "os.environ.get", "getenv("))
    ]
    assert readers == []
