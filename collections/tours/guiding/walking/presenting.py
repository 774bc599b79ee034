"""The page that a guide speaks from: all stops on one page, so that it opens without signal."""

import uuid

from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone

from cms.pages.numerals import in_words
from tours.flight import use_of
from tours.guiding.access import GuideRequest, for_guides, own_tour
from tours.guiding.telling import tell
from tours.models.question import LONGEST_QUESTION


@for_guides
def present(request: GuideRequest, pk: int) -> HttpResponse:
    """Draw one of a guide's own tours to be spoken from, with the scripts, questions and the end of the run."""
    tour = own_tour(request.user, pk)
    telling = tell(tour, request, use=use_of(request), scripts_of=request.user)
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
