"""Undoing a change: claimed once, gone through record by record by the worker, each in a transaction of its own.

Killed at any point it is gone on with: a record is either as it was or put back, and says which.
"""

from collections.abc import Iterable

from django.contrib.auth.models import User
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.utils.translation import gettext_lazy
from django_tasks import task

from cms.desk.putting_back import REFERS, REFUSED, STEPS, Kept, bring_in, outcome, stays
from cms.desk.restoring import Refused
from cms.models import Action, Alteration, Change, Outcome, Way
from cms.worker.words import called

ORDER = (Way.REMOVED, Way.CHANGED, Way.DRAFTED, Way.MADE)
"""What went comes back first, since others may point to it; what was made goes last, since others may point to it still.

Within a way the latest row is the first: what went last needs nothing that went before it.
"""
AT_ONCE = 20
"""Up to so many records are put back while the person waits."""


def begin(number: int, user: User) -> Change | None:
    """Claim the undoing of a change, and ask for it; None when somebody did that before. Raises Refused for a deletion."""
    with transaction.atomic():
        change = Change.objects.select_for_update().get(pk=number)
        if Change.objects.filter(undoes=change).exists():
            return None
        work = Change.objects.create(action=Action.UNDO, title=change.title, undoes=change, made_by=user)
        rows = list(change.alterations.all()[: AT_ONCE + 1])
        if len(rows) == 1 and rows[0].way == Way.REMOVED:
            # One deletion comes back as a whole or not at all, and may be tried again.
            settle(rows[0], bring_in(rows[0], work, insist=False))
            return work
        undo.enqueue(work.pk)
    if len(rows) <= AT_ONCE:
        proceed(work)
    return work


@task(backend="worker")
def undo(number: int) -> None:
    """Go on with an undoing until no record of its change waits."""
    work = Change.objects.select_related("undoes", "made_by").filter(pk=number).first()
    if work:
        proceed(work)


def undone(number: int) -> str | None:
    """Return what is being undone."""
    work = Change.objects.filter(pk=number).first()
    return work.title if work else None


called(undo, gettext_lazy("撤销"), undone)


def proceed(work: Change) -> None:
    """Put back every record that waits. One that others of the same change refer to waits for those."""
    for way in ORDER:
        waiting = Alteration.objects.filter(change=work.undoes, way=way, outcome="")
        left = list(waiting.order_by("-pk").values_list("pk", flat=True))
        while left:
            rest = [key for key in left if not step(work, key, last=False)]
            if len(rest) == len(left):
                for key in rest:
                    step(work, key)
                break
            left = rest


def step(work: Change, key: int, insist: bool = False, last: bool = True) -> bool:
    """Put back one record, and write down how it went; False where it should wait for others."""
    with transaction.atomic():
        row = Alteration.objects.select_for_update(of=("self",)).select_related("removal").get(pk=key)
        if row.outcome and not insist:
            return True
        kept = tried(row, work, insist)
        if not last and any(one["why"] == REFERS for one in kept):
            return False
        settle(row, kept)
    return True


def tried(row: Alteration, work: Change, insist: bool) -> Kept:
    """Put back one record; what stays, also where a check or the database refuses what was there before."""
    try:
        with transaction.atomic():
            return STEPS[row.way](row, work, insist)
    except ValidationError as fault:
        return [stays(REFUSED, said=" ".join(fault.messages))]
    except (Refused, IntegrityError) as fault:
        return [stays(REFUSED, said=str(fault))]


def settle(row: Alteration, kept: Kept) -> None:
    """Write down how it went."""
    row.outcome, row.kept = outcome(kept), kept
    row.save(update_fields=["outcome", "kept"])


def insist(work: Change, keys: Iterable[int]) -> int:
    """Put back records that were left because somebody had changed them; how many could be."""
    rows = Alteration.objects.filter(change=work.undoes, pk__in=keys).order_by("pk")
    for key in list(rows.values_list("pk", flat=True)):
        step(work, key, insist=True)
    return rows.filter(outcome=Outcome.UNDONE).count()
