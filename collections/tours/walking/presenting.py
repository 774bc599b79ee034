"""The page that a guide speaks from: all stops on one page, so that it opens without signal."""

import uuid

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone

from tours.access import for_guides, own_tour
from tours.models.question import LONGEST_QUESTION
from tours.telling import tell

NUMERALS = "零一二三四五六七八九十"


def in_words(number: int) -> str:
    """Return a number up to 99 as Chinese prose writes it, a larger one in digits: 第十二站."""
    tens, ones = divmod(number, 10)
    if number <= 10 or number > 99:
        return NUMERALS[number] if number <= 10 else str(number)
    return f"{NUMERALS[tens] if tens > 1 else ''}十{NUMERALS[ones] if ones else ''}"


@for_guides
def present(request: HttpRequest, pk: int) -> HttpResponse:
    """Draw one of a guide's own tours to be spoken from, with the scripts, questions and the end of the run."""
    tour = own_tour(request.user, pk)
    telling = tell(tour, request, scripts_of=request.user)
    context = {
        "tour": tour,
        "telling": telling,
        "stops": [(told, in_words(told.number), uuid.uuid4()) for told in telling.stops],
        "count": in_words(len(telling.stops)),
        "run": uuid.uuid4(),
        "began": timezone.now(),
        "longest": LONGEST_QUESTION,
    }
    return render(request, "tours/walking/present.html", context)
