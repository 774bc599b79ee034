"""Putting one record back as the journal has it: fields that nobody changed since, records that were made, and those that went."""

from collections.abc import Callable, Iterable
from typing import Any

from django.contrib.auth.models import User
from django.db.models import ForeignKey, Model
from django.utils.translation import gettext as _
from modelcluster.models import get_serializable_data_for_fields
from wagtail.log_actions import log
from wagtail.models import Page

from cms.desk.removing import keep
from cms.desk.restoring import bring_back
from cms.desk.usage import Going
from cms.importing.drafts import Drafts, settled
from cms.importing.locks import closed
from cms.journal.recording import Recorder, as_made
from cms.journal.snapshots import PARENT, Conflict, Data, plain, put_back, same, snapshot
from cms.models import Alteration, Change, Outcome, Way

Kept = list[dict[str, str]]
"""What stays as it is: `field`, `why` (a key of WHY) and `said`, which a message of the database or of a check may fill."""
GONE, SINCE, CLOSED, RIGHTS, REFERS, BELOW, REFUSED, PARTLY = [
    "gone",
    "since",
    "closed",
    "rights",
    "refers",
    "below",
    "refused",
    "partly",
]


def stays(why: str, field: str = "", said: str = "") -> dict[str, str]:
    """Return one thing that stays."""
    return {"field": field, "why": why, "said": said}


def found(row: Alteration) -> Model | None:
    """Return the record that a row of the journal tells of, as it is now."""
    return row.model._base_manager.filter(pk=row.key).first() if row.model else None


def hindered(instance: Model, user: User | None, right: Callable[[Any], bool]) -> Kept:
    """Return why nobody, or not this person, may touch a page now."""
    if not isinstance(instance, Page):
        return []
    if reason := closed([instance.pk], user).get(instance.pk):
        return [stays(CLOSED, said=reason)]
    if user and not right(instance.permissions_for_user(user)):
        return [stays(RIGHTS)]
    return []


def put_fields_back(row: Alteration, work: Change, insist: bool) -> Kept:
    """Give a record its fields again where they still are as the change left them; what stays is told.

    With `insist` also those that somebody changed since.
    """
    instance = found(row)
    if instance is None:
        return [stays(GONE)]
    live = getattr(instance, "live", False)
    if kept := hindered(instance, work.made_by, lambda may: may.can_publish() if live else may.can_edit()):
        return kept
    values, kept = wanted(row, snapshot(instance), insist)
    for name in [] if insist else [name for name in values if changed_elsewhere(instance, name, values[name])]:
        del values[name]
        kept.append(stays(SINCE, name))
    lost = [name for name in values if not there(instance, name, values[name])]
    values = {name: value for name, value in values.items() if name not in lost}
    if values:
        recorder = Recorder()
        recorder.watch(type(instance), [instance.pk])
        restore(instance, values, row, work.made_by)
        recorder.write(work)
    return kept + [stays(GONE, name) for name in lost] + [stays(PARTLY, name) for name in short(instance, values)]


def put_draft_back(row: Alteration, work: Change, insist: bool) -> Kept:
    """Give a draft its fields again; once it was published, the record itself."""
    page = found(row)
    if not isinstance(page, Page):
        return [stays(GONE)]
    if not page.has_unpublished_changes:
        return put_fields_back(row, work, insist)
    if kept := hindered(page, work.made_by, lambda may: may.can_edit()):
        return kept
    draft = page.get_latest_revision_as_object()
    data = draft.serializable_data()
    values, kept = wanted(row, plain(data), insist)
    if values:
        recorder = Recorder()
        recorder.watch(type(page), [page.pk])
        draft.with_content_json(data | values).save_revision(user=work.made_by, clean=False, log_action="zhihui.undo")
        recorder.write(work)
    return kept


def wanted(row: Alteration, now: Data, insist: bool) -> tuple[Data, Kept]:
    """Return what the fields of a record should hold that are not yet as before, and which of them stay as somebody left them."""
    values: Data = {}
    kept: Kept = []
    for name, after in row.after.items():
        before = row.before.get(name)
        if same(now.get(name), before):
            continue
        try:
            values[name] = put_back(before, after, now.get(name))
        except Conflict:
            if insist:
                values[name] = before
            else:
                kept.append(stays(SINCE, name))
    return {name: value for name, value in values.items() if not same(value, now.get(name))}, kept


def changed_elsewhere(instance: Model, name: str, value: Any) -> bool:
    """Whether a row of a part that would come back belongs to another record by now, and somebody changed it there."""
    if not isinstance(value, list) or not any(isinstance(row, dict) for row in value):
        return False
    tie: Any = instance._meta.get_field(name).field  # type: ignore[union-attr]  # a part is known by the key of its rows
    before = {row["pk"]: row for row in value if row.get("pk")}
    away = tie.model._base_manager.filter(pk__in=before).exclude(**{tie.name: instance.pk})
    unsaid = {tie.name, "pk", "sort_order"}
    for row in away:
        now = plain(get_serializable_data_for_fields(row))
        was = before[row.pk]
        if any(now[field] != was.get(field) for field in now.keys() - unsaid):
            return True
    return False


