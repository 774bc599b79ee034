"""A trial: things happen to a library one after another, and after each everybody looks for what nobody may see."""

from collections.abc import Callable

import time_machine

from tests.cms.random_bench import Guiding
from tests.cms.random_events import EventfulLibrary
from tests.cms.random_pages import Visiting
from tests.cms.random_reader import Findings
from tours.models import Pack

PACKED = 10
"""Events between two packs."""
Watch = Callable[[str, int], None]


class Trial:
    """A library, a visitor, and a guide who has packs made in some forms.

    `watch` is called after each event with its name and number, to look at more.
    """

    watch: Watch | None = None

    def __init__(self, seed: int, clock: time_machine.Traveller, forms: tuple[Pack.Form, ...]) -> None:
        self.library, self.findings = EventfulLibrary(seed, clock), Findings()
        self.visiting = Visiting(self.library, self.findings)
        self.guiding = Guiding(self.library, self.findings, forms)
        self.done = 0

    def run(self, count: int, going_on: Callable[[], bool] = lambda: True) -> None:
        """Let so many things happen, and look after each: before the index has caught up, and after."""
        while self.done < count and going_on():
            event, record = self.library.happen(self.done)
            self.visiting.look(event, record, self.done)
            self.guiding.look(event, record, self.done)
            if self.done % PACKED == PACKED - 1:
                self.guiding.pack(event, self.done // PACKED)
            self.library.catch_up()
            self.visiting.search(event, record, self.done)
            self.visiting.grep(event)
            if self.watch:
                self.watch(event, self.done)
            self.done += 1

    @property
    def addresses(self) -> set[str]:
        """The names of the addresses that were asked for."""
        return {*self.visiting.reader.names, *self.guiding.reader.names, *self.guiding.colleague.names}
