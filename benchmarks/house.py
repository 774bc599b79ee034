"""The house in numbers and as a picture: its rooms, and which imports which.

.venv/bin/python benchmarks/house.py [PICTURE]

Prints a table. With PICTURE it also draws the rooms as an SVG, each on the lowest floor that stands above all that it imports;
`docs/images/house.svg` is drawn so, and `tests/test_house.py` says when it is to be drawn again.
"""

import ast
import sys
from collections import Counter
from collections.abc import Iterator
from functools import cache
from graphlib import CycleError, TopologicalSorter
from html import escape
from pathlib import Path
from statistics import median

ROOT = Path(__file__).resolve().parents[1]
SHELVES = ROOT / "collections"
OUTSIDE = {"apps", "urls", "wagtail_hooks", "wsgi", "settings", "management", "templatetags"}
"""What of cms Django itself calls: it stands above all rooms."""
LONG_FILE, LONG_LINE = 200, 140
WIDTH, HEIGHT, GAP, RISE = 118, 46, 14, 62
SHELF, MANY = "#f3e3c3", 10
HEAD = """<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {wide} {high}" font-family="sans-serif" font-size="13">
<title>The rooms of the house: an arrow is an import, and points down</title>
<rect width="{wide}" height="{high}" fill="#fbf8f1"/>
"""


def modules(*folders: Path) -> dict[str, Path]:
    """Return the modules under some folders by the names that they are imported by; migrations are no part of the house."""
    named = ((path.relative_to(folder), path) for folder in folders for path in sorted(folder.rglob("*.py")))
    kept = [(name, path) for name, path in named if "migrations" not in name.parts]
    return {".".join(part for part in name.with_suffix("").parts if part != "__init__"): path for name, path in kept}


def imported(path: Path, known: dict[str, Path]) -> set[str]:
    """Return the modules among those known that one imports anywhere, in its functions too."""
    named = set()
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.Import):
            named |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module:
            named |= {
                whole if (whole := f"{node.module}.{alias.name}") in known else node.module for alias in node.names
            }
    return named & known.keys()


def circle(known: dict[str, Path]) -> list[str]:
    """Return modules that import each other in a circle, or nothing."""
    try:
        TopologicalSorter({name: imported(path, known) for name, path in known.items()}).prepare()
    except CycleError as found:
        return found.args[1]
    return []


@cache
def house() -> dict[str, Path]:
    """Return every module of the house by the name that it is imported by."""
    found = modules(SHELVES)
    for part in ("cms", "search", "media"):
        found |= {f"{part}.{name}".rstrip("."): path for name, path in modules(ROOT / part).items()}
    return found


def room(module: str) -> str:
    """Return the room of a module: of cms and tours a folder, else the whole of search, of media, of a kind."""
    first, _, rest = module.partition(".")
    name = rest.partition(".")[0]
    if first == "cms":
        return "cms" if not name or name in OUTSIDE else f"cms/{name}"
    return "tours/guiding" if module.startswith("tours.guiding") else first


def arrows() -> Counter[tuple[str, str]]:
    """Return how many imports lead from one room to another."""
    known = house()
    pairs = ((room(name), room(other)) for name, path in known.items() for other in imported(path, known))
    return Counter(pair for pair in pairs if pair[0] != pair[1])


def is_kind(name: str) -> bool:
    """Whether a room stands on the shelf, which is above all others; kinds import none of each other."""
    return name != "cms" and not name.startswith(("cms/", "search", "media"))


def floors(drawn: Counter[tuple[str, str]]) -> list[list[str]]:
    """Return the rooms by floor, the lowest first, the shelf last. Raises CycleError where rooms import each other in a circle."""
    inner = {name for name in map(room, house()) if not is_kind(name)}
    below = {name: {lower for upper, lower in drawn if upper == name} for name in inner}
    height: dict[str, int] = {}
    for name in TopologicalSorter(below).static_order():
        height[name] = 1 + max((height[other] for other in below[name]), default=-1)
    rows = [sorted(name for name in inner if height[name] == at) for at in range(max(height.values()) + 1)]
    return [*rows, sorted({name for name in map(room, house()) if is_kind(name)})]


def templates() -> Iterator[Path]:
    """Yield every template of the house."""
    for part in ("cms", "search", "media", "collections"):
        yield from sorted(path for path in (ROOT / part).rglob("templates/**/*") if path.is_file())


