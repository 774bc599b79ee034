"""Where the records come from that a written name may mean: the headings of the search, and what is not in its index yet.

Every record is read anew before it is compared, and from a queryset of what whoever asks may see: an index that is behind
can miss nothing, since what waits for it is read too, and can tell nobody of what is hidden.
"""

from collections.abc import Iterable
from functools import cached_property

from django.db.models import Case, ExpressionWrapper, IntegerField, Q, QuerySet, Value, When
from django.db.models.expressions import Combinable

from cms.matching.generic_words import core, unqualified
from cms.matching.records import Recorded, recorded
from cms.models import FormerNumber, Holding
from cms.models.uid import normal_uid
from search.models import Heading, Outbox, Record
from search.sounds import initials, plain, spoken, spoken_ways, typed_sound

AT_ONCE = 200
"""Names or records asked for in one query; SQLite takes no list of any length."""
FEWEST_LETTERS = 3
"""Letters of a word that are looked for when a name is spelt otherwise; also those that can be initials."""
MOST_LIKE = 300
"""Headings that are read for one name that stands nowhere."""


def pieces(text: str) -> list[str]:
    """Return parts of a name of which one at least stands in it however it is misspelt: two characters, three letters."""
    bare = core(text)
    step = FEWEST_LETTERS if bare.isascii() else 2
    if len(bare) <= step:
        return [bare] if len(bare) > 1 else []
    return list(dict.fromkeys(bare[at : at + step] for at in range(len(bare) - step + 1)))[:12]


