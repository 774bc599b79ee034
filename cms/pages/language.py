"""The reader's language, which stands in the address: none is Chinese, `/en/` English."""

from django.http import HttpRequest, HttpResponse
from django.middleware.locale import LocaleMiddleware
from django.utils.translation import get_language

ENGLISH_PREFIX = "/en/"


class LanguageInAddress(LocaleMiddleware):
    """Takes the language from the address alone; a browser's wishes never move a reader elsewhere."""

    def process_request(self, request: HttpRequest) -> None:
        """Set the language and mark whether the reader spares data."""
        super().process_request(request)
        request.save_data = request.headers.get("Save-Data", "").lower() == "on"

    def process_response(self, request: HttpRequest, response: HttpResponse) -> HttpResponse:
        """Say which language the answer is in; it depends on the address alone, so caches need not tell readers apart."""
        response.headers.setdefault("Content-Language", get_language())
        return response


def other_address(path: str, query: str) -> str:
    """Return the address of the same page in the other language."""
    if path.startswith(ENGLISH_PREFIX):
        other = path.removeprefix("/en")
    elif path == "/en":
        other = "/"
    else:
        other = "/en" + path
    return f"{other}?{query}" if query else other


def both_addresses(path: str) -> dict[str, str]:
    """Return the Chinese and the English address of a page, for `hreflang`."""
    other = other_address(path, "")
    return {"en": path, "zh-Hans": other} if path.startswith(ENGLISH_PREFIX) else {"zh-Hans": path, "en": other}
