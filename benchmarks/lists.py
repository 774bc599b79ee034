"""Queries and CPU milliseconds of the desk's lists and of its first page, with few holdings and with many.

.venv/bin/python benchmarks/lists.py [FEW] [MANY] [--profile]

Makes a library of its own in a temporary folder: places and entries with sources, relations, names and versions, by two
colleagues. Ends with 1 when a page is over its limit, or asks more with many than with few.
"""

import cProfile
import os
import pstats
import shutil
import sys
import tempfile
import time
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))
PLACE = Path(tempfile.mkdtemp(prefix="zhihui-lists-"))
os.environ |= {
    "DJANGO_SETTINGS_MODULE": "cms.settings.demo",
    "VAR_DIR": str(PLACE),
    "WORKER": "apart",
    "ALLOWED_HOSTS": "testserver",
}
os.environ["SEARCH_DRAIN"] = "worker"

import django  # noqa: E402

django.setup()

from django.contrib.auth.models import Group, User  # noqa: E402
from django.contrib.contenttypes.models import ContentType  # noqa: E402
from django.core.management import call_command  # noqa: E402
from django.db import connection, reset_queries, transaction  # noqa: E402
from django.test import Client  # noqa: E402
from django.test.utils import CaptureQueriesContext  # noqa: E402
from django.utils import timezone  # noqa: E402
from wagtail.models import Page, Revision  # noqa: E402

from cms.models import Citation, Holding, Name, Relation, Shelf  # noqa: E402
from cms.models.kinds import kind_named  # noqa: E402

QUERIES, MILLISECONDS = 15, 120
ROUNDS = 10
KINDS = ("place", "entry")
TRANSLATED = {"title": {"state": "approved"}, "summary": {"state": "stale"}}
PAGES = {
    "first page": "/admin/",
    "all": "/admin/holdings/",
    "one kind, by title": "/admin/holdings/?kind=place&sort=title",
    "no source": "/admin/holdings/?source=none",
    "no alt text": "/admin/holdings/?picture=alt",
    "stale English": "/admin/holdings/?english=stale",
    "English not whole": "/admin/holdings/?english=partial",
    "no relation": "/admin/holdings/?relation=none",
    "words": "/admin/holdings/?words=%E7%94%B5%E8%BD%A6",
    "mine, in review": "/admin/holdings/?who=me&state=review",
    "columns of ties": "/admin/holdings/?column=themes&column=relations&column=who&column=state",
    "last page": "/admin/holdings/?p=9999",
    "translations": "/admin/holdings/translations/",
}


def rows(count: int, start: int) -> Iterator[tuple[Page, Holding]]:
    """Yield pages with their holdings, below the shelves, written table by table: `add_child` would take minutes."""
    shelves = {name: Shelf.objects.get(slug=kind_named(name).shelf.slug) for name in KINDS}
    types = {name: ContentType.objects.get_for_model(kind_named(name)) for name in KINDS}
    key = Page.objects.order_by("pk").last().pk
    for at in range(start, start + count):
        name = KINDS[at % 2]
        shelf = shelves[name]
        key += 1
        page = Page(
            pk=key,
            path=Page._get_path(shelf.path, shelf.depth + 1, at + 1),
            depth=shelf.depth + 1,
            title=f"电车{at}",
            draft_title=f"电车{at}",
            slug=f"tram-{at}",
            content_type=types[name],
            live=at % 5 != 0,
            has_unpublished_changes=at % 7 == 0,
            locale_id=shelf.locale_id,
            url_path=f"{shelf.url_path}tram-{at}/",
            latest_revision_created_at=timezone.now(),
        )
        kind = kind_named(name)
        holding = kind(
            page_ptr_id=key,
            holding_ptr_id=key,
            uid=f"XH-{kind.code}-{700000 + at}",
            summary="某年某月通车。",
            sort_key_chinese=f"dian che {at:06}",
            title_en=f"Tram {at}" if at % 3 else "",
            translations=TRANSLATED if at % 4 == 0 else {},
            date_text="1905年",
            date_earliest=695420,
            date_latest=695784,
            body="正文一段。" * 40,
        )
        yield page, holding


