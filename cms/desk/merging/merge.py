"""The act: two records become one, in one transaction, with all that refers to them; and the journal knows how it was."""

from django.contrib.auth.models import User
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _
from wagtail.contrib.redirects.models import Redirect
from wagtail.log_actions import log
from wagtail.models import Page, Site

from cms.desk.merging import comparing, hindrances, taking_over
from cms.desk.merging.repointing import Repointing
from cms.desk.merging.versions import ACTION
from cms.desk.removing import keep, named
from cms.importing.drafts import settled
from cms.journal.recording import Recorder
from cms.journal.snapshots import digest, snapshot
from cms.models import Action, Change, FormerNumber, Holding
from cms.pages.redirects import LONGEST


class Hindered(Exception):
    """It cannot be done as things stand; `reasons` says why, and what to do."""

    def __init__(self, reasons: list[str]) -> None:
        super().__init__(" ".join(reasons))
        self.reasons = reasons


class Since(Exception):
    """One of the two was changed since they were compared."""


def version(kept: Holding, other: Holding) -> str:
    """Return what tells whether two records are still as they were looked at, with their parts."""
    return digest({"kept": snapshot(kept), "other": snapshot(other)})


def locked(number: int, another: int) -> tuple[Holding, Holding]:
    """Return two records as they are now, held until the transaction ends. Raises Hindered where one is gone."""
    rows = Page.objects.select_for_update().filter(pk__in=[number, another]).order_by("pk")
    found = {page.pk: page.specific for page in list(rows)}
    if any(not isinstance(found.get(key), Holding) for key in (number, another)):
        raise Hindered([_("其中一条已不在馆里。")])
    return found[number], found[another]


def told(kept: Holding, other: Holding) -> str:
    """Return what the journal calls it."""
    return f"{named(other)[:240]} → {named(kept)[:240]}"


def merge(number: int, another: int, choices: taking_over.Choices, seen: str, reason: str, user: User) -> Change:
    """Let the record `number` take over `another`, which goes to the bin. Raises Hindered and Since; then nothing was done."""
    try:
        with transaction.atomic():
            kept, other = locked(number, another)
            if version(kept, other) != seen:
                raise Since
            return merged(kept, other, choices, reason, user)
    except ValidationError as fault:
        raise Hindered(fault.messages) from None
    except IntegrityError as fault:
        raise Hindered([str(fault)]) from None


def merged(kept: Holding, other: Holding, choices: taking_over.Choices, reason: str, user: User) -> Change:
    """Merge two records that are held."""
    below = list(other.get_children().values_list("pk", flat=True))
    repointing = Repointing(other, kept).look()
    against = list(hindrances.between(kept, other, user)) or list(hindrances.around(repointing, below, user))
    if against:
        raise Hindered(against)
    change = Change.objects.create(action=Action.MERGE, title=told(kept, other), reason=reason, made_by=user)
    recorder, absorbed = Recorder(), Recorder()
    recorder.watch_pages([kept.pk, *below])
    repointing.watch(recorder)
    absorbed.watch_pages([other.pk])
    taking_over.move_below(kept, other)
    repointing.do(user)
    for made in addresses(kept, other):
        made.save()
        recorder.note_made(made)
    take_over(kept, other, choices, user)
    recorder.write(change)
    # After the kept one's: undoing goes backwards, and rows that changed hands go back before they could be missed.
    absorbed.write(change)
    removal = keep([other], user, change)
    removal.alterations.update(number=other.uid)
    Page.objects.get(pk=other.pk).specific.delete()
    log(kept, ACTION, user=user, data={"title": named(other), "reason": reason})
    return change


def take_over(kept: Holding, other: Holding, choices: taking_over.Choices, user: User) -> None:
    """Let the kept record have what was chosen, and keep a version of it."""
    titles = [kept.title, kept.title_en, other.title, other.title_en]
    lines = list(comparing.lines(kept, other))
    themes = {theme.pk for one in (kept, other) for theme in one.themes.all()}
    taking_over.take_rows(kept, other, choices)
    taking_over.drop_ties(kept, other)
    kept = type(kept)._base_manager.get(pk=kept.pk)
    taking_over.take_values(kept, other, lines, choices)
    taking_over.take_names(kept, titles)
    kept.themes.set(themes)
    kept.save()
    settled(type(kept)._base_manager.get(pk=kept.pk), None, user, is_clean=True)


def addresses(kept: Holding, other: Holding) -> list[FormerNumber | Redirect]:
    """Return what leads from the other's number and address to the kept record, not yet saved."""
    made: list[FormerNumber | Redirect] = [FormerNumber(uid=other.uid, holding_id=kept.pk)]
    roots = (root.root_path for root in Site.get_site_root_paths())
    root = next((one for one in roots if other.url_path.startswith(one)), None)
    if other.live and root is not None:
        old = Redirect.normalise_path("/" + other.url_path.removeprefix(root))
        if len(old) <= LONGEST and not Redirect.objects.filter(old_path=old).exists():
            made.append(Redirect(old_path=old, redirect_page_id=kept.pk, automatically_created=True))
    return made


def replace(number: int, another: int, seen: str, reason: str, user: User) -> Change:
    """Let all that refers to the record `number` refer to `another`; both stay as they are. Raises Hindered and Since."""
    with transaction.atomic():
        old, new = locked(number, another)
        repointing = Repointing(old, new, addresses=False).look()
        if version(new, old) != seen:
            raise Since
        against = list(hindrances.unlike(new, old)) or list(hindrances.around(repointing, [], user))
        if against:
            raise Hindered(against)
        title = told(new, old)
        change = Change.objects.create(action=Action.REPLACE, title=title, reason=reason, made_by=user)
        recorder = Recorder()
        repointing.watch(recorder)
        repointing.do(user)
        recorder.write(change)
    return change