class Lookup:
    """Finds records by how they are called, among those that whoever asks may see.

    `most_fresh` limits how many records outside the index are read, the newest first; None reads them all.
    """

    def __init__(self, seen: "QuerySet[Holding]", most_fresh: int | None = None) -> None:
        self.seen, self.most_fresh = seen, most_fresh
        self.read: dict[int, Recorded | None] = {}
        self.heirs: dict[str, str] = {}

    def records(self, ids: Iterable[int]) -> list[Recorded]:
        """Return the records of these ids that may be seen, each read once."""
        wanted = list(dict.fromkeys(ids))
        new = [pk for pk in wanted if pk not in self.read]
        self.read.update(dict.fromkeys(new))
        for start in range(0, len(new), AT_ONCE):
            some = self.seen.filter(pk__in=new[start : start + AT_ONCE]).prefetch_related("names")
            self.read.update((holding.pk, recorded(holding)) for holding in some)
        return [found for pk in wanted if (found := self.read[pk]) is not None]

    @cached_property
    def fresh(self) -> list[Recorded]:
        """What may be seen and is not in the index as it is now: drafts, what is closed, what was just saved."""
        behind = Outbox.objects.filter(done=None).values("holding")
        outside = self.seen.filter(~Q(pk__in=Record.objects.values("id")) | Q(pk__in=behind))
        return self.records(outside.order_by("-pk").values_list("pk", flat=True)[: self.most_fresh])

    @cached_property
    def fresh_by_plain(self) -> dict[str, list[Recorded]]:
        """The same by what it is called."""
        found: dict[str, list[Recorded]] = {}
        for record in self.fresh:
            for name in {called.plain for called in record.called}:
                found.setdefault(name, []).append(record)
        return found

    @cached_property
    def fresh_by_sound(self) -> dict[str, list[Recorded]]:
        """The same by how it sounds, in any reading, and by the initials of that."""
        found: dict[str, list[Recorded]] = {}
        for record in self.fresh:
            read = [(way, called.text) for called in record.called for way in spoken_ways(called.text)]
            for said in {"".join(way) for way, _text in read} | {initials(way, text) for way, text in read}:
                found.setdefault(said, []).append(record)
        return found

    def written(self, texts: Iterable[str]) -> dict[str, list[Recorded]]:
        """Return for each text what is called just so, in characters, in letters or by number, and all namesakes of it."""
        asked = {text: ways(text) for text in dict.fromkeys(texts)}
        found = self.by_headings(asked)
        numbers = self.by_number(asked)
        made = {}
        for text, (forms, said) in asked.items():
            ids = [*numbers.get(text, []), *found.get(text, [])]
            fresh = [record for form in forms for record in self.fresh_by_plain.get(form, [])]
            fresh += self.fresh_by_sound.get(said, []) if said else []
            made[text] = once([*self.records(ids), *fresh])
        return made

    def by_headings(self, asked: dict[str, tuple[list[str], str]]) -> dict[str, list[int]]:
        """Return the ids that the headings of the search know by these names."""
        by_plain: dict[str, list[str]] = {}
        by_sound: dict[str, list[str]] = {}
        for text, (forms, said) in asked.items():
            for form in forms:
                by_plain.setdefault(form, []).append(text)
            if said:
                by_sound.setdefault(said, []).append(text)
        found: dict[str, list[int]] = {}
        for field, known in (("plain", by_plain), ("sound", by_sound)):
            names = list(known)
            for start in range(0, len(names), AT_ONCE):
                rows = Heading.objects.filter(**{f"{field}__in": names[start : start + AT_ONCE]}).order_by("id")
                for name, holding in rows.values_list(field, "holding"):
                    for text in known[name]:
                        found.setdefault(text, []).append(holding)
        self.records(pk for ids in found.values() for pk in ids)  # all in a few queries
        return found

    def by_number(self, asked: Iterable[str]) -> dict[str, list[int]]:
        """Return the ids of those whose number a text is, or was until another record took it over."""
        numbers = {normal_uid(text): text for text in asked}
        found: dict[str, list[int]] = {}
        keys = [number for number in numbers if number]
        for start in range(0, len(keys), AT_ONCE):
            rows = self.seen.filter(uid__in=keys[start : start + AT_ONCE])
            for uid, pk in rows.values_list("uid", "pk"):
                found.setdefault(numbers[uid], []).append(pk)
        lost = [key for key in keys if "-" in key and numbers[key] not in found]
        for start in range(0, len(lost), AT_ONCE):
            taken = FormerNumber.objects.filter(uid__in=lost[start : start + AT_ONCE], holding__in=self.seen)
            for former, uid, pk in taken.values_list("uid", "holding__uid", "holding"):
                self.heirs[former] = uid
                found.setdefault(numbers[former], []).append(pk)
        return found

    def like(self, text: str) -> list[Recorded]:
        """Return what is called something like this; for a name that stands nowhere as it is written."""
        some, form, said = pieces(text), plain(text), typed_sound(text)
        if not form:
            return []
        condition = Q(sound=said)
        for piece in some:
            condition |= Q(plain__contains=piece)
        if spoken(text) and len(form) >= FEWEST_LETTERS:
            condition |= Q(initials=form)
        rows = Heading.objects.filter(condition).annotate(shared=shared(some)).order_by("-shared", "-authority", "id")
        ids = rows.values_list("holding", flat=True)[:MOST_LIKE]
        fresh = [r for r in self.fresh if any(piece in called.plain for called in r.called for piece in some)]
        return once([*self.records(ids), *fresh, *self.fresh_by_sound.get(said, [])])


def shared(some: list[str]) -> Combinable:
    """Return how many of these parts stand in a heading."""
    number: Combinable = Value(0)
    for piece in some:
        number = number + Case(When(plain__contains=piece, then=Value(1)), default=Value(0))
    return ExpressionWrapper(number, output_field=IntegerField())


def ways(text: str) -> tuple[list[str], str]:
    """Return the plain forms that a text is looked up by, and its sound where it may be pinyin."""
    forms = list(dict.fromkeys(filter(None, (plain(text), plain(unqualified(text))))))
    return forms, typed_sound(text) if forms and spoken(text) else ""


def once(records: list[Recorded]) -> list[Recorded]:
    """Return each record once, in order."""
    return list({record.uid: record for record in records}.values())
