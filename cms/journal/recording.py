"""Writing into the journal: look at records before they are changed, and write down afterwards what became of them."""

from collections import defaultdict
from collections.abc import Iterable, Iterator

from django.db.models import Model
from wagtail.models import Page

from cms.journal.snapshots import PARENT, Data, differing, digest, drafts, slices, snapshot, snapshots
from cms.models.change import Alteration, Change, Way

STATE = "state"
"""Under this name stands what tells whether a record that was made is still as it was made."""
CALLED = ("title", "name", "old_path", "words", "text", "code")
"""Fields by which a record is called, the first that it has; else its number or key."""
AT_ONCE = 500
LONGEST = Alteration._meta.get_field("title").max_length


class Recorder:
    """Watches what one change does. Used inside the transaction of the change."""

    def __init__(self) -> None:
        self.before: dict[type[Model], dict[int, Data]] = defaultdict(dict)
        self.drafts: dict[int, Data] = {}
        self.made: dict[type[Model], dict[int, None]] = defaultdict(dict)

    def watch(self, model: type[Model], keys: Iterable[int]) -> None:
        """Look at rows before they are changed, and at their drafts; a second look at the same row is none."""
        new = set(keys) - self.before[model].keys() - self.made[model].keys()
        self.before[model].update(snapshots(model, new))
        if issubclass(model, Page):
            self.drafts.update(drafts(new))

    def watch_pages(self, keys: Iterable[int]) -> None:
        """Look at pages of whatever kind, with their parts."""
        # Of pages alone: a theme may have the key of a page.
        looked_at = (
            rows for seen in (self.before, self.made) for model, rows in seen.items() if issubclass(model, Page)
        )
        known = {key for rows in looked_at for key in rows}
        kinds: dict[type[Model], list[int]] = defaultdict(list)
        for page in Page.objects.filter(pk__in=set(keys) - known):
            kinds[page.specific_class or Page].append(page.pk)
        for model, some in kinds.items():
            self.watch(model, some)

    def note_made(self, instance: Model) -> None:
        """Remember that a row is new."""
        self.made[type(instance)][instance.pk] = None

    def write(self, change: Change) -> int:
        """Write down what was made and changed; how many rows that were."""
        rows = [*self._made(change), *self._changed(change)]
        Alteration.objects.bulk_create(rows, batch_size=AT_ONCE)
        return len(rows)

    def _made(self, change: Change) -> Iterator[Alteration]:
        for model, keys in self.made.items():
            versions = latest_revisions(keys) if issubclass(model, Page) else {}
            for key, data in snapshots(model, keys):
                row = entered(change, Way.MADE, model, key, data)
                row.after = {STATE: versions.get(key) or digest(data)}
                yield row

    def _changed(self, change: Change) -> Iterator[Alteration]:
        for model, before in self.before.items():
            waiting = drafts(before) if issubclass(model, Page) else {}
            for key, data in snapshots(model, before):
                yield from altered(change, Way.CHANGED, model, key, before[key], data) or altered(
                    change, Way.DRAFTED, model, key, self.drafts.get(key, before[key]), waiting.get(key, data)
                )


def entered(change: Change, way: Way, model: type[Model], key: int, data: Data) -> Alteration:
    """Return a row of the journal for a record as it is now."""
    title = str(next((data[name] for name in CALLED if data.get(name)), key))[:LONGEST]
    number = str(data.get("uid", ""))
    return Alteration(change=change, way=way, label=model._meta.label_lower, key=key, title=title, number=number)


def altered(change: Change, way: Way, model: type[Model], key: int, before: Data, after: Data) -> list[Alteration]:
    """Return the row of the journal for a record that differs from what it was, or none."""
    names = [name for name in differing(before, after) if way is Way.CHANGED or name != PARENT]
    if not names:
        return []
    row = entered(change, way, model, key, after)
    row.before = {name: before.get(name) for name in names}
    row.after = {name: after[name] for name in names}
    return [row]


def latest_revisions(keys: Iterable[int]) -> dict[int, int]:
    """Return the latest version of pages: whoever works on one keeps another."""
    rows = (Page.objects.filter(pk__in=some).values_list("pk", "latest_revision") for some in slices(keys))
    return {key: revision for some in rows for key, revision in some}


def as_made(instance: Model, after: Data) -> bool:
    """Whether a record is still as the change left it that made it."""
    if isinstance(instance, Page):
        return bool(instance.latest_revision_id == after[STATE])
    return bool(digest(snapshot(instance)) == after[STATE])
