"""Questions that visitors asked: each kept once, with its stop, and with nothing about anybody."""

import re
import uuid
from datetime import date, timedelta

from django.http import HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from cms.catalogue.bilingual import in_english
from tours.guiding.access import GuideRequest, for_forms
from tours.guiding.walking.answers import key_of, reply, tour_of
from tours.models import Question, Stop, Tour
from tours.models.question import LONGEST_QUESTION

MOST_A_DAY = 100
MASK = "［…］"
_unreadable = re.compile("[\x00-\x08\x0b-\x1f\x7f\ud800-\udfff]")
# Addresses on the net, and six digits or more: a telephone, an identity card, an account.
_somebodys = re.compile(
    r"[\w.+-]+[@＠][\w.-]+|(?:https?://|www\.)[^\s，。；、）]+|(?<!\d)(?:\d[\s.–-]?){6,}[xX]?", re.I | re.ASCII
)  # fmt: skip
_wide = str.maketrans("０１２３４５６７８９", "0123456789")


def cleaned(text: str) -> str:
    """Return a question without what cannot be kept and without what is somebody's own."""
    return _somebodys.sub(MASK, _unreadable.sub(" ", text).translate(_wide)).strip()


@for_forms
def ask(request: GuideRequest) -> HttpResponse:
    """Keep a question about a stop of one's own tour; the same key twice is kept once.

    Answers 201 when kept, 200 when it was there, 400 without text or key, 404 for a tour that is not one's own, 413 when it
    is too long, 429 when a tour has had a hundred that day.
    """
    tour, key = tour_of(request), key_of(request)
    if tour is None or key is None:
        return reply(request, _("这条导览不在你的讲解台上，问题没有送出。"), 404 if key else 400, reverse("guide"))
    back = f"{reverse('guide_present', args=[tour.pk])}#stop-{request.POST.get('stop', '')[:18]}"
    text = cleaned(request.POST.get("text", ""))
    key = key_for(key, text)
    if Question.objects.filter(key=key).exists():
        return reply(request, _("这个问题已经在馆员那里了。"), 200, back)
    if not text:
        return reply(request, _("还没有写问题。"), 400, back)
    if len(text) > LONGEST_QUESTION:
        said = _("问题太长：最多 %(n)s 字。没有送出，请改短。") % {"n": LONGEST_QUESTION}
        return reply(request, said, 413, back)
    if Question.objects.filter(tour=tour, received_at__gte=timezone.now() - timedelta(days=1)).count() >= MOST_A_DAY:
        return reply(request, _("这条导览一天里的问题已满 100 个，明天再送。"), 429, back)
    keep(request, tour, key, text)
    return reply(request, _("问题已送到馆员那里。"), 201, back)


def key_for(key: uuid.UUID, text: str) -> uuid.UUID:
    """Return the key of a question; another question from the same drawn page, by Back and without a script, has its own."""
    same = Question.objects.filter(key=key).values_list("text", flat=True).first()
    return key if same in (None, text) or not text else uuid.uuid5(key, text)


def keep(request: GuideRequest, tour: Tour, key: uuid.UUID, text: str) -> None:
    """Write a question down with the stop it is about, and the day on which it was asked."""
    stops = list(Stop.objects.filter(tour=tour).order_by("sort_order", "pk"))
    sent = request.POST.get("stop", "")
    number = next((place for place, stop in enumerate(stops, 1) if str(stop.pk) == sent), 0)
    stop = stops[number - 1] if number else None
    Question.objects.get_or_create(
        key=key,
        defaults={
            "tour": tour,
            "stop": stop,
            "number": number,
            "about_id": stop and (stop.holding_id or stop.story_id),
            "text": text,
            "language": "en" if in_english() else "zh-hans",
            "asked_on": day_of(request.POST.get("on", "")),
        },
    )


def day_of(sent: str) -> date:
    """Return the day that the device says, when it is one of the last thirty; else today."""
    today = timezone.localdate()
    days = {str(day): day for day in (today - timedelta(days=n) for n in range(31))}
    return days.get(sent, today)
