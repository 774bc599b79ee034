"""What happens by chance to a small library, and everything that a visitor can ask of it after each event."""

from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

from django.conf import settings
from django.db.models import Q
from django.utils import timezone
from wagtail.models import Page, PageViewRestriction

from chronicle.models import Chapter, Entry, Work
from cms.models import Holding, Relation, Shelf
from stations.models import Station
from tests.cms.random_library import PASSWORD, Library, Record
from tours.models import Tour

EVENTS = ("publish", "unpublish", "restrict", "reopen", "move", "schedule", "expire", "time", "draft", "rights")


class EventfulLibrary(Library):
    """The library, and what happens to it."""

    def happen(self, count: int) -> None:
        """Let so many things happen, and look at everything after each: before the index has caught up, and after."""
        ways = [getattr(self, name) for name in EVENTS]
        for number in range(count):
            way: Callable[[Holding], None] = self.chance.choice(ways)
            record = self.records[self.chance.choice(list(self.records))]
            way(Holding.objects.get(pk=record.pk).specific)
            self.events[way.__name__] += 1
            if number % 5 == 4:
                self.open_all(record)
            self.look(record, way.__name__, number)

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
        """Take it from the web, or give it back."""
        page.use_web = not page.use_web
        page.save()

    def open_all(self, record: Record) -> None:
        """Bring one record, and all above it, back in sight, so that not everything ends in the dark."""
        page = Holding.objects.get(pk=record.pk)
        self.reopen(page)
        for above in [*Holding.objects.filter(pk__in=page.get_ancestors().values("pk")), page]:
            Holding.objects.filter(pk=above.pk).update(expire_at=None, go_live_at=None, use_web=True)
            self.publish(Holding.objects.get(pk=above.pk).specific)

    def look(self, record: Record, event: str, number: int) -> None:
        """Ask everything near a record, let the index catch up, and ask again what comes from it."""
        prefix = ("", "/en")[number % 2]
        page = Holding.objects.get(pk=record.pk).specific
        surfaces = self.surfaces(page, prefix, number)
        for name, address in surfaces.items():
            self.check(event, name, self.visitor.read(address), ())
        self.search(record, event, prefix)
        if page.cover:
            self.file(record, event, page.cover.renditions.first())
        self.catch_up()
        self.search(record, event, prefix)
        self.grep(event)

    def surfaces(self, page: Holding, prefix: str, number: int) -> dict[str, str]:
        """Return the pages on which a record could show, those of some others among them."""
        ends = Relation.objects.filter(Q(holding=page.pk) | Q(target=page.pk)).values_list("holding", "target")
        near = Holding.objects.filter(pk__in={end for pair in ends for end in pair} - {page.pk}).order_by("pk")
        tour = Tour.objects.get()
        found = {
            "page": prefix + path_of(page),
            "permanent": f"{prefix}/id/{page.uid}",
            "home": f"{prefix}/",
            "listing": prefix + path_of(self.shelf(page.shelf.slug if page.shelf else "works")),
            "parent": prefix + path_of(page.get_parent()),
            "tour": f"{prefix}{path_of(tour)}",
            "stop": f"{prefix}{path_of(tour)}{number % 5 + 1}/",
            "station": prefix + path_of(Station.objects.get()),
        }
        if others := list(near):
            found["neighbour"] = prefix + path_of(self.chance.choice(others))
        if number % 10 == 0:
            found |= {"sitemap": "/sitemap.xml", "search all": f"{prefix}/search/?q="}
        return found

    def search(self, record: Record, event: str, prefix: str) -> None:
        """Ask by one of a record's words, and by what is in its draft: what is hidden finds nothing, and is called nothing else."""
        lost = record in self.hidden()
        for word in [self.chance.choice(record.words), *record.drafts[-1:]]:
            answer = self.visitor.client.get(f"{prefix}/search/?q={word}")
            self.check(event, "search", answer.content.decode(), (word,))
            total = answer.context["hits"].total
            if total and (lost or word in record.drafts):
                self.leaks.append(f"{event}: {total} hits for {word}, which is hidden")
            self.found += bool(total)
            self.check(event, "suggestions", self.visitor.read(f"{prefix}/search/suggest/?q={word}"), ())

    def check(self, event: str, surface: str, text: str, typed: tuple[str, ...]) -> None:
        """Note every word of something hidden, or of a draft, that stands in a text, but for what the visitor typed."""
        self.asked[surface] += 1
        secret = [word for record in self.hidden() for word in record.words]
        secret += [word for record in self.records.values() for word in record.drafts]
        self.leaks += [f"{event}: {word} on {surface}" for word in secret if word in text and word not in typed]

    def file(self, record: Record, event: str, size: object) -> None:
        """Ask for a picture by its own address, the original's or a size's."""
        self.asked["file"] += 1
        address = (size or Holding.objects.get(pk=record.pk).cover).file.url
        if self.visitor.client.get(address).status_code == 200 and record in self.hidden():
            self.leaks.append(f"{event}: {address} is served")

    def grep(self, event: str) -> None:
        """Look into the files of the index for every word that nobody may read."""
        self.asked["index files"] += 1
        root = Path(settings.SEARCH_URL.partition(":")[2])
        content = b"".join(file.read_bytes() for file in root.rglob("*") if file.is_file())
        secret = [word for record in self.hidden() for word in record.words]
        secret += [word for record in self.records.values() for word in record.drafts]
        self.leaks += [f"{event}: {word} in the index files" for word in secret if word.encode() in content]


def path_of(page: Page) -> str:
    """Return a page's path in Chinese, without host."""
    return page.get_url_parts()[2].removeprefix("/en")
