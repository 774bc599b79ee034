"""Whatever happens to the records, in whatever order, no surface tells what is hidden; benchmarks/leaks.py does it 1,000 times."""

import time_machine
from django.utils import timezone

from tests.cms.random_trial import Trial
from tests.surfaces import cases
from tours.models import Pack

SHUT = {"paper", "paper's file", "upload", "sitemaps"}
"""What never shows anything of a record."""
SELDOM = {"packs", "pack's check"}
"""What names a record only where something changed or is missing."""


def test_thirty_events_leak_nothing(index: None, settings: object) -> None:
    """On any address that can show a holding, in packs, files and the index; and nearly all of them do show what is public."""
    # Nobody brings the index up to date but the trial itself, so that it is asked before and after.
    settings.SEARCH_DRAIN = "worker"
    with time_machine.travel(timezone.now()) as clock:
        # The fonts of a printed pack take longer to make ready than all the rest; the benchmark makes some.
        trial = Trial(13, clock, (Pack.Form.OFFLINE,))
        trial.run(30)
    findings = trial.findings
    assert findings.leaks == []
    assert trial.visiting.found > 10
    assert len(trial.library.events) > 6
    # A new address that can show a holding is to be asked for, too.
    assert {name for name, case in cases().items() if isinstance(case, dict)} - trial.addresses == set()
    assert {name for name, shown in findings.shown.items() if not shown} - SELDOM == SHUT
