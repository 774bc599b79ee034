"""The script that keeps pages for flight mode, with its sentences in both languages, served where it may look after the site's tours."""

import json
from functools import cache
from pathlib import Path

from django.http import HttpRequest, HttpResponse
from django.template.loader import render_to_string
from django.utils.translation import override

from cms.catalogue.bilingual import in_english

FOLDER = Path(__file__).with_name("worker")
PARTS = ("shelves", "keeping", "leaving", "answering", "routes")
PAGES = {
    "tours/walking/away.html": ("missing", "slow", "slow_bare", "unsent", "left"),
    "tours/walking/kept_note.html": ("offline", "unasked", "chosen"),
}
"""Templates and what each says; `{when}`, `{address}` and `{rest}` in them are filled in by the script."""


@cache
def script() -> str:
    """Return the worker's text; a new one comes with a new process."""
    said = {language: sentences(language) for language in ("zh-hans", "en")}
    parts = [(FOLDER / f"{name}.js").read_text("utf-8") for name in PARTS]
    return "\n".join([f"const PAGES = {json.dumps(said, ensure_ascii=False)};", *parts])


def sentences(language: str) -> dict[str, str]:
    """Return what the worker says in one language, by the kind of it."""
    with override(language):
        return {
            kind: render_to_string(name, {"kind": kind, "english": in_english()}).strip()
            for name, kinds in PAGES.items()
            for kind in kinds
        }


def worker(request: HttpRequest) -> HttpResponse:
    """Serve it with leave for any scope: pages ask for those of the bench, of tours and of signs alone."""
    answer = HttpResponse(script(), content_type="text/javascript; charset=utf-8")
    answer["Service-Worker-Allowed"] = "/"
    answer["Cache-Control"] = "no-cache"
    return answer
