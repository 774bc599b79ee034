"""At the desk: the recordings of a book, and the page on which a librarian taps along with one."""

from dataclasses import dataclass
from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, render
from django.urls import path, reverse
from django.utils.translation import gettext as _
from wagtail.admin import messages
from wagtail.log_actions import log

from media.hearing.times import NoTime, moment, moments, written
from media.models import Sound
from picturebooks.aloud.recordings import FIELDS, Score, own, whole
from picturebooks.aloud.sentences import sentences
from picturebooks.models import Book, Spread

INVALID = 422


@dataclass(frozen=True)
class Line:
    """A recording of a book in the list: what it reads, and how it stands with its times."""

    score: Score
    what: str
    state: str
    good: bool


@dataclass(frozen=True)
class Beat:
    """A sentence in the form: its text, the number of the spread that it begins, its time as typed, and what is wrong with that."""

    text: str
    spread: int | None
    typed: str
    fault: str = ""


def book_for(request: HttpRequest, pk: int) -> tuple[Book, list[Spread]]:
    """Return a book as it was last saved, published or not, with its spreads; PermissionDenied for who may not edit it."""
    book = get_object_or_404(Book, pk=pk)
    if not book.permissions_for_user(request.user).can_edit():
        raise PermissionDenied
    latest: Book = book.get_latest_revision_as_object()
    return latest, list(latest.spreads.all())


def scores(book: Book, spreads: list[Spread]) -> list[Score]:
    """Return all recordings of a book: those of the whole, then spread by spread, Chinese first."""
    found = [whole(book, spreads, english) for english in FIELDS]
    found += [own(spread, place, english) for place, spread in enumerate(spreads) for english in FIELDS]
    return [score for score in found if score]


def line(score: Score, count: int) -> Line:
    """Return a recording as the list shows it."""
    entire = len(score.places) == count and count > 1
    what = _("整本") if entire else _("第 %(n)s 幅") % {"n": score.places[0] + 1 if score.places else 1}
    times, wanted = len(score.sound.starts), sum(score.counts)
    if score.fits:
        return Line(score, what, _("每句都有时间（%(n)s 句）") % {"n": wanted}, good=True)
    if not times:
        return Line(score, what, _("还没有点时间（%(n)s 句）") % {"n": wanted}, good=False)
    said = _("时间有 %(times)s 个，文字有 %(wanted)s 句：请重新点") % {"times": times, "wanted": wanted}
    return Line(score, what, said, good=False)


def listing(request: HttpRequest, pk: int) -> HttpResponse:
    """Draw the recordings of a book, and how they stand."""
    book, spreads = book_for(request, pk)
    lines = [line(score, len(spreads)) for score in scores(book, spreads)]
    context = {
        "page_title": _("录音"),
        "page_subtitle": book.title,
        "header_icon": "media",
        "book": book,
        "lines": lines,
    }
    return render(request, "picturebooks/admin/aloud.html", context)


def tapping(request: HttpRequest, pk: int, sound_pk: int) -> HttpResponse:
    """Draw the sentences of a recording with their times, or store these; Http404 for a recording that the book has not."""
    book, spreads = book_for(request, pk)
    score = next((one for one in scores(book, spreads) if one.sound.pk == sound_pk), None)
    if score is None:
        raise Http404
    typed = request.POST.getlist("at") if request.method == "POST" else [f"{one:g}" for one in score.sound.starts]
    lines = beats(score, spreads, typed)
    if request.method == "POST":
        lines, fault = checked(lines, score.sound)
        if not fault:
            keep(request, score.sound, [beat.typed for beat in lines if beat.typed])
            return HttpResponseRedirect(reverse("aloud", args=[book.pk]))
        messages.error(request, fault)
    context = {
        "page_title": _("跟着点每一句"),
        "page_subtitle": f"{book.title} · {score.sound}",
        "header_icon": "media",
        "book": book,
        "score": score,
        "beats": lines,
    }
    return render(
        request, "picturebooks/admin/tapping.html", context, status=INVALID if request.method == "POST" else 200
    )


def beats(score: Score, spreads: list[Spread], typed: list[str]) -> list[Beat]:
    """Return the sentences of a recording, each with what was typed as its time."""
    made: list[Beat] = []
    for place in score.places:
        for number, text in enumerate(sentences(spreads[place], score.english)):
            said = typed[len(made)].strip() if len(made) < len(typed) else ""
            made.append(Beat(text, None if number else place + 1, said))
    return made


def checked(lines: list[Beat], sound: Sound) -> tuple[list[Beat], str]:
    """Return the sentences with what is wrong with their times, and why they cannot be stored; empty where they can.

    All may be empty, which takes the times away; a single one that is missing would move all that follow.
    """
    if not any(beat.typed for beat in lines):
        return lines, ""
    made, before = [], -1.0
    for beat in lines:
        fault = ""
        try:
            now = moment(beat.typed)
            if now <= before:
                fault = _("要比上一句晚。")
            elif sound.seconds and now >= sound.seconds:
                fault = _("录音只有 %(seconds)s 秒。") % {"seconds": f"{sound.seconds:g}"}
            before = max(before, now)
        except NoTime as reason:
            fault = str(reason) if beat.typed else _("还没有时间。")
        made.append(Beat(beat.text, beat.spread, beat.typed, fault))
    wrong = sum(bool(beat.fault) for beat in made)
    return made, _("有 %(n)s 句的时间不对，没有保存。") % {"n": wrong} if wrong else ""


def keep(request: HttpRequest, sound: Sound, typed: list[str]) -> None:
    """Store the times of a recording, which readers hear at once where its book is published."""
    Sound.objects.filter(pk=sound.pk).update(times=written(moments(" ".join(typed))))
    log(sound, "wagtail.edit", user=request.user)
    messages.success(request, _("时间已保存，共 %(n)s 句。") % {"n": len(typed)})


urlpatterns: list[Any] = [
    path("picturebooks/<int:pk>/aloud/", listing, name="aloud"),
    path("picturebooks/<int:pk>/aloud/<int:sound_pk>/", tapping, name="aloud_tapping"),
]
