"""Putting up what the site needs to stand: home, shelves and text pages, after each migration."""

from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.db import transaction

from cms.catalogue.shelves import ShelfSpec
from cms.setup.text_pages import TEXT_PAGES

if TYPE_CHECKING:  # Django calls this module before there are models.
    from wagtail.models import Page

    from cms.models import Home


def wanted_shelves() -> dict[ShelfSpec, list[str]]:
    """Return each shelf with the labels of the kinds that stand on it, in the order of the navigation."""
    from cms.models.kinds import kinds

    wanted: dict[ShelfSpec, list[str]] = {}
    for kind in kinds():
        if kind.shelf:
            wanted.setdefault(kind.shelf, []).append(kind._meta.label_lower)
    return dict(sorted(wanted.items(), key=lambda pair: (pair[0].nav_order or 99, pair[0].slug)))


def put_up_root() -> "Page":
    """Return the root of the tree, made anew where a flush took away what Wagtail's migrations made."""
    from wagtail.models import Collection, Locale, Page

    Locale.objects.get_or_create(language_code=settings.LANGUAGE_CODE)
    if Collection.get_first_root_node() is None:
        Collection.add_root(name="Root")
    return Page.add_root(instance=Page(title="Root", slug="root"))


def put_up_home() -> "Home":
    """Return the home page, made in place of Wagtail's welcome page on first use."""
    from django.contrib.contenttypes.models import ContentType
    from wagtail.models import Page, Site

    from cms.models import Home

    home = Home.objects.first()
    if home:
        return home
    root = Page.get_first_root_node() or put_up_root()
    home = root.add_child(instance=Home(title="志汇", title_en="Zhihui", slug="zhihui"))
    for welcome in root.get_children().exclude(pk=home.pk).filter(content_type=ContentType.objects.get_for_model(Page)):
        Site.objects.filter(root_page=welcome).delete()
        welcome.delete()
    Site.objects.get_or_create(
        is_default_site=True,
        defaults={"hostname": "localhost", "root_page": home, "site_name": settings.WAGTAIL_SITE_NAME},
    )
    return home


def put_up_shelf(home: "Home", spec: ShelfSpec, labels: list[str]) -> None:
    """Make one shelf, or bring the kinds on it up to date; titles that a librarian changed stay."""
    from cms.models import Shelf

    shelf = Shelf.objects.filter(slug=spec.slug).first()
    if shelf is None:
        home.add_child(
            instance=Shelf(
                title=spec.title,
                title_en=spec.title_en,
                slug=spec.slug,
                kinds=labels,
                nav_title=spec.nav_title,
                nav_title_en=spec.nav_title_en,
                intro=spec.intro,
                intro_en=spec.intro_en,
                show_in_menus=bool(spec.nav_order),
            )
        )
    elif shelf.kinds != labels:
        Shelf.objects.filter(pk=shelf.pk).update(kinds=labels)


def put_up_texts(home: "Home") -> None:
    """Make the text pages that the footer leads to, where they are not there yet."""
    from cms.models import TextPage

    if TextPage.objects.exists():
        return
    for fields in TEXT_PAGES:
        home.add_child(instance=TextPage(**fields))


@transaction.atomic
def put_up_shelves(**kwargs: Any) -> None:
    """After `migrate`: home, a shelf for each kind, text pages, roles; what is there stays as it is."""
    from cms.setup.roles import put_up_roles

    home = put_up_home()
    for spec, labels in wanted_shelves().items():
        put_up_shelf(home, spec, labels)
    put_up_texts(home)
    put_up_roles(home)
