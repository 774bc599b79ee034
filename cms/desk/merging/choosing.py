"""The second record: those that are called alike first, or what somebody looks for, by any name or number."""

from django.db.models import Q, QuerySet

from cms.models import Holding
from search.folding import fold
from search.models import Heading
from search.sounds import plain

MOST = 30


def alike(holding: Holding) -> QuerySet[Holding]:
    """Return records of its kind that are called alike: in other characters, or by the same sound."""
    texts = [holding.title, holding.title_en, *holding.names.values_list("text", flat=True)]
    forms = {plain(text) for text in texts if text}
    sounds = Heading.objects.filter(holding=holding.pk).exclude(sound="").values("sound")
    found = Heading.objects.filter(Q(plain__in=forms) | Q(sound__in=sounds)).values("holding")
    return others(holding).filter(pk__in=found)


def searched(holding: Holding, words: str) -> QuerySet[Holding]:
    """Return records of its kind by a part of a title or name, in whatever characters, or by a number."""
    forms = {words, fold(words)}
    wanted = Q(uid__iexact=words) | Q(former_numbers__uid__iexact=words)
    for form in forms:
        wanted |= Q(title__icontains=form) | Q(title_en__icontains=form) | Q(names__text__icontains=form)
    wanted |= Q(pk__in=Heading.objects.filter(plain__contains=plain(words)).values("holding"))
    return others(holding).filter(wanted)


def others(holding: Holding) -> QuerySet[Holding]:
    """Return the other records of a kind, by title."""
    rows = type(holding)._default_manager.exclude(pk=holding.pk).filter(alias_of__isnull=True)
    return rows.order_by("title", "pk").distinct()
