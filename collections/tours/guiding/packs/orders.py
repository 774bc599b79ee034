"""Asking for a pack: the same thing asked for twice, even at once, is one pack."""

from django.db import IntegrityError, transaction

from tours.guiding.facts import facts_of, fingerprint
from tours.guiding.packs.files import path_of
from tours.guiding.telling import tell
from tours.guiding.told import Telling
from tours.models import Pack
from tours.models.code import fresh_code

CODE_SIZE = 7
"""Letters; a sign's code has six, so neither is taken for the other."""
EDITION = 2
"""Counted up when the sheet or the page changes so that packs made before should be made anew."""
USES: dict[str, str] = {Pack.Form.PRINT: "print", Pack.Form.OFFLINE: "offline"}


class NothingToPack(Exception):
    """The tour has no stop."""


def telling_of(pack: Pack) -> Telling:
    """Return what a pack tells, as it is now and as anybody may see it: a pack goes from hand to hand."""
    owner = pack.tour.owner if pack.with_scripts else None
    return tell(pack.tour, None, use=USES[pack.form], audience=pack.audience, language=pack.language, scripts_of=owner)


def ask(wanted: Pack) -> Pack:
    """Return the pack of a tour as it is now, to be made unless it is ready; NothingToPack when it has no stop."""
    telling = telling_of(wanted)
    if not telling.stops:
        raise NothingToPack
    wanted.code, wanted.fingerprint = fresh_code(Pack, CODE_SIZE), mark_of(wanted, telling)
    wanted.facts, wanted.total = [facts_of(told) for told in telling.stops], len(telling.stops)
    pack = kept(wanted)
    if pack.state == Pack.State.FAILED or (pack.state == Pack.State.READY and not path_of(pack).is_file()):
        again = Pack.objects.filter(pk=pack.pk, state=pack.state)
        again.update(state=Pack.State.WAITING, touched_at=None, done=0, trouble="")
        pack.refresh_from_db()
    return pack


def kept(wanted: Pack) -> Pack:
    """Save a pack, or return the one of the same that is there, perhaps since a moment."""
    same = Pack.objects.filter(tour=wanted.tour, form=wanted.form, fingerprint=wanted.fingerprint)
    if found := same.first():
        return found
    try:
        with transaction.atomic():
            wanted.save()
    except IntegrityError:
        return same.get()
    return wanted


def mark_of(pack: Pack, telling: Telling) -> str:
    """Return a hash of all that goes into a pack."""
    return fingerprint(telling, pack.form, pack.with_scripts, EDITION)
