"""Whatever happens to the records, in whatever order, no surface tells what is hidden; benchmarks/leaks.py does it 1,000 times."""

import pytest
import time_machine
from django.utils import timezone

from tests.cms.random_events import EventfulLibrary


@pytest.mark.parametrize("seed", [13])
def test_thirty_events_leak_nothing(index: None, settings: object, seed: int) -> None:
    # Nobody brings the index up to date but the library itself, so that it is asked before and after.
    settings.SEARCH_DRAIN = "worker"
    with time_machine.travel(timezone.now()) as clock:
        library = EventfulLibrary(seed, clock)
        library.happen(30)
    assert library.leaks == []
    assert library.found > 10
    assert len(library.events) > 6
