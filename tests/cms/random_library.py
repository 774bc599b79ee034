"""A small library whose records speak of one another, and a visitor.

Every record has words of its own. Whether it may be seen is reckoned here from its row and those above it, not by
`cms.visibility`. A visitor keeps what was fetched and asks whether it still holds, as a browser does.
"""

import io
import random
from collections import Counter
from dataclasses import dataclass, field

import time_machine
from django.contrib.auth.models import User
from django.core.files.images import ImageFile
from django.core.management import call_command
from django.test import Client
from django.utils import timezone
from PIL import Image as Picture
from wagtail.models import Page, PageViewRestriction

from authorities.models import Person, Place
from chronicle.models import Chapter, Entry, Work
from cms.models import Holding, Name, Prose, Relation, Shelf
from events.models import Event
from exhibitions.models import Exhibit, Exhibition, ItineraryLeg, Section
from media.models import Image
from picturebooks.models import Book, Spread
from search import outbox
from stations.models import Copy, Station
from tours.models import Stop, Story, StoryVersion, Tour

RARE = 0x4DB0
"""Characters that stand in no text of the site count down from here."""
PASSWORD = "open sesame"


@dataclass
class Record:
    """A record by its key, with the words that only it has, and those of drafts that nobody may have read."""

    pk: int
    words: list[str]
    drafts: list[str] = field(default_factory=list)


@dataclass
class Visitor:
    """A browser without a session; it keeps every page with its tag, and asks by that."""

    client: Client = field(default_factory=lambda: Client(SERVER_NAME="localhost"))
    kept: dict[str, tuple[str, str]] = field(default_factory=dict)

    def read(self, address: str) -> str:
        """Return what stands in the visitor's window at an address; AssertionError where the site failed."""
        tag, text = self.kept.get(address, ("", ""))
        answer = self.client.get(address, headers={"If-None-Match": tag} if tag else {}, follow=True)
        assert answer.status_code < 500, f"{answer.status_code} at {address}"
        if answer.status_code == 304:
            return text
        content = answer.getvalue() if answer.streaming else answer.content
        text = content.decode("utf-8", "replace") if answer.status_code == 200 else ""
        self.kept[address] = (answer.headers.get("ETag", ""), text)
        return text