def figures() -> list[tuple[str, str]]:
    """Return the numbers of the house, each with its name."""
    drawn, paths = arrows(), list(house().values())
    lengths = [len(path.read_text("utf-8").splitlines()) for path in paths]
    lines = [line for path in templates() for line in path.read_text("utf-8").splitlines()]
    styles = [path for part in ("cms", "collections") for path in (ROOT / part).rglob("static/**/*.css")]
    return [
        ("rooms", str(len({room(name) for name in house()}))),
        ("arrows between rooms", str(len(drawn))),
        ("rooms of cms", str(len({name for name in map(room, house()) if name.startswith("cms")}))),
        (
            "arrows between rooms of cms",
            str(sum(one.startswith("cms") and other.startswith("cms") for one, other in drawn)),
        ),
        ("modules", str(len(paths))),
        ("lines of a module, median", f"{median(lengths):.0f}"),
        (f"modules over {LONG_FILE} lines", str(sum(length > LONG_FILE for length in lengths))),
        ("templates", str(len(list(templates())))),
        ("longest template line", str(max(map(len, lines)))),
        (f"template lines over {LONG_LINE}", str(sum(len(line) > LONG_LINE for line in lines))),
        ("CSS, bytes", f"{sum(path.stat().st_size for path in styles):,}"),
    ]


def places(rows: list[list[str]], drawn: Counter[tuple[str, str]]) -> dict[str, tuple[float, float]]:
    """Return the middle of each room's box: on each floor in the order of what it stands on, so that arrows cross little."""
    wide = max(map(len, rows)) * (WIDTH + GAP)
    found: dict[str, tuple[float, float]] = {}
    for at, row in enumerate(rows):
        y = (len(rows) - 1 - at) * (HEIGHT + RISE) + HEIGHT
        aims = {name: [found[low][0] for up, low in drawn if up == name and low in found] for name in row}
        order = sorted(row, key=lambda name: (sum(aims[name]) / len(aims[name]) if aims[name] else wide / 2, name))
        step = wide / len(row)
        found |= {name: (step * (number + 0.5) + GAP, y) for number, name in enumerate(order)}
    return found


def picture() -> str:
    """Return the rooms and arrows as an SVG; a thick arrow is ten imports or more, a yellow room stands on the shelf."""
    drawn = arrows()
    rows = floors(drawn)
    at = places(rows, drawn)
    wide, high = max(map(len, rows)) * (WIDTH + GAP) + 2 * GAP, len(rows) * (HEIGHT + RISE) + GAP
    lines = [curve(at[upper], at[lower], count >= MANY) for (upper, lower), count in sorted(drawn.items())]
    boxes = [box(name, *at[name]) for name in sorted(at)]
    return HEAD.format(wide=wide, high=high) + "\n".join([*filter(None, lines), *boxes, "</svg>", ""])


def curve(start: tuple[float, float], end: tuple[float, float], thick: bool) -> str:
    """Return one arrow, or nothing between a kind and its application, which stand side by side."""
    (x, y), (to_x, to_y), half = start, end, HEIGHT / 2
    if y == to_y:
        return ""
    way = (
        f"M{x:.0f} {y + half:.0f}C{x:.0f} {y + HEIGHT:.0f} {to_x:.0f} {to_y - HEIGHT:.0f} {to_x:.0f} {to_y - half:.0f}"
    )
    return f'<path d="{way}" fill="none" stroke="#5b7083" opacity=".45" stroke-width="{3 if thick else 1}"/>'


def box(name: str, x: float, y: float) -> str:
    """Return one room."""
    fill = SHELF if is_kind(name) else "#fff"
    where = f'x="{x - WIDTH / 2:.0f}" y="{y - HEIGHT / 2:.0f}" width="{WIDTH}" height="{HEIGHT}"'
    text = f'<text x="{x:.0f}" y="{y + 5:.0f}" text-anchor="middle" fill="#1d2a33">{escape(name)}</text>'
    return f'<rect {where} rx="4" fill="{fill}" stroke="#2f4858"/>{text}'


def main() -> None:
    """Print the numbers, and draw the picture where one is named."""
    print("| the house | |\n|---|---|")
    for name, figure in figures():
        print(f"| {name} | {figure} |")
    if len(sys.argv) > 1:
        Path(sys.argv[1]).write_text(picture(), "utf-8")


if __name__ == "__main__":
    main()
