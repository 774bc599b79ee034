"""How far the English of records is, as conditions: one for each state of the translation board."""

from django.db.models import Q, TextField
from django.db.models.functions import Cast
from django.db.models.lookups import Contains
from django.utils.translation import gettext_lazy as _

from cms.catalogue.bilingual import DRAFT, STALE, pairs
from cms.catalogue.filters import Filter, Value
from cms.models import Holding
from cms.models.kinds import kinds


def some_pair(state: str) -> Q:
    """Return the condition that some text's English is in a state. Both databases write the states of a record in these signs."""
    return Q(Contains(Cast("translations", TextField()), f'"state": "{state}"'))


def lacking(model: type[Holding], names: tuple[str, ...]) -> Q:
    """Return the condition that one of these fields has Chinese and no English."""
    found = Q()
    for name in names:
        found |= Q(**{f"{name}_en": ""}) & ~Q(**{name: ""})
    return found


def lacking_anywhere() -> Q:
    """Return the condition that some Chinese text of a record has no English, whatever its kind."""
    common = pairs(Holding)
    found = lacking(Holding, common)
    for kind in kinds():
        own = tuple(name for name in pairs(kind) if name not in common)
        if own:
            found |= Q(pk__in=kind._default_manager.filter(lacking(kind, own)).values("pk"))
    return found


ENGLISH = Filter(
    "english",
    _("英文"),
    (
        Value("missing", _("没有英文题名"), lambda: Q(title_en="")),
        Value("partial", _("有的栏没有英文"), lambda: ~Q(title_en="") & lacking_anywhere()),
        Value("stale", _("待更新"), lambda: some_pair(STALE)),
        Value("draft", _("草稿，没核定"), lambda: some_pair(DRAFT)),
        Value("approved", _("已核定"), lambda: Q(english_approved=True)),
    ),
)
"""The states of the translation board; a record can be in several."""
