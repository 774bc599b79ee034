"""A stretch of days with what is known of its certainty."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Span:
    """Days from `earliest` to `latest` (ordinals, both included); None is an open or unknown end."""

    edtf: str
    earliest: int | None
    latest: int | None
    certainty: str = "certain"
