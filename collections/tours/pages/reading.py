"""A story as it is read: its versions in the reader's language, with the words marked that led here."""

from dataclasses import dataclass
from typing import Any

from django.db.models import prefetch_related_objects

from cms.catalogue.bilingual import in_english, say
from cms.catalogue.prose import Block, blocks
from cms.pages.highlighting import Found
from cms.pages.related import Surroundings
from tours.models import Language, Story, StoryVersion


@dataclass(frozen=True)
class Reading:
    """One version with its paragraphs."""

    version: StoryVersion
    blocks: list[Block]


def marked(version: StoryVersion, found: Found) -> Reading:
    """Return a version as paragraphs with the words marked."""
    return Reading(version, found.blocks(blocks(version.text, suffix=version.suffix)))


def read(story: Story, around: Surroundings) -> dict[str, Any]:
    """Return the versions that a reader is shown, the fullest first, and where else they are to be had."""
    if not around.previewed:  # there they are those in the form
        prefetch_related_objects([story], "versions")
    mine, other = (Language.ENGLISH, Language.CHINESE) if in_english() else (Language.CHINESE, Language.ENGLISH)
    own, others = story.said_in(mine), story.said_in(other)
    told_of, _inbound = around.relations
    shown = dict.fromkeys(around.near[tie.target_id] for tie in told_of if tie.target_id in around.near)
    return {
        "lines": say(story, "lines").text.splitlines(),
        "readings": [marked(v, around.found) for v in own or others],
        "others": [marked(v, around.found) for v in (others if own else [])],
        "untranslated": not own and bool(others),
        "shown": [holding for holding in shown if holding.cover_id],
    }
