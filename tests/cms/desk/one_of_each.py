"""One holding of every kind, with parts of every sort, made for the tests of the desk."""

import io
from datetime import date

from django.core.files.images import ImageFile
from django.db.models import Model
from PIL import Image as Picture

from authorities.models import Organisation, Period, Person, Place
from chronicle.models import Chapter, Entry, Work
from cms.models import Citation, Holding, Name, Relation, Shelf, Theme
from cms.models.kinds import kinds
from events.models import Event
from exhibitions.models import Exhibit, Exhibition, ItineraryLeg, Section
from media.models import Image
from picturebooks.models import Book, Spread
from postcards.models import Postcard, Stamp
from stations.models import Copy, Station
from tours.models import Stop, Story, StoryVersion, Tour


def picture(title: str = "一片绿") -> Image:
    """Make a picture of some pixels."""
    data = io.BytesIO()
    Picture.new("RGB", (60, 40), "#435630").save(data, "PNG")
    return Image.objects.create(title=title, alt=title, file=ImageFile(data, f"{title}.png"))


def put(holding: Holding, parent: Holding | None = None, parts: dict[str, list[Model]] | None = None) -> Holding:
    """Put a published holding on its shelf or under another, with its parts and a revision of it all."""
    for name, rows in (parts or {}).items():
        setattr(holding, name, rows)
    above = parent or Shelf.objects.get(slug=type(holding).shelf.slug)
    # Read anew: the tree counts children in the row.
    made = type(above).objects.get(pk=above.pk).add_child(instance=holding)
    made.save_revision().publish()
    return made


def one_of_each() -> dict[str, Holding]:
    """Make the holdings and return them by the name of their kind; those that stand in others are under them."""
    theme = Theme.objects.create(slug="roads", title="道路")
    place = Place(title="淮海中路", title_en="Huaihai Middle Road", place_type="road", cover=picture())
    made = {"place": put(place, parts={"names": [Name(text="霞飞路", valid_from="1915-06")]})}
    place.themes.add(theme)
    place.save()
    place.save_revision().publish()
    for kind, fields in (
        (Person, {"title": "聂耳", "date_text": "1912/1935", "body": "他住在霞飞路。"}),
        (Organisation, {"title": "上影厂"}),
        (Period, {"title": "民国", "date_text": "1912/1949"}),
        (Work, {"title": "徐汇简史", "slug": "short-history"}),
        (Event, {"title": "讲座"}),
    ):
        made[kind._meta.model_name] = put(kind(**fields))
    made["chapter"] = put(Chapter(title="卷一", number=1), made["work"])
    made["entry"] = put(
        Entry(title="霞飞路上", date_text="1915年", body="宝昌路改名霞飞路。"),
        made["chapter"],
        {
            "relations": [Relation(role="about", target=made["place"].holding_ptr)],
            "citations": [Citation(text="《徐汇区志》")],
        },
    )
    spreads = [Spread(text="叶子", pinyin="yè zi", image=picture("叶子"), sort_order=n) for n in range(2)]
    made["book"] = put(Book(title="梧桐叶"), parts={"spreads": spreads})
    copies = [Copy(work=made["book"].holding_ptr, barcode=f"B{n}", checked_on=date(2026, 5, 1)) for n in range(2)]
    made["station"] = put(Station(title="龙华书角", subdistrict="longhua"), parts={"copies": copies})
    legs = [ItineraryLeg(venue=f"第{n}站", opens=f"2026-0{n}-01", closes=f"2026-0{n}-20") for n in (5, 6)]
    made["exhibition"] = put(Exhibition(title="群星"), parts={"legs": legs})
    made["section"] = put(Section(title="开创", number=1), made["exhibition"])
    made["exhibit"] = put(Exhibit(title="行李箱", number=1), made["section"])
    versions = [StoryVersion(length=length, text="从前有一只箱子。") for length in (30, 180)]
    made["story"] = put(Story(title="箱子的故事"), parts={"versions": versions})
    stops = [Stop(holding=made["exhibit"].holding_ptr, story=made["story"], sort_order=0)]
    made["tour"] = put(Tour(title="看展"), parts={"stops": stops})
    stamps = [Stamp(value=f"{n} 分", image=picture(f"邮票{n}"), sort_order=n) for n in range(2)]
    made["postcard"] = put(
        Postcard(title="寄自淮海路", back=picture("背面"), sender=made["person"].holding_ptr), parts={"stamps": stamps}
    )
    assert {kind._meta.model_name for kind in kinds()} == made.keys(), "a new kind needs a holding here"
    return made
