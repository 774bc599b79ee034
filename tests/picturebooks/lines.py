"""How the Chinese of a picture book falls into lines in a real browser."""

from playwright.sync_api import Page

from picturebooks.wording import CLOSING, OPENING

LINES = """() => [...document.querySelectorAll(".words .zh")].flatMap((line) => {
  const walker = document.createTreeWalker(line, NodeFilter.SHOW_TEXT), signs = [];
  for (let node = walker.nextNode(); node; node = walker.nextNode()) {
    if (node.parentElement.closest("rt, rp")) continue;
    [...node.data].forEach((sign, at) => {
      const range = document.createRange();
      range.setStart(node, at);
      range.setEnd(node, at + 1);
      const box = range.getBoundingClientRect();
      if (sign.trim()) signs.push([sign, Math.round((box.top + box.bottom) / 2), box.left, box.right]);
    });
  }
  const edge = line.getBoundingClientRect().right + 1, made = [];
  for (const [sign, y, left, right] of signs) {
    const last = made.at(-1);
    if (last && Math.abs(last.y - y) < 12) last.text += sign; else made.push({ y, text: sign });
    made.at(-1).over ||= right > edge;
  }
  return made;
})"""


def stranded(page: Page) -> list[str]:
    """Return lines that begin with a mark that closes, end with one that opens, or are wider than their place."""
    return [
        line["text"]
        for line in page.evaluate(LINES)
        if line["text"][0] in CLOSING - {"…"} or line["text"][-1] in OPENING or line["over"]
    ]
