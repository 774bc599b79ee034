"""English stands where its Chinese does: the site's words with the site, a kind's with the kind, and one word has one translation."""

import gettext
import re
from functools import cache

import pytest
from django.conf import settings

ROOT = settings.ROOT
SITE = ("cms", "search", "media")
KINDS = [f"collections/{kind}" for kind in settings.KINDS if kind not in settings.STRANGERS]
KINDS += [f"tests/shelf/{kind}" for kind in settings.STRANGERS]
CONTEXT = "\x04"
CALLED = re.compile(r"\s+|[\"']\s+f?[\"']|\\")
"""What a source may have between the characters of a message: line breaks, quotes that join literals, escapes."""


def compiled(folder: str) -> dict[str | tuple[str, int], str]:
    """Return the compiled English of a folder: by message, or by message and number of the plural form; a context stands before it."""
    path = ROOT / folder / "locale/en/LC_MESSAGES/django.mo"
    if not path.exists():
        return {}
    with path.open("rb") as file:
        return {key: text for key, text in gettext.GNUTranslations(file)._catalog.items() if key}


def catalogue(folder: str) -> dict[str, str]:
    """Return the compiled English of a folder by message, of a plural one of its forms."""
    return {(key if isinstance(key, str) else key[0]): text for key, text in compiled(folder).items()}


@cache
def sources(folder: str) -> str:
    """Return all that a folder's modules and templates say, without what a message may be broken by."""
    files = [path for suffix in ("py", "html", "txt") for path in sorted((ROOT / folder).rglob(f"*.{suffix}"))]
    texts = [path.read_text("utf-8") for path in files if "migrations" not in path.parts]
    return CALLED.sub("", "\n".join(texts))


def message(key: str) -> str:
    """Return a message without its context, as `sources` has it."""
    return CALLED.sub("", key.rpartition(CONTEXT)[2])


def strangers(folders: tuple[str, ...], catalogue_of: dict[str, str]) -> list[str]:
    """Return the messages of a catalogue that no file of these folders has; templates write `{{ n }}` for `%(n)s`."""
    told = "".join(map(sources, folders))
    forms = {
        key: {message(key), re.sub(r"%\((\w+)\)s", r"{{\1}}", message(key)).replace("%%", "%")} for key in catalogue_of
    }
    return sorted(key for key, some in forms.items() if not any(form in told for form in some))


def test_the_sites_catalogue_has_nothing_of_a_kind() -> None:
    assert strangers(SITE, catalogue("cms")) == []
    assert strangers(SITE, {"二十一座志汇角": "x"}) == ["二十一座志汇角"]


@pytest.mark.parametrize("kind", KINDS)
def test_a_kinds_catalogue_is_its_own(kind: str) -> None:
    assert catalogue(kind)
    assert strangers((kind,), catalogue(kind)) == []


def test_one_message_has_one_translation() -> None:
    """Django joins all catalogues into one; where two differ, one of them is never seen. `pgettext` tells them apart."""
    meant: dict[str, set[str]] = {}
    for folder in ("cms", *KINDS):
        for key, text in catalogue(folder).items():
            meant.setdefault(key, set()).add(text)
    assert {key: texts for key, texts in meant.items() if len(texts) > 1} == {}


@pytest.mark.parametrize("folder", ["cms", *KINDS])
def test_a_catalogue_is_compiled(folder: str) -> None:
    """`msgfmt` makes the .mo beside each .po; what was written and not compiled nobody sees."""
    written = (ROOT / folder / "locale/en/LC_MESSAGES/django.po").read_text("utf-8")
    texts = re.findall(r'^msgstr(?:\[\d\])? ((?:".*"\n?)+)', written, re.M)
    said = {"".join(re.findall(r'"(.*)"', text)).replace('\\"', '"').replace("\\n", "\n") for text in texts}
    assert set(compiled(folder).values()) == {text for text in said if text and "Content-Type" not in text}
