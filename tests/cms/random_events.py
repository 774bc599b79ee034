"""What happens by chance to a small library: the admin's forms, time, and drafts."""

from datetime import timedelta

from django.utils import timezone
from wagtail.models import Page, PageViewRestriction

from chronicle.models import Chapter, Entry, Work
from cms.models import Holding, Shelf
from tests.cms.random_library import PASSWORD, Library, Record

EVENTS = ("publish", "unpublish", "restrict", "reopen", "move", "schedule", "expire", "time", "draft", "rights")
USES = ("use_web", "use_print", "use_offline")


class EventfulLibrary(Library):
    """The library, and what happens to it."""

    def happen(self, number: int) -> tuple[str, Record]:
        """Let the next thing happen; return what, and to which record."""
        event = self.chance.choice(EVENTS)
        record = self.records[self.chance.choice(list(self.records))]
        getattr(self, event)(Holding.objects.get(pk=record.pk).specific)
        self.events[event] += 1
        if number % 5 == 4:
            self.open_all(record)
        self.stir()
        return event, record

    def publish(self, page: Holding) -> None:
        """Publish what waits in the draft."""
        page.refresh_from_db()
        draft = page.get_latest_revision_as_object()
        draft.go_live_at = draft.expire_at = None
        draft.save_revision().publish()
        record = self.records[page.pk]
        record.words += record.drafts
        record.drafts = []

    def unpublish(self, page: Holding) -> None:
        """Take it offline by the admin's form."""
        self.admin.post(f"/admin/pages/{page.pk}/unpublish/")
        page.refresh_from_db()
        if page.live:
            self.fallbacks += 1
            page.unpublish()

    def restrict(self, page: Holding) -> None:
        """Close it, or the shelf or book it is in, by the admin's form."""
        page = self.chance.choice([page, page, page.get_parent()])
        kind = self.chance.choice(["password", "login"])
        self.privacy(page, restriction_type=kind, password=PASSWORD)

    def reopen(self, page: Holding) -> None:
        """Open it and what it is in."""
        for restriction in PageViewRestriction.objects.select_related("page"):
            if page.path.startswith(restriction.page.path):
                self.privacy(restriction.page, restriction_type="none")

    def privacy(self, page: Page, **fields: str) -> None:
        """Send the admin's form; where the form fails, do what it would have done, and count that."""
        self.admin.raise_request_exception = False
        answer = self.admin.post(f"/admin/pages/{page.pk}/privacy/", fields)
        if answer.status_code >= 500:
            self.fallbacks += 1
            for old in PageViewRestriction.objects.filter(page=page):
                old.delete()
            if fields["restriction_type"] != "none":
                PageViewRestriction.objects.create(page=page, **fields)

    def move(self, page: Holding) -> None:
        """Move an entry to another book, chapter or shelf by the admin's form."""
        entry = self.chance.choice(list(Entry.objects.all()))
        goals = [*Work.objects.all(), *Chapter.objects.all(), Shelf.objects.get(slug="chronicle")]
        goal = self.chance.choice([g for g in goals if g.pk != entry.get_parent().pk])
        self.old.append(path_of(entry))
        self.admin.post(f"/admin/pages/{entry.pk}/move/{goal.pk}/confirm/")

    def schedule(self, page: Holding) -> None:
        """Take it offline until a moment to come."""
        page.unpublish()
        page.refresh_from_db()
        page.go_live_at = timezone.now() + timedelta(hours=1)
        page.save_revision().publish()

    def expire(self, page: Holding) -> None:
        """Let its time run out; nobody has noticed yet."""
        Holding.objects.filter(pk=page.pk).update(expire_at=timezone.now() - timedelta(seconds=1))

    def time(self, page: Holding) -> None:
        """Let two hours pass; nobody has noticed yet."""
        self.clock.shift(timedelta(hours=2))

    def draft(self, page: Holding) -> None:
        """Write a word that is not published."""
        word = self.word()
        draft = page.get_latest_revision_as_object()
        draft.summary = f"{draft.summary} {word}"[-1500:]
        draft.title_en = f"The {word}"
        draft.save_revision()
        self.records[page.pk].drafts.append(word)

    def rights(self, page: Holding) -> None:
        """Take it from the web, from print or from flight mode, or give it back."""
        use = self.chance.choice(USES)
        setattr(page, use, not getattr(page, use))
        page.save()

    def open_all(self, record: Record) -> None:
        """Bring one record, and all above it, back in sight, so that not everything ends in the dark."""
        page = Holding.objects.get(pk=record.pk)
        self.reopen(page)
        for above in [*Holding.objects.filter(pk__in=page.get_ancestors().values("pk")), page]:
            Holding.objects.filter(pk=above.pk).update(expire_at=None, go_live_at=None, **dict.fromkeys(USES, True))
            self.publish(Holding.objects.get(pk=above.pk).specific)


def path_of(page: Page) -> str:
    """Return a page's path in Chinese, without host."""
    return page.get_url_parts()[2].removeprefix("/en")
