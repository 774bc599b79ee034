"""Templates have one thought a line and are short, and the blocks that they are made from stand in the docs."""

import base64
import hashlib
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.conf import settings

from benchmarks.house import LONG_LINE, templates

ROOT = settings.ROOT
LONGEST = 80
"""Lines of a template."""
TEMPLATES = list(templates())
FRAMES = {"base": ROOT / "cms/templates/cms/base.html", "holding": ROOT / "cms/templates/cms/holding.html"}


def too_much(path: Path) -> Iterator[str]:
    """Yield each line of a template that is too wide, and the template itself when it is too long."""
    lines = path.read_text("utf-8").splitlines()
    yield from (
        f"{path}:{number} has {len(line)} characters" for number, line in enumerate(lines, 1) if len(line) > LONG_LINE
    )
    if len(lines) > LONGEST:
        yield f"{path} has {len(lines)} lines"


def test_no_template_is_too_wide_or_too_long() -> None:
    """What is joined into long lines can be neither reviewed nor blamed."""
    assert len(TEMPLATES) > 100
    assert [fault for path in TEMPLATES for fault in too_much(path)] == []


def test_the_guard_of_templates_can_fail(tmp_path: Path) -> None:
    """At the limits nothing is said, one past them is; a Chinese character counts as one."""
    page = tmp_path / "page.html"
    page.write_text("志" * LONG_LINE + "\n" + "<p>\n" * (LONGEST - 1), "utf-8")
    assert list(too_much(page)) == []
    page.write_text("<p>\n" + "志" * (LONG_LINE + 1) + "\n" + "<p>\n" * (LONGEST - 1), "utf-8")
    assert list(too_much(page)) == [f"{page}:2 has 141 characters", f"{page} has 81 lines"]


REMEMBERED = ("prefs.html", "fitting.html")
"""How one reads, which is kept on purpose; and a guide's own question."""


def remembered(template: str) -> list[str]:
    """Return the forms of a template that a browser fills in again after Back: what is ticked would stand over a list of all."""
    forms = re.findall(r"<form\b.*?(?:</form>|\Z)", template, re.S)
    reads = [one for one in forms if not re.match(r"<form[^>]*\bmethod\s*=\s*[\"']?post", one, re.I)]
    chosen = [one for one in reads if re.search(r'type="(?:checkbox|radio)"|<select', one)]
    return [one for one in chosen if 'autocomplete="off"' not in one.split(">", 1)[0]]


def test_no_filter_is_remembered_by_the_browser() -> None:
    """Whatever kind it is of; and the guard can fail."""
    assert remembered('<form method="get"><select name="a"></select></form>')
    assert not remembered('<form method="post"><select name="a"></select></form>')
    pages = [path for path in TEMPLATES if path.name not in REMEMBERED]
    assert [str(path) for path in pages if remembered(path.read_text("utf-8"))] == []


def blocks(template: str) -> set[str]:
    """Return the names of the blocks that a template defines."""
    return set(re.findall(r"{% block (\w+) %}", template))


def listed(docs: str) -> dict[str, str]:
    """Return each block of the table in the docs with the frame that it is said to be of."""
    return dict(re.findall(r"^\| `(\w+)` \| (base|holding) \|", docs, re.M))


def test_the_docs_list_the_blocks() -> None:
    """Each block of the two frames, with the first that has it, and none that neither has."""
    base, holding = (blocks(path.read_text("utf-8")) for path in FRAMES.values())
    wanted = dict.fromkeys(holding, "holding") | dict.fromkeys(base, "base")
    assert len(wanted) > 10
    assert listed((ROOT / "docs/contributor.md").read_text("utf-8")) == wanted


@pytest.mark.parametrize("row", ["| `main` | holding | a block |", "| main | base | a block |", ""])
def test_the_guard_of_the_list_can_fail(row: str) -> None:
    """A block that is said to be of the other frame, is not marked as code or is left out is noticed."""
    assert listed("| `main` | base | a block |") == dict.fromkeys(blocks("{% block main %}"), "base")
    assert listed(row) != {"main": "base"}


def test_no_template_has_a_style_in_it() -> None:
    """Pages may have none: it would be for whoever gets a word into them, too. A pack for a phone is a file of its own."""
    styled = [path for path in TEMPLATES if re.search(r"<style|\bstyle=", path.read_text("utf-8"))]
    assert [path.name for path in styled] == ["500.html", "single.html"]


def test_the_style_of_the_error_page_is_allowed_by_its_digest() -> None:
    style = re.search(r"<style>(.*?)</style>", (ROOT / "cms/templates/500.html").read_text("utf-8"), re.S)[1]
    digest = base64.b64encode(hashlib.sha256(style.encode()).digest()).decode()
    assert settings.CONTENT_SECURITY_POLICY["DIRECTIVES"]["style-src"] == ["'self'", f"'sha256-{digest}'"]