@transaction.atomic
def fill(count: int, people: list[User]) -> None:
    """Bring the library to so many holdings."""
    have = Holding.objects.count()
    made = list(rows(count - have, have))
    Page.objects.bulk_create([page for page, _holding in made])
    for _page, holding in made:
        for model in (Holding, type(holding)):
            fields = {f.attname: getattr(holding, f.attname) for f in model._meta.local_concrete_fields}
            model(**fields).save_base(raw=True, force_insert=True)
    keys = [page.pk for page, _holding in made]
    base = ContentType.objects.get_for_model(Page)
    Revision.objects.bulk_create(
        Revision(
            content_type_id=page.content_type_id,
            base_content_type=base,
            object_id=str(page.pk),
            created_at=timezone.now(),
            user=people[at % 2],
            content={"title": page.title},
        )
        for at, (page, _holding) in enumerate(made)
    )
    latest = dict(Revision.objects.values_list("object_id", "pk"))
    for page, _holding in made:
        page.latest_revision_id = latest[str(page.pk)]
    Page.objects.bulk_update([page for page, _holding in made], ["latest_revision"], batch_size=500)
    Citation.objects.bulk_create(Citation(holding_id=key, text="徐汇报") for key in keys if key % 2)
    Name.objects.bulk_create(Name(holding_id=key, text=f"旧名{key}") for key in keys)
    Relation.objects.bulk_create(
        Relation(holding_id=key, target_id=other, role="about") for key, other in pairwise(keys) if key % 3
    )
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")


def measured(client: Client, address: str, profile: bool) -> tuple[int, float]:
    """Return the queries of a page and the least CPU milliseconds of some rounds."""
    if client.get(address).status_code != 200:
        raise SystemExit(f"{address} does not answer")
    reset_queries()  # the log holds no more than nine thousand
    with CaptureQueriesContext(connection) as queries:
        client.get(address)
    asked = len(queries)  # now: the next request empties the log
    times = []
    for _round in range(ROUNDS):
        start = time.process_time()
        client.get(address)
        times.append((time.process_time() - start) * 1000)
    if profile:
        profiler = cProfile.Profile()
        profiler.runcall(client.get, address)
        pstats.Stats(profiler).sort_stats("cumulative").print_stats(25)
    return asked, min(times)


def main() -> int:
    """Measure, print a table; returns 1 where a limit is passed."""
    sizes = [int(word) for word in sys.argv[1:] if word.isdecimal()] or [200, 10_000]
    call_command("collectstatic", interactive=False, verbosity=0)
    call_command("migrate", verbosity=0)
    people = [User.objects.create_user(name) for name in ("librarian", "editor")]
    for user, group in zip(people, ("编目员", "编辑"), strict=True):
        user.groups.add(Group.objects.get(name=group))
    client = Client()
    client.force_login(people[0])
    found: dict[str, list[tuple[int, float]]] = {}
    for size in sizes:
        fill(size, people)
        for name, address in PAGES.items():
            found.setdefault(name, []).append(measured(client, address, "--profile" in sys.argv))
    heads = " | ".join(f"{size} queries | CPU ms" for size in sizes)
    print(f"| | {heads} |\n|---|{'---|' * 2 * len(sizes)}")
    wrong = False
    for name, figures in found.items():
        print(f"| {name} | " + " | ".join(f"{queries} | {cpu:.0f}" for queries, cpu in figures) + " |")
        counts = {queries for queries, _cpu in figures}
        wrong |= max(counts) > QUERIES or len(counts) > 1 or any(cpu > MILLISECONDS for _queries, cpu in figures)
    return int(wrong)


if __name__ == "__main__":
    try:
        code = main()
    finally:
        connection.close()
        shutil.rmtree(PLACE, ignore_errors=True)
    sys.exit(code)
