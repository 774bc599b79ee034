"""Parts that an earlier release counted from 1 when they came by a table, and from 0 when they came by a form."""

import json
from typing import Any


def count_from_zero(part: type[Any], owner: str, relation: str, revision: type[Any]) -> None:
    """Bring the parts of every holding whose first place is above 0 down by one, also in its latest version.

    `part` and `revision` are models as a migration has them; `owner` is the key of a part to its holding, `relation` the name
    of the parts in a version.
    """
    above = set(part.objects.exclude(**{owner: None}).values_list(f"{owner}_id", flat=True))
    above -= set(part.objects.filter(sort_order=0).values_list(f"{owner}_id", flat=True))
    for row in part.objects.filter(**{f"{owner}__in": above}, sort_order__gt=0).iterator():
        part.objects.filter(pk=row.pk).update(sort_order=row.sort_order - 1)
    latest = (
        part._meta.get_field(owner)
        .related_model.objects.filter(pk__in=above)
        .values_list("latest_revision_id", flat=True)
    )
    for version in revision.objects.filter(pk__in=[key for key in latest if key]):
        revision.objects.filter(pk=version.pk).update(content=lowered(version.content, relation))


def lowered(content: Any, relation: str) -> Any:
    """Return the content of a version with its parts counted from 0."""
    read = json.loads(content) if isinstance(content, str) else content
    places = [row.get("sort_order") for row in read.get(relation, [])]
    if places and all(places):
        for row in read[relation]:
            row["sort_order"] -= 1
    return json.dumps(read) if isinstance(content, str) else read
