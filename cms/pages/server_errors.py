"""When the database is busy or the disk is full: a page in the person's language that keeps what was typed."""

import errno
import logging
import shutil
import sys
from collections.abc import Callable, Iterator

from django.conf import settings
from django.db import OperationalError
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.utils import translation
from django.utils.translation import gettext as _
from django.views import defaults

from cms.pages.resubmission import Word, again, language_of

BUSY, FULL = "busy", "full"
WAIT = 5
"""Seconds after which a page is asked for again, by itself where nothing was typed."""
LEAST = 1024 * 1024
"""Bytes; a disk with less room counts as full where SQLite only says that it could not write."""
LOCKED = ("database is locked", "database table is locked", "connection failed", "connection is lost", "server closed")
CROWDED = ("55P03", "40P01", "40001", "53300", "57P03")
"""PostgreSQL: lock not available, deadlock, not serializable, too many connections, starting up."""
NO_ROOM = ("database or disk is full", "no space left on device")
CANNOT_WRITE = ("disk i/o error", "unable to open database file")
DISK_FULL = "53100"

log = logging.getLogger(__name__)


def trouble(error: BaseException | None) -> str | None:
    """Return what is in the way, BUSY or FULL, or None where the error is one of the program."""
    for one in chain(error):
        if isinstance(one, OSError) and one.errno in (errno.ENOSPC, errno.EDQUOT):
            return FULL
        if isinstance(one, OperationalError):
            said, state = str(one).lower(), getattr(one.__cause__, "sqlstate", None)
            if state == DISK_FULL or any(words in said for words in NO_ROOM):
                return FULL
            if any(words in said for words in CANNOT_WRITE) and no_room():
                return FULL
            if state in CROWDED or any(words in said for words in LOCKED):
                return BUSY
    return None


def chain(error: BaseException | None) -> Iterator[BaseException]:
    """Yield an error and those that led to it."""
    seen: set[int] = set()
    while error is not None and id(error) not in seen:
        seen.add(id(error))
        yield error
        error = error.__cause__ or error.__context__


def no_room() -> bool:
    """Whether the disk that the library is on has no room left."""
    return shutil.disk_usage(settings.VAR).free < LEAST


def answer(request: HttpRequest, what: str) -> HttpResponse:
    """Answer with the page, or with a word for a script; nothing here asks the database."""
    with translation.override(language_of(request)):
        word = said(what, bool(request.method == "POST"))
        if expects_json(request):
            problem = {"success": False, "error_code": what, "error_message": word.heading}
            response: HttpResponse = JsonResponse(problem, status=503)
        else:
            again_after = WAIT if what == BUSY and request.method in ("GET", "HEAD") else None
            response = again(request, word, 503, refresh=again_after)
    response["Retry-After"] = str(WAIT)
    response["Cache-Control"] = "no-store"
    return response


def said(what: str, posted: bool) -> Word:
    """Return the words for what is in the way."""
    if what == FULL:
        says = [_("服务器的磁盘满了，没有存下。请告诉管理员腾出地方。")]
    else:
        says = [_("正有别人在保存，一时轮不到。")]
    if posted:
        says.append(_("您写的都还在这一页上，没有丢；选好的文件要重新选。请过一会儿再发一次，之前不要关掉这一页。"))
    heading = _("磁盘满了") if what == FULL else _("现在很忙")
    return Word(heading, says, _("再发一次") if posted else _("再试一次"))


def expects_json(request: HttpRequest) -> bool:
    """Whether a script asked, which cannot show a page."""
    return request.headers.get("X-Requested-With") == "XMLHttpRequest" or "application/json" in request.headers.get(
        "Accept", ""
    )


class Trouble:
    """Answers for every view that meets a busy database or a full disk."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Pass on."""
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, error: Exception) -> HttpResponse | None:
        """Turn such an error into a page; leave all others alone."""
        what = trouble(error)
        if what is None:
            return None
        log.warning("%s: %s %s", what, request.method, request.path, exc_info=error)
        return answer(request, what)


def server_error(request: HttpRequest) -> HttpResponse:
    """Answer what no view has answered, the same troubles outside any view among it: a session that could not be saved."""
    what = trouble(sys.exc_info()[1])
    return answer(request, what) if what else defaults.server_error(request)
