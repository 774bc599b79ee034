"""Pages of very many things: 500 corners, an exhibition of 600 exhibits and of none, picture books of 300 spreads and of none.

Run after `make demo` has loaded the library:  .venv/bin/python benchmarks/crowds.py [rounds]

They are made in a transaction that is undone at the end, from the demo's own sub-districts and pictures. Ends with 1 when a page
asks more than twelve questions of the database, takes more than a second of CPU, or is more than 150 KB as it is sent.
"""

import gzip
import os
import statistics
import sys
import time
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "cms.settings.demo")
# What works in the background would wait for the transaction.
os.environ["WORKER"] = "apart"

import django  # noqa: E402

django.setup()

from django.db import connection, transaction  # noqa: E402
from django.test import Client  # noqa: E402
from django.test.utils import CaptureQueriesContext  # noqa: E402
from django.utils import translation  # noqa: E402

from cms.models import Shelf  # noqa: E402
from exhibitions.models import Exhibit, Exhibition, Section  # noqa: E402
from media.models import Image  # noqa: E402
from picturebooks.models import Book, Spread  # noqa: E402
from stations.models import Station  # noqa: E402

CORNERS, EXHIBITS, SPREADS = 500, 600, 300
MOST_QUERIES, MOST_CPU, MOST_SENT = 12, 1000.0, 150_000
TEXT, PINYIN = "清早，风来叫我。“走吗？”我松开了手。", "qīngzǎo fēng lái jiào wǒ zǒu ma wǒ sōngkāi le shǒu"


def corners() -> str:
    """Put up corners all over, and return the address of their list."""
    shelf, known = Shelf.objects.get(slug="stations"), list(Station.objects.all())
    for number in range(CORNERS - len(known)):
        like = known[number % len(known)]
        made = Station(
            title=f"第{number}角",
            title_en=f"Corner {number}",
            subdistrict=like.subdistrict,
            address=like.address,
            latitude=f"{31.14 + number % 25 * 0.003:.5f}",
            longitude=f"{121.42 + number // 25 * 0.002:.5f}",
            opening_hours="Tu-Su 09:00-20:00; PH off",
        )
        shelf.add_child(instance=made)
    return str(shelf.get_url())


def exhibition(count: int) -> str:
    """Hang an exhibition of so many exhibits in six rooms, two of three with a picture, and return its address."""
    pictures = list(Image.objects.all())
    show = Shelf.objects.get(slug="exhibitions").add_child(
        instance=Exhibition(title=f"{count} 件", title_en=str(count))
    )
    rooms = [show.add_child(instance=Section(title=f"第{n}厅", title_en=f"Room {n}", number=n)) for n in range(1, 7)]
    for number in range(count):
        cover = pictures[number % len(pictures)] if number % 3 else None
        room = rooms[number * len(rooms) // count]
        date = f"{1900 + number % 120}年"
        room.add_child(instance=Exhibit(title=f"第{number}件", number=number + 1, cover=cover, date_text=date))
    return str(show.get_url())


def book(count: int) -> str:
    """Put a picture book of so many spreads on its shelf, and return its address."""
    pictures = list(Image.objects.all())
    made = Shelf.objects.get(slug="picturebooks").add_child(instance=Book(title=f"{count} 幅", title_en=str(count)))
    Spread.objects.bulk_create(
        Spread(
            book=made,
            sort_order=number,
            text=TEXT,
            text_en="The wind called. I let go.",
            pinyin=PINYIN,
            image=pictures[number % len(pictures)],
        )
        for number in range(count)
    )
    return str(made.get_url())


def addresses() -> Iterator[tuple[str, str]]:
    """Make what is to be measured; yields what it is, and its address."""
    yield f"{CORNERS} corners", corners()
    for count in (EXHIBITS, 0):
        shown = exhibition(count)
        yield f"exhibition of {count}", shown
        if count:
            yield "its exhibits of the 1950s", f"{shown}?decade=1950"
    for count in (SPREADS, 0):
        yield f"book of {count} spreads", book(count)


def measure(client: Client, address: str, rounds: int) -> tuple[int, float, int, int]:
    """Return queries, median CPU milliseconds, and the bytes of the HTML, plain and as they are sent."""
    times = []
    for _ in range(rounds):
        start = time.process_time()
        answer = client.get(address)
        times.append(1000 * (time.process_time() - start))
        # Addresses that are made next are those of Chinese pages.
        translation.activate("zh-hans")
        if answer.status_code != 200:
            raise SystemExit(f"{address} answered {answer.status_code}")
    with CaptureQueriesContext(connection) as queries:
        answer = client.get(address)
    translation.activate("zh-hans")
    return len(queries), statistics.median(times), len(answer.content), len(gzip.compress(answer.content, 6))


def main() -> int:
    """Print the table; a figure over its limit carries a mark."""
    rounds, worse = int(sys.argv[1]) if len(sys.argv) > 1 else 5, 0
    client = Client(SERVER_NAME="localhost", HTTP_ACCEPT_ENCODING="identity")
    print(f"{'queries':>8} {'CPU ms':>8} {'KB':>7} {'sent KB':>8}  what")
    with transaction.atomic():
        for what, address in addresses():
            for prefix, language in (("", ""), ("/en", ", in English")):
                asked, cpu, plain, sent = measure(client, prefix + address, rounds)
                over = asked > MOST_QUERIES or cpu > MOST_CPU or sent > MOST_SENT
                worse += over
                mark = "  OVER" if over else ""
                print(
                    f"{asked:8} {cpu:8.1f} {plain / 1000:7.1f} {sent / 1000:8.1f}  {what}{language}{mark}", flush=True
                )
        transaction.set_rollback(True)
    return bool(worse)


if __name__ == "__main__":
    sys.exit(main())
