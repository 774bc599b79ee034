"""The reader's language, which stands in the address: none is Chinese, `/en/` English."""

from django.http import HttpRequest, QueryDict
from django.http.response import HttpResponseBase
from django.middleware.locale import LocaleMiddleware
from django.utils.translation import get_language

ENGLISH_PREFIX = "/en/"
LONGEST_QUERY = 4000
"""Characters of an address that are carried over to the other language; servers refuse a line of more than 4,094."""


class LanguageInAddress(LocaleMiddleware):
    """Takes the language from the address alone; a browser's wishes never move a reader elsewhere."""

    def process_request(self, request: HttpRequest) -> None:
        """Set the language and mark whether the reader spares data."""
        super().process_request(request)
        spares = request.headers.get("Save-Data", "").lower() == "on"
        request.save_data = spares  # type: ignore[attr-defined]  # a mark of ours

    def process_response(self, request: HttpRequest, response: HttpResponseBase) -> HttpResponseBase:
        """Say which language the answer is in; it depends on the address alone, so caches need not tell readers apart."""
        response.headers.setdefault("Content-Language", get_language())
        return response


def other_address(path: str, get: QueryDict) -> str:
    """Return the address of the same page in the other language, with its parameters; what is too long to carry over is left out."""
    if path.startswith(ENGLISH_PREFIX):
        other = path.removeprefix("/en")
    elif path == "/en":
        other = "/"
    else:
        other = "/en" + path
    carried = QueryDict(mutable=True)
    for name, values in get.lists():
        carried.setlist(name, values)
        if len(carried.urlencode()) > LONGEST_QUERY:
            del carried[name]
    return f"{other}?{carried.urlencode()}" if carried else other


def both_addresses(path: str) -> dict[str, str]:
    """Return the Chinese and the English address of a page, for `hreflang`."""
    other = other_address(path, QueryDict())
    return {"en": path, "zh-Hans": other} if path.startswith(ENGLISH_PREFIX) else {"zh-Hans": path, "en": other}
