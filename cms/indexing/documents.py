"""What the search knows of a holding: the common part of every kind's document.

Of what a holding is tied to, a document says only what anybody may see: `told_of` of what `cms.indexing.source` prepared.
"""

from cms.catalogue.prose import TextPart
from cms.models import Holding, Relation
from cms.models.kinds import kind_of
from search.document import Document


def told_of(holding: Holding) -> list[Holding]:
    """Return what a holding is tied to, of that what anybody may see; AttributeError where nobody asked who may."""
    relations: list[Relation] = holding.public_relations
    return [relation.target for relation in relations]


def places_of(holding: Holding) -> tuple[int, ...]:
    """Return the ids of the places that a holding is tied to, its own where it is one."""
    if holding.facet == "places":
        return (holding.pk,)
    return tuple(sorted({target.pk for target in told_of(holding) if kind_of(target).facet == "places"}))


def ties_of(holding: Holding) -> tuple[str, ...]:
    """Return what the related authorities are called: a holding about 淮海中路 is found by 霞飞路 too."""
    targets = [target for target in told_of(holding) if kind_of(target).authority]
    texts = (text for t in targets for text in (t.title, t.title_en, *(name.text for name in t.names.all())))
    return tuple(dict.fromkeys(filter(None, texts)))


def languages_of(holding: Holding) -> tuple[str, ...]:
    """Return the languages in which a holding can be read."""
    return ("zh", "en") if holding.title_en else ("zh",)


def joined(parts: list[TextPart]) -> tuple[str, tuple[str, ...]]:
    """Join paragraphs, a line each, and return where each line stands; line breaks within one would count as its end."""
    said = [part for part in parts if part.text]
    return "\n".join(" ".join(part.text.split("\n")) for part in said), tuple(part.anchor for part in said)


def document_of(holding: Holding) -> Document:
    """Return the document of any kind from its fields, names, relations and text."""
    text, anchors = joined(holding.text_parts())
    text_en, anchors_en = joined(holding.text_parts_en())
    return Document(
        id=holding.pk,
        kind=str(type(holding)._meta.model_name),
        uid=holding.uid,
        title=holding.title,
        title_en=holding.title_en,
        names=tuple(name.text for name in holding.names.all()),
        text=text,
        text_en=text_en,
        ties=ties_of(holding),
        anchors=anchors,
        anchors_en=anchors_en,
        authority=holding.authority,
        first=holding.date_earliest,
        last=holding.date_latest,
        ongoing=holding.is_ongoing,
        places=places_of(holding),
        themes=tuple(theme.slug for theme in holding.themes.all()),
        subdistrict=getattr(holding, "subdistrict", ""),
        languages=languages_of(holding),
        pictures=holding.cover_id is not None,
    )
