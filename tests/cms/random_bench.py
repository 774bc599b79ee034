"""What a guide sees at the bench, and the packs that are made of her tours, while things happen to the library."""

import io
import uuid
from functools import cache
from pathlib import Path
from urllib.parse import unquote

from django.contrib.auth.models import Group, User
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import override
from pypdf import PdfReader

from cms.models import Holding
from tests.cms.random_events import EventfulLibrary, path_of
from tests.cms.random_library import Record
from tests.cms.random_pages import KEEP
from tests.cms.random_reader import Findings, Reader, plain
from tours.guiding.access import GUIDES
from tours.guiding.packs.files import path_of as file_of
from tours.guiding.packs.making import claim, make
from tours.guiding.packs.orders import USES, NothingToPack, ask
from tours.models import Pack, Question, Run, RunStop, Script, Stop, Tour

AGAIN = 3
"""Events between two looks at a pack that was made before."""
TABLES = ("runs", "skipped", "questions")
LASTING = 4
"""Packs of each form that are asked for again; older files are removed."""


def browser_of(user: User) -> Reader:
    """Return a browser in which somebody has logged in."""
    client = Client(SERVER_NAME="localhost")
    client.force_login(user)
    return Reader(client)


@cache
def printed(file: Path) -> str:
    """Return the words of a PDF, which may be broken anywhere."""
    return "".join("".join(page.extract_text().split()) for page in PdfReader(io.BytesIO(file.read_bytes())).pages)


class Guiding:
    """A guide with an open tour and one of her own, both given before and asked about, and a colleague who has her codes."""

    def __init__(self, library: EventfulLibrary, findings: Findings, forms: tuple[Pack.Form, ...]) -> None:
        self.library, self.findings, self.forms = library, findings, forms
        self.reader = browser_of(library.guide)
        other = User.objects.create_user("colleague")
        other.groups.add(Group.objects.get(name=GUIDES))
        self.colleague = browser_of(other)
        self.script = library.word()
        self.packs: list[Pack] = []
        self.give()

    def give(self) -> None:
        """Write a script, give the guide's own tour once, and have the questions answered by what stands at its stops."""
        tour, now = self.library.own_tour, timezone.now()
        stops = list(Stop.objects.filter(tour=tour))
        Script.objects.create(stop=stops[0], owner=self.library.guide, text=self.script)
        self.library.private.append(self.script)
        run = Run.objects.create(key=uuid.uuid4(), tour_id=tour, audience="general", language="zh-hans", began_at=now)
        for number, stop in enumerate(stops, 1):
            RunStop.objects.create(run=run, stop=stop, number=number, about_id=stop.holding_id, skipped=True)
            fields = {"tour_id": tour, "stop": stop, "number": number, "asked_on": now.date(), "text": "为什么？"}
            Question.objects.create(key=uuid.uuid4(), state="answered", answer_id=stop.holding_id, **fields)

    def look(self, event: str, record: Record, number: int) -> None:
        """Look at one page of the bench, and ask for a pack that was made before."""
        page = Holding.objects.get(pk=record.pk)
        turn = number // 2
        addresses = self.surfaces(record, turn % 2, page)
        name = list(addresses)[turn % len(addresses)]
        if number % 2 == 0:
            self.ask(event, name, addresses[name], KEEP if name.startswith("kept") else {})
        if self.packs and number % AGAIN == 0:
            self.ask_again(event, self.library.chance.choice(self.packs))

    def surfaces(self, record: Record, at: int, page: Holding) -> dict[str, str]:
        """Return the addresses of the bench."""
        tour = (self.library.own_tour, self.library.tour)[at]
        with override("zh-hans"):
            bench = reverse("guide_tour", args=[tour])
            return {
                "bench": bench,
                "bench search": f"{bench}?q={self.library.chance.choice(record.words)}",
                "bench fit": f"{reverse('guide_fit', args=[tour])}?minutes=1",
                "spoken from": reverse("guide_present", args=[tour]),
                "kept, spoken from": reverse("guide_present", args=[tour]),
                "kept bench": bench,
                "packs": reverse("guide_packs", args=[tour]),
                "bench front": reverse("guide"),
                "after": reverse("guide_after", args=[self.library.own_tour]),
                "page for a member": path_of(page),
                **{f"after: {t}": reverse("guide_after_table", args=[self.library.own_tour, t]) for t in TABLES},
            }

    def ask(self, event: str, name: str, address: str, headers: dict[str, str], reader: Reader | None = None) -> str:
        """Read an address as the guide, or as another, and check what came."""
        text = (reader or self.reader).read(address, **headers)
        use = "offline" if headers else "web"
        own = reader is None and "/guide/" in address
        secrets = self.library.guides_secrets(use) if own else self.library.secrets(member=True, use=use)
        if reader:
            secrets = secrets + self.library.private
        self.findings.check(event, name, text, secrets, unquote(address))
        self.show(name, text)
        return text

    def show(self, name: str, text: str) -> None:
        """Count where something public was seen."""
        public = (word for record in self.library.records.values() for word in (*record.words, *record.marks))
        self.findings.shown[name] += any(word in text for word in public)

    def pack(self, event: str, number: int) -> None:
        """Have a pack made now, as the form does; each form, both tours and both languages in turn."""
        form = self.forms[number % len(self.forms)]
        tour = Tour.objects.get(pk=(self.library.own_tour, self.library.tour)[number // 2 % 2])
        language = ("zh-hans", "en")[number // 3 % 2]
        try:
            pack = ask(Pack(tour=tour, form=form, audience=tour.audience, language=language))
        except NothingToPack:
            return
        if claim(pack):
            make(Pack.objects.get(pk=pack.pk))
        pack.refresh_from_db()
        assert pack.state == Pack.State.READY, pack.trouble
        self.packs = [*(one for one in self.packs if one != pack), pack][-2 * LASTING :]
        self.findings.check(event, f"new pack, {form}", self.text_of(pack), self.forbidden(pack))
        self.show(f"new pack, {form}", self.text_of(pack))

    def text_of(self, pack: Pack) -> str:
        """Return the words of a pack's file."""
        file = file_of(pack)
        return printed(file) if pack.form == Pack.Form.PRINT else plain(file.read_text("utf-8"))

    def forbidden(self, pack: Pack) -> list[str]:
        """Return what may not stand in a pack, which goes from hand to hand."""
        tour = self.library.records[self.library.tour]
        own = {*tour.words, *tour.drafts, *tour.marks} if pack.tour_id == tour.pk else set()
        return [
            *(word for word in self.library.secrets(use=USES[Pack.Form(pack.form)]) if word not in own),
            self.script,
        ]

    def ask_again(self, event: str, pack: Pack) -> None:
        """Ask for a pack that was made before: its page, its file, and as a colleague who has its code."""
        with override("zh-hans"):
            page, file = (reverse(name, args=[pack.code]) for name in ("guide_pack", "guide_pack_file"))
            check = f"{reverse('guide_pack_check')}?code={pack.code}"
        self.ask(event, "pack's page", page, {})
        self.ask(event, "pack's check", check, {}, self.colleague)
        self.reader.read(file)
        if "attachment" in self.reader.latest.headers.get("Content-Disposition", ""):
            self.findings.check(event, f"old pack, {pack.form}", self.text_of(pack), self.forbidden(pack))
            self.show(f"old pack, {pack.form}", self.text_of(pack))
        else:
            self.findings.asked[f"old pack, {pack.form}, refused"] += 1
