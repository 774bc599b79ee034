"""A section of an exhibition with stories, and a guide's tour through it: how each thing is made, and all of it at once."""

import io
from decimal import Decimal

from django.contrib.auth.models import Group, User
from django.core.files.images import ImageFile
from PIL import Image as Picture

from cms.models import Citation, Holding, Relation, Shelf
from exhibitions.models import Exhibit, Exhibition, Section
from media import renditions
from media.models import Image
from search.models import Outbox
from tours.guiding.access import GUIDES
from tours.models import Stop, Story, StoryVersion, Tour

NAMES = ("一只塞满资料的行李箱", "胸像", "客厅", "短片", "白玉兰", "票根", "放映机", "话筒")
EVERY_VERSION = [(n, a, g) for n in (30, 180, 600) for a in ("general", "children") for g in ("zh-hans", "en")]


def person(name: str, password: str) -> User:
    """Return a guide, made where there is none of that name."""
    user = User.objects.filter(username=name).first() or User.objects.create_user(name, password=password)
    user.groups.add(Group.objects.get(name=GUIDES))
    return user


def guide() -> User:
    """Return a guide, who has the bench and no admin."""
    return person("guide", "walks-and-talks-1")


def keep_picture(title: str, size: tuple[int, int] = (40, 30)) -> Image:
    """Keep a small picture with its sizes."""
    data = io.BytesIO()
    Picture.new("RGB", size, "teal").save(data, "PNG")
    kept = Image.objects.create(title=title, alt=title, file=ImageFile(data, f"{title}.png"))
    renditions.make([kept])
    return kept


def the_section() -> Section:
    """Return the section of an exhibition, made where there is none."""
    if found := Section.objects.filter(title="开创").first():
        return found
    show = Shelf.objects.get(slug="exhibitions").add_child(instance=Exhibition(title="群星璀璨", title_en="Stars"))
    return show.add_child(instance=Section(title="开创", title_en="Beginnings"))


def put_exhibit(section: Section, title: str, **fields: object) -> Exhibit:
    """Put an exhibit into a section."""
    return section.add_child(instance=Exhibit(title=title, **fields))


def write_story(
    title: str, *told_of: Holding, versions: tuple = ((180, "general", "zh-hans"),), **fields: object
) -> Story:
    """Write a story of holdings, with versions given as (length, audience, language)."""
    story = Shelf.objects.get(slug="stories").add_child(instance=Story(title=title, **fields))
    story.versions.add(
        *(StoryVersion(length=n, audience=a, language=g, text=f"{title}，{n} {a} {g}。") for n, a, g in versions)
    )
    story.relations.add(*(Relation(role="about", target=holding) for holding in told_of))
    story.citations.add(Citation(text="某报", text_en="A paper", page="3"))
    story.save()
    return story


def draw_up_tour(owner: User, *stops: tuple[Holding | None, Story | None], **fields: object) -> Tour:
    """Make a private tour of stops given as (holding, story)."""
    fields = {"title": "第一条", "title_en": "The first", "live": False, **fields}
    tour = Shelf.objects.get(slug="tours").add_child(instance=Tour(owner=owner, **fields))
    for number, (holding, story) in enumerate(stops):
        Stop.objects.create(
            tour=tour, sort_order=number, holding=holding, story=story, minutes=Decimal(3), walking=Decimal(2)
        )
    return tour


def build_hall() -> None:
    """Make a guide's tour of eight stops through a section of nine exhibits, 45 minutes with walking; the suitcase is locked."""
    section, pairs = the_section(), []
    for number, name in enumerate(NAMES, 1):
        thing = put_exhibit(
            section, name, title_en=f"Exhibit {number}", date_text=f"{1980 + number} 年", credit="自绘", cover=keep_picture(name)
        )  # fmt: skip
        versions = tuple(one for one in EVERY_VERSION if (number, *one[1:]) != (3, "children", "zh-hans"))
        title_en = f"The story of exhibit {number}"
        pairs.append(
            (thing, write_story(f"{name}的故事", thing, title_en=title_en, lines="一\n二\n三", versions=versions))
        )
    put_exhibit(section, "请柬", title_en="An invitation")
    tour = draw_up_tour(guide(), *pairs, title="提着一箱纸回家的人", title_en="A man with a suitcase", minutes=45)
    for stop in Stop.objects.filter(tour=tour):
        long = stop.sort_order in (0, 6)
        stop.length, stop.minutes = (600, Decimal(10)) if long else (180, Decimal(3))
        stop.walking, stop.locked = Decimal(stop.sort_order > 0), stop.sort_order == 0
        stop.save()
    # Whoever puts it back makes the index anew.
    Outbox.objects.all().delete()