def there(instance: Model, name: str, value: Any) -> bool:
    """Whether what a field pointed to is still there."""
    if name == PARENT:
        return Page.objects.filter(pk=value).exists()
    field = instance._meta.get_field(name)
    if not isinstance(field, ForeignKey) or value is None:
        return True
    return bool(field.related_model._base_manager.filter(pk=value).exists())


def short(instance: Model, values: Data) -> Iterable[str]:
    """Yield the fields that did not come back whole, since what their rows pointed to is no more."""
    now = snapshot(instance) if values else {}
    return (name for name in values if not same(now.get(name), values[name]))


def restore(instance: Model, values: Data, row: Alteration, user: User | None) -> None:
    """Write fields into a record, and into its draft where that has what the change had left. Raises ValidationError."""
    if not isinstance(instance, Page):
        for name, value in values.items():
            field: Any = instance._meta.get_field(name)
            setattr(instance, field.attname, field.to_python(value))
        # What is not put back is not asked: a stop that was taken out of its tour has none.
        instance.full_clean(exclude={field.name for field in instance._meta.fields} - values.keys())
        instance.save()
        return
    values, page = dict(values), instance
    parent = values.pop(PARENT, None)
    if parent is not None:
        # First: where it stands now, another may have the last part of its address.
        page.specific.move(Page.objects.get(pk=parent), pos="last-child")
        page = Page.objects.get(pk=page.pk).specific
    if values:
        draft = Drafts().of(page)
        # Saved with its parts at hand, so that all of it is cleaned.
        page.with_content_json(page.serializable_data() | values).save()
        now = type(page)._base_manager.get(pk=page.pk)
        settled(now, draft and drafted(draft, values, row), user, is_clean=True)
    log(page, "zhihui.undo", user=user)


def drafted(draft: Any, values: Data, row: Alteration) -> Any:
    """Return a draft in which the change is taken back too, but for what it had changed itself."""
    data = draft.serializable_data()
    mine, _kept = wanted(row, plain(data), insist=False)
    return draft.with_content_json(data | {name: value for name, value in mine.items() if name in values})


def take_out(row: Alteration, work: Change, insist: bool) -> Kept:
    """Remove a record that the change made, as any deletion into the bin; not one that somebody has worked on or refers to."""
    instance = found(row)
    if instance is None:
        return []
    going, own = Going([instance]), made_with(row)
    # First: with something below it a page may be deleted by few, which is not what stands in the way.
    if going.below.exists():
        return [stays(BELOW)]
    if kept := hindered(instance, work.made_by, lambda may: may.can_delete()):
        return kept
    if not insist and not as_made(instance, row.after):
        return [stays(SINCE)]
    if forbidding := [one for one in going.referents if one.forbids and one.page.pk not in own]:
        return [stays(REFERS, said=forbidding[0].page.title)]
    removal = keep([instance], work.made_by, work)
    removal.alterations.update(number=row.number)
    instance.delete()
    return []


def made_with(row: Alteration) -> set[int]:
    """Return the keys of the pages that the same change made and that still wait to be taken out."""
    rows = Alteration.objects.filter(change_id=row.change_id, way=Way.MADE, outcome="")
    return {int(key) for key in rows.values_list("key", flat=True)}


def bring_in(row: Alteration, work: Change, insist: bool) -> Kept:
    """Bring back what went. Raises Refused."""
    if row.removal is None:
        return [stays(GONE)]
    _removal, left_out = bring_back(row.removal.pk, work.made_by)
    return [stays(PARTLY, said=str(left_out))] if left_out else []


STEPS: dict[str, Callable[[Alteration, Change, bool], Kept]] = {
    Way.CHANGED: put_fields_back,
    Way.DRAFTED: put_draft_back,
    Way.MADE: take_out,
    Way.REMOVED: bring_in,
}


def why(kept: dict[str, str]) -> str:
    """Return in words why something stays."""
    words = {
        GONE: _("已不在馆里"),
        SINCE: _("后来有人改过"),
        CLOSED: _("现在不能改：%(said)s"),
        RIGHTS: _("撤销的人没有这一条的权限"),
        REFERS: _("《%(said)s》用着它"),
        BELOW: _("下面还有别的记录"),
        REFUSED: "%(said)s",
        PARTLY: _("有的行所指的已经不在馆里，没有恢复"),
    }
    return words[kept["why"]] % {"said": kept["said"]}


def outcome(kept: Kept) -> Outcome:
    """Return what to say of a record in one word."""
    return Outcome.KEPT if any(one["why"] != PARTLY for one in kept) else Outcome.UNDONE
