"""Everything that a visitor, who has no account, can ask of the library after an event."""

import json
from pathlib import Path
from urllib.parse import quote, unquote

from django.conf import settings
from django.core.files.base import ContentFile
from django.db.models import Q
from wagtail.documents.models import Document

from cms.models import Holding, Relation
from stations.models import Station
from tests.cms.random_events import EventfulLibrary, path_of
from tests.cms.random_library import Record
from tests.cms.random_reader import Findings, Reader
from tours.flight import HEADER
from tours.models import Code, Tour

KEEP = {HEADER: "1"}
SELDOM = 10
"""Events between two looks at what cannot come out otherwise for one record alone."""


class Visiting:
    """A visitor who asks for a record wherever it could show."""

    def __init__(self, library: EventfulLibrary, findings: Findings) -> None:
        self.library, self.findings, self.reader = library, findings, Reader()
        self.found = 0
        self.paper = Document.objects.create(title="公文", file=ContentFile(self.secret_word().encode(), "paper.txt"))
        self.signs = list(Code.objects.filter(tour=Tour.objects.get(pk=library.tour)).values_list("code", flat=True))

    def secret_word(self) -> str:
        """Return a word that nobody may read, ever."""
        self.library.private.append(self.library.word())
        return self.library.private[-1]

    def look(self, event: str, record: Record, number: int) -> None:
        """Ask everything near a record."""
        page = Holding.objects.get(pk=record.pk).specific
        for name, address in self.surfaces(page, number).items():
            kept = KEEP if name.startswith("kept") else {}
            self.ask(event, name, address, kept)
        self.search(event, record, number)
        typed = self.library.chance.choice([*record.words, *record.drafts])
        self.ask(event, "suggestions", f"{('', '/en')[number % 2]}/search/suggest/?q={typed}")
        if page.cover:
            self.files(event, record, page.cover)

    def ask(self, event: str, name: str, address: str, headers: dict[str, str] | None = None) -> None:
        """Read an address and check what came."""
        text = self.reader.read(address, **(headers or {}))
        secrets = self.library.secrets(use="offline" if headers else "web") + self.library.private
        self.findings.check(event, name, text, secrets, unquote(address))
        public = (word for record in self.library.records.values() for word in (*record.words, *record.marks))
        self.findings.shown[name] += any(word in text for word in public)

    def surfaces(self, page: Holding, number: int) -> dict[str, str]:
        """Return the addresses on which a record could show, those of some others among them; each language in turn."""
        prefix, chance = ("", "/en")[number % 2], self.library.chance
        tour = f"{prefix}{path_of(Tour.objects.get(pk=self.library.tour))}"
        listing = prefix + path_of(self.library.shelf(page.shelf.slug if page.shelf else "works"))
        found = {
            "page": prefix + path_of(page),
            "permanent": f"{prefix}/id/{page.uid}",
            "listing": listing + ("", "?decade=1860", "?sort=title")[number % 3],
            "parent": prefix + path_of(page.get_parent()),
            ("tour", "kept tour")[number // 2 % 2]: tour,
            ("stop", "kept stop")[number % 2]: f"{tour}{number // 2 % 5 + 1}/",
        }
        if number // 2 % 2:
            found |= {"home": f"{prefix}/", "station": prefix + path_of(Station.objects.get())}
            held = ("", f"?holds={page.uid}")[number // 4 % 2]
            found["corners as data"] = f"{prefix}/stations/whereabouts.json{held}"
            # By its number, in which none of its words is typed.
            found["card"] = f"{prefix}/reconcile/card/{page.uid}/"
            found["matches"] = f"{prefix}/reconcile/?queries={quote(json.dumps({'q0': {'query': page.uid}}))}"
            found["matches by prefix"] = f"{prefix}/reconcile/suggest/entity/?prefix={page.uid}"
        else:
            sitemap = f"/sitemaps/{page._meta.model_name}.xml"
            found |= {"sign": f"/q/{chance.choice(self.signs)}", "sitemap": sitemap}
        if others := self.near(page):
            found["neighbour"] = prefix + path_of(chance.choice(others))
        if self.library.old:
            found["old address"] = prefix + chance.choice(self.library.old)
        return found | (self.seldom(prefix) if number % SELDOM == 0 else {})

    def near(self, page: Holding) -> list[Holding]:
        """Return what a record is tied to."""
        ends = Relation.objects.filter(Q(holding=page.pk) | Q(target=page.pk)).values_list("holding", "target")
        return list(Holding.objects.filter(pk__in={end for pair in ends for end in pair} - {page.pk}).order_by("pk"))

    def seldom(self, prefix: str) -> dict[str, str]:
        """Return the addresses that are the same whatever record was changed."""
        return {
            "sitemaps": "/sitemap.xml",
            "search all": f"{prefix}/search/?q=",
            "sign typed": f"{prefix}/q/?code={self.signs[0]}",
            "paper": self.paper.url,
            "paper's file": self.paper.file.url,
        }

    def search(self, event: str, record: Record, number: int) -> None:
        """Ask by one of a record's words, and by what is in its draft: what is hidden finds nothing, and is called nothing else."""
        prefix = ("", "/en")[number % 2]
        lost, secrets = record in self.library.hidden(), self.library.secrets() + self.library.private
        for word in [self.library.chance.choice(record.words), *record.drafts[-1:]]:
            address = f"{prefix}/search/?q={word}"
            text = self.reader.read(address)
            self.findings.check(event, "search", text, secrets, word)
            total = self.reader.latest.context["hits"].total
            if total and (lost or word in record.drafts):
                self.findings.leaks.append(f"{event}: {total} hits for {word}, which is hidden")
            self.found += bool(total)
            self.findings.shown["search"] += bool(total)

    def files(self, event: str, record: Record, cover: object) -> None:
        """Ask for a picture by its own addresses: as it was uploaded, which nobody may see, and in a size."""
        hidden = record in self.library.hidden()
        for name, file in (("upload", cover.file), *(("size", one.file) for one in cover.renditions.all()[:1])):
            self.reader.read(file.url)
            self.findings.asked[name] += 1
            served = self.reader.latest.status_code != 404
            self.findings.shown[name] += served
            if served and (hidden or name == "upload"):
                self.findings.leaks.append(f"{event}: {file.url} is served")

    def grep(self, event: str) -> None:
        """Look into the files of the index for every word that nobody may read."""
        self.findings.asked["index files"] += 1
        root = Path(settings.SEARCH_URL.partition(":")[2])
        content = b"".join(file.read_bytes() for file in root.rglob("*") if file.is_file())
        words = {word for record in self.library.hidden() for word in record.words}
        words |= {word for record in self.library.records.values() for word in record.drafts}
        found = [word for word in (*words, *self.library.private) if word.encode() in content]
        self.findings.leaks += [f"{event}: {word} in the index files" for word in found]
