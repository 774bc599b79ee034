"""Which version of a story is told: the one asked for, or the nearest, and what is then said to be missing."""

from dataclasses import dataclass

from tours.models import Audience, Story, StoryVersion


@dataclass(frozen=True)
class Choice:
    """The version to tell, or none; `exact` when it is the one that was asked for."""

    version: StoryVersion | None
    exact: bool


def distance(version: StoryVersion, length: int, audience: str, language: str) -> tuple[bool, int, bool, int]:
    """Return how far a version is from what is wanted; smaller is nearer.

    The language counts most: nobody is told a tour in two. Then the listener, a general version serving all sooner than one
    for others; then the length, a shorter one sooner than one that takes more time than there is.
    """
    listener = 0 if version.audience == audience else 1 if version.audience == Audience.GENERAL else 2
    return (version.language != language, listener, version.length > length, abs(version.length - length))


def choose(story: Story, length: int, audience: str, language: str) -> Choice:
    """Return the version of a story to tell; its `versions` should be prefetched."""
    nearest = min(story.versions.all(), key=lambda v: distance(v, length, audience, language), default=None)
    if nearest is None:
        return Choice(None, False)
    return Choice(nearest, (nearest.length, nearest.audience, nearest.language) == (length, audience, language))


def lengths(story: Story, audience: str, language: str) -> list[int]:
    """Return the lengths, in seconds, that a story has for a listener and language, or else for anyone in that language."""
    own = [v for v in story.versions.all() if v.language == language]
    fitting = [v for v in own if v.audience == audience] or [v for v in own if v.audience == Audience.GENERAL] or own
    return sorted({v.length for v in fitting})
