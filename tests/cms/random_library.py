"""A small library whose records speak of one another.

Every record has words of its own. Whether it may be seen is reckoned here from its row and those above it, not by
`cms.visibility`.
"""

import io
import random
from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path

import time_machine
from django.contrib.auth.models import Group, User
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
from tours.guiding.access import GUIDES
from tours.models import Code, Stop, Story, StoryVersion, Tour

RARE = 0x4DB0
"""Characters that stand in no text of the site count down from here."""
PASSWORD = "open sesame"


@dataclass
class Record:
    """A record by its key, with what only it has.

    `words` can be searched for; those of its text (`told`) are among them, and are not for a use that its rights do not
    allow. `marks` are its number and address, `pictures` the names of its picture's files. `drafts` nobody may have read yet.
    """

    pk: int
    words: list[str]
    told: list[str]
    marks: list[str]
    pictures: list[str]
    drafts: list[str] = field(default_factory=list)


class Library:
    """Some thirty records of all kinds that speak of one another, and an administrator."""

    def __init__(self, seed: int, clock: time_machine.Traveller) -> None:
        self.clock = clock
        self.chance = random.Random(seed)
        self.made = 0
        self.records: dict[int, Record] = {}
        self.private: list[str] = []
        self.old: list[str] = []
        self.admin = Client(SERVER_NAME="localhost")
        self.admin.force_login(User.objects.create_superuser("keeper", password=PASSWORD))
        self.events: Counter[str] = Counter()
        self.fallbacks = 0
        self._secrets: dict[tuple[bool, str], list[str]] = {}
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
        pictures = [Path(made.cover.file.name).stem] if made.cover else []
        self.records[made.pk] = Record(made.pk, [signs, english, name, text], [text], [made.uid, made.slug], pictures)
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
        station = self.put(
            self.shelf("stations"), Station, subdistrict="xujiahui", latitude="31.19", longitude="121.43"
        )
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
        return Image.objects.create(title="图", file=ImageFile(data, f"{self.word()}.png"))

    def own(self, holding: Holding) -> str:
        """Return one more word that is a record's own."""
        record, word = self.records[holding.pk], self.word()
        record.words.append(word)
        record.told.append(word)
        return word

    def tell(self, exhibits: list[Holding], entries: list[Holding]) -> None:
        """Make a story of an exhibit, and an open tour past it and some entries."""
        story = self.put(self.shelf("stories"), Story)
        StoryVersion.objects.create(story=story, length=180, text=self.own(story))
        Relation.objects.create(holding=story, target=exhibits[0], role="about")
        self.guide = User.objects.create_user("guide", password=PASSWORD)
        self.guide.groups.add(Group.objects.get(name=GUIDES))
        tour = self.put(self.shelf("tours"), Tour, owner=self.guide)
        self.tour, self.own_tour = tour.pk, self.prepare().pk
        for way in (tour.pk, self.own_tour):
            Stop.objects.create(tour_id=way, holding=exhibits[0], story=story, sort_order=0)
            for number, holding in enumerate((exhibits[1], *entries[:3]), 1):
                Stop.objects.create(tour_id=way, holding=holding, sort_order=number)
        for stop in Stop.objects.filter(tour=tour):
            Code.of(stop)
        # What was added to their rows belongs to their revisions too.
        for holding in Holding.objects.filter(pk__in=self.records):
            holding.specific.save_revision().publish()

    def prepare(self) -> Tour:
        """Return the guide's own tour, which nobody else may know of."""
        self.private.append(self.word())
        return self.shelf("tours").add_child(
            instance=Tour(title="自备", title_en=self.private[-1], owner=self.guide, live=False)
        )

    def hidden(self, member: bool = False) -> list[Record]:
        """Return the records that nobody in particular may see, or no member, reckoned from the rows."""
        now, shut = timezone.now(), PageViewRestriction.objects.all()
        if member:
            shut = shut.exclude(restriction_type=PageViewRestriction.LOGIN)
        closed = {*shut.values_list("page__path", flat=True)}
        closed |= set(Holding.objects.filter(use_web=False).values_list("path", flat=True))
        for path, live, expires, begins in Page.objects.values_list("path", "live", "expire_at", "go_live_at"):
            if not live or (expires and expires <= now) or (begins and begins > now):
                closed.add(path)
        paths = dict(Page.objects.filter(pk__in=self.records).values_list("pk", "path"))
        return [
            record
            for pk, record in self.records.items()
            if any(paths[pk][:end] in closed for end in range(4, len(paths[pk]) + 1, 4))
        ]

    def secrets(self, member: bool = False, use: str = "web") -> list[str]:
        """Return every word that may not come out to a visitor, or to a member, for a use; reckoned once until the next event."""
        if (member, use) not in self._secrets:
            secret = [
                word for record in self.hidden(member) for word in (*record.words, *record.marks, *record.pictures)
            ]
            secret += [word for record in self.records.values() for word in record.drafts]
            barred = Holding.objects.filter(**{f"use_{use}": False}, pk__in=self.records).values_list("pk", flat=True)
            secret += [word for pk in barred for word in (*self.records[pk].told, *self.records[pk].pictures)]
            self._secrets[member, use] = secret
        return self._secrets[member, use]

    def guides_secrets(self, use: str = "web") -> list[str]:
        """Return every word that the guide may not read at her bench: her own open tour she may, whatever hides it from others."""
        tour = self.records[self.tour]
        own = {*tour.words, *tour.drafts, *tour.marks}
        return [word for word in self.secrets(member=True, use=use) if word not in own]

    def stir(self) -> None:
        """Forget what was reckoned: something happened."""
        self._secrets.clear()

    def catch_up(self) -> None:
        """Let the clock's command run, and the index catch up and be purged, as a worker does."""
        call_command("publish_scheduled", stdout=io.StringIO())
        outbox.drain()
        outbox.purge(outbox.PROMPT)
        self.stir()