class Library:
    """Some thirty records of all kinds that speak of one another, an administrator, and a visitor."""

    def __init__(self, seed: int, clock: time_machine.Traveller) -> None:
        self.clock = clock
        self.chance = random.Random(seed)
        self.made = 0
        self.records: dict[int, Record] = {}
        self.visitor = Visitor()
        self.admin = Client(SERVER_NAME="localhost")
        self.admin.force_login(User.objects.create_superuser("keeper", password=PASSWORD))
        self.events: Counter[str] = Counter()
        self.asked: Counter[str] = Counter()
        self.leaks: list[str] = []
        self.found = 0
        self.fallbacks = 0
        self.fill()
        self.catch_up()

    def word(self) -> str:
        """Return a word that stands nowhere else: two rare characters and letters, which search reads as one or the other."""
        self.made += 1
        return "zq" + "".join(chr(97 + int(digit)) for digit in f"{self.made:05d}")

    def signs(self) -> str:
        """Return two characters that nobody else has."""
        self.made += 1
        return chr(RARE - 2 * self.made) + chr(RARE - 2 * self.made - 1)

    def put(self, parent: Page, kind: type[Holding], **fields: object) -> Holding:
        """Publish a record with words of its own in its title, its English title, its names and its text."""
        signs, english, name, text = self.signs(), self.word(), self.word(), self.word()
        if issubclass(kind, Prose):
            fields["body"] = f"{text}。"
        made = kind(title=signs, title_en=f"The {english}", summary=text, date_text="1860/1930", **fields)
        parent.add_child(instance=made)
        made.names.add(Name(text=name))
        made.save_revision().publish()
        self.records[made.pk] = Record(made.pk, [signs, english, name, text])
        return made

    def shelf(self, slug: str) -> Page:
        """Return a shelf."""
        return Shelf.objects.get(slug=slug)

    def fill(self) -> None:
        """Make the records, each tied to some made before."""
        people = [self.put(self.shelf("people"), Person) for _ in range(3)]
        places = [self.put(self.shelf("places"), Place) for _ in range(2)]
        works = [self.put(self.shelf("works"), Work) for _ in range(2)]
        chapters = [self.put(work, Chapter) for work in works]
        parents = [*works, *chapters, self.shelf("chronicle"), self.shelf("chronicle")]
        entries = [self.put(p, Entry, cover=self.cover(), featured=n) for n, p in enumerate(parents)]
        show = self.put(self.shelf("exhibitions"), Exhibition)
        ItineraryLeg.objects.create(exhibition=show, venue=self.own(show), sort_order=0)
        section = self.put(show, Section)
        exhibits = [self.put(section, Exhibit, cover=self.cover()) for _ in range(2)]
        book = self.put(self.shelf("picturebooks"), Book)
        Spread.objects.create(book=book, text=self.own(book), sort_order=0, image=self.cover())
        station = self.put(self.shelf("stations"), Station, subdistrict="xujiahui")
        for number, thing in enumerate((*works, book)):
            Copy.objects.create(station=station, work=thing, barcode=str(number))
        event = self.put(self.shelf("events"), Event)
        told = [*people, *places, *works]
        for thing in (*entries, *exhibits, book, station, event, show):
            for target in self.chance.sample(told, 2):
                Relation.objects.create(holding=thing, target=target, role="about")
        self.tell(exhibits, entries)

    def cover(self) -> Image:
        """Return a new picture."""
        data = io.BytesIO()
        Picture.new("RGB", (40, 30), (self.made % 250, 90, 90)).save(data, "PNG")
        return Image.objects.create(title="图", file=ImageFile(data, f"picture{self.made}.png"))

    def own(self, holding: Holding) -> str:
        """Return one more word that is a record's own."""
        self.records[holding.pk].words.append(self.word())
        return self.records[holding.pk].words[-1]

    def tell(self, exhibits: list[Holding], entries: list[Holding]) -> None:
        """Make a story of an exhibit, and an open tour past it and some entries."""
        story = self.put(self.shelf("stories"), Story)
        StoryVersion.objects.create(story=story, length=180, text=self.own(story))
        Relation.objects.create(holding=story, target=exhibits[0], role="about")
        tour = self.put(self.shelf("tours"), Tour)
        Stop.objects.create(tour=tour, holding=exhibits[0], story=story, sort_order=0)
        for number, holding in enumerate((exhibits[1], *entries[:3]), 1):
            Stop.objects.create(tour=tour, holding=holding, sort_order=number)
        # What was added to their rows belongs to their revisions too.
        for holding in Holding.objects.filter(pk__in=self.records):
            holding.specific.save_revision().publish()

    def hidden(self) -> list[Record]:
        """Return the records that nobody in particular may see, reckoned from the rows."""
        now, shut = timezone.now(), set(PageViewRestriction.objects.values_list("page__path", flat=True))
        off = set(Holding.objects.filter(use_web=False).values_list("path", flat=True))
        for path, live, expires, begins in Page.objects.values_list("path", "live", "expire_at", "go_live_at"):
            if not live or (expires and expires <= now) or (begins and begins > now):
                off.add(path)
        paths = dict(Page.objects.filter(pk__in=self.records).values_list("pk", "path"))
        closed = shut | off
        return [
            record
            for pk, record in self.records.items()
            if any(paths[pk][:end] in closed for end in range(4, len(paths[pk]) + 1, 4))
        ]

    def catch_up(self) -> None:
        """Let the clock's command run, and the index catch up and be purged, as a worker does."""
        call_command("publish_scheduled", stdout=io.StringIO())
        outbox.drain()
        outbox.purge(outbox.PROMPT)
