"""The language in which somebody walks a tour: remembered from one scanned code to the next."""

from django.http import HttpRequest, HttpResponse

from cms.catalogue.bilingual import in_english
from cms.pages.language import ENGLISH_PREFIX

COOKIE = "stop_language"
KEPT = 180 * 24 * 3600
"""Seconds."""


def remember(answer: HttpResponse) -> HttpResponse:
    """Keep the language of the page that was just drawn."""
    chosen = "en" if in_english() else "zh"
    answer.set_cookie(COOKIE, chosen, max_age=KEPT, samesite="Lax", httponly=True)
    return answer


def spoken(request: HttpRequest) -> str:
    """Return the language code for whoever scanned a code: as addressed, as remembered, or as the browser wishes."""
    if request.path.startswith(ENGLISH_PREFIX):
        return "en"
    kept = request.COOKIES.get(COOKIE, "")
    wishes = request.headers.get("Accept-Language", "")[:200].lower()
    first = next((wish.strip()[:2] for wish in wishes.split(",") if wish.strip()[:2] in ("zh", "en")), "")
    # Who wishes for neither reads English sooner than Chinese.
    wanted = kept or first or ("en" if wishes.strip() else "zh")
    return "en" if wanted == "en" else "zh-hans"
