"""What is installed: each package once, pinned, with the digest of its files, asked for by somebody who says why."""

import re

import pytest
from django.conf import settings
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

ASKED, PINNED = "requirements.in", "requirements.txt"
ASKED_BY_TESTS, PINNED_BY_TESTS = "requirements-dev.in", "requirements-dev.txt"


def lines(name: str) -> list[str]:
    """Return the requirements of a file, each on one line, without remarks and without other files' names."""
    text = (settings.ROOT / name).read_text("utf-8").replace("\\\n", " ")
    bare = (re.sub(r"(^|\s)#.*", "", line).strip() for line in text.splitlines())
    return [line for line in bare if line and not line.startswith("-r")]


def names(name: str) -> set[str]:
    """Return the packages that a file names."""
    return {canonicalize_name(Requirement(line.partition("--hash")[0]).name) for line in lines(name)}


@pytest.mark.parametrize("name", [PINNED, PINNED_BY_TESTS])
def test_every_package_is_pinned_with_digests(name: str) -> None:
    """Without digests pip takes whatever a mirror serves under the version; with one missing it takes nothing."""
    for line in lines(name):
        requirement, _, digests = line.partition("--hash")
        assert [one.operator for one in Requirement(requirement).specifier] == ["=="], requirement
        assert digests.startswith("=sha256:"), requirement


def test_the_site_is_tested_on_what_it_runs_on() -> None:
    """Both files pin the same version of whatever both name."""
    assert set(lines(PINNED)) <= set(lines(PINNED_BY_TESTS))


@pytest.mark.parametrize(("asked", "pinned"), [(ASKED, PINNED), (ASKED_BY_TESTS, PINNED_BY_TESTS)])
def test_what_is_asked_for_is_pinned(asked: str, pinned: str) -> None:
    """A line added without `make pins` would be installed nowhere."""
    assert names(asked) <= names(pinned)


@pytest.mark.parametrize("asked", [ASKED, ASKED_BY_TESTS])
def test_whatever_is_asked_for_says_why(asked: str) -> None:
    """In docs/decisions.md, by its name."""
    decisions = (settings.ROOT / "docs/decisions.md").read_text("utf-8").lower()
    assert {name for name in names(asked) if name not in decisions} == set()
