"""A story as it is read: its versions in the reader's language, with the words marked that led here."""

from dataclasses import dataclass

from django.db.models import prefetch_related_objects
from django.http import HttpRequest

from cms.bilingual import in_english, say
from cms.found import Found
from cms.models import Holding, Relation
from cms.prose import Block, blocks
from cms.surroundings import with_pictures
from cms.visibility import visible
from tours.models import Language, Story, StoryVersion


@dataclass(frozen=True)
class Reading:
    """One version with its paragraphs."""

    version: StoryVersion
    blocks: list[Block]


def read(story: Story, request: HttpRequest, found: Found) -> dict:
    """Return the versions that a reader is shown, the fullest first, and where else they are to be had."""
    prefetch_related_objects([story], "versions")
    mine, other = (Language.ENGLISH, Language.CHINESE) if in_english() else (Language.CHINESE, Language.ENGLISH)
    own, others = story.said_in(mine), story.said_in(other)
    told_of = Relation.objects.filter(holding=story.pk).order_by("sort_order", "pk").values_list("target", flat=True)
    shown = with_pictures(visible(Holding.objects.filter(pk__in=list(told_of)), request)).in_bulk()
    return {
        "lines": say(story, "lines").text.splitlines(),
        "readings": [Reading(v, found.blocks(blocks(v.text, suffix=v.suffix))) for v in own or others],
        "others": [Reading(v, found.blocks(blocks(v.text, suffix=v.suffix))) for v in (others if own else [])],
        "untranslated": not own and bool(others),
        "shown": [shown[pk] for pk in told_of if pk in shown and shown[pk].cover_id],
    }
