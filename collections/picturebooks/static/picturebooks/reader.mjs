/* The picture book: keys, buttons, thumbnails, the address, full screen. Swiping is the browser's own scrolling. */
import { offer, quiet, ready as readyToTell } from "./aloud.mjs";
import { hush, ready } from "./voice.mjs";

const book = document.querySelector("#book");
const deck = book?.querySelector("#reader");
const pages = deck ? [...deck.children] : [];
const links = book ? [...book.querySelectorAll(".thumbs ol a")] : [];
const buttons = book ? [...book.querySelectorAll("[data-go]")] : [];
const turned = book?.querySelector("#turned");
const still = matchMedia("(prefers-reduced-motion: reduce)");
const ARROWS = { ArrowRight: 1, ArrowLeft: -1 };
const PAGING = { PageDown: 1, PageUp: -1, Home: -Infinity, End: Infinity };
const SETTLED = 150;
let at = -1;
let waiting;

function go(number, smooth = true) {
  const bounded = Math.max(0, Math.min(pages.length - 1, number));
  const far = Math.abs(bounded - at) > 3;
  deck.scrollTo({ left: bounded * deck.clientWidth, behavior: smooth && !far && !still.matches ? "smooth" : "instant" });
}

function numberOf(hash) {
  let target = null;
  try {
    target = hash.length > 1 ? document.getElementById(decodeURIComponent(hash.slice(1))) : null;
  } catch {
    // An address that nobody can read names no page.
  }
  return pages.findIndex((page) => page.contains(target));
}

function show(number, told = true) {
  if (number === at) return;
  at = number;
  links.forEach((a, i) => (i === at ? a.setAttribute("aria-current", "true") : a.removeAttribute("aria-current")));
  for (const button of buttons) button.disabled = at === (button.dataset.go < 0 ? 0 : pages.length - 1);
  pages.forEach((page, i) => {
    page.inert = i !== at;
  });
  const strip = links[at]?.closest("ol");
  if (strip) strip.scrollLeft = links[at].offsetLeft - strip.offsetLeft - (strip.clientWidth - links[at].offsetWidth) / 2;
  hush();
  quiet();
  offer(pages[at]);
  clearTimeout(waiting);
  if (told) waiting = setTimeout(tell, SETTLED);
}

function tell() {
  const page = pages[at];
  turned.textContent = page.getAttribute("aria-label") ?? page.querySelector("h2").textContent;
  if (at || location.hash) history.replaceState(history.state, "", `#${page.id}`);
  follow();
}

// The other language opens where this one is.
function follow() {
  for (const a of document.querySelectorAll("a[hreflang]")) a.hash = at ? pages[at].id : "";
}

// What is longer than the deck is high can be scrolled by keyboard, too.
function scrollable() {
  for (const part of pages.flatMap((page) => [page, ...page.querySelectorAll(".words")])) {
    if (part.scrollHeight > part.clientHeight + 1) part.tabIndex = 0;
    else part.removeAttribute("tabindex");
  }
}

function turnTo(number) {
  go(number);
  deck.focus({ preventScroll: true });
}

function onKey(event) {
  if (event.target.closest("input, textarea, select, form, [contenteditable]")) return;
  if (event.altKey || event.metaKey || event.ctrlKey || event.shiftKey) return;
  const inside = event.target.closest("#reader, .thumbs");
  const step = ARROWS[event.key] ?? (inside ? PAGING[event.key] : undefined);
  if (step === undefined) return;
  event.preventDefault();
  turnTo(at + step);
}

function fill() {
  const whole = document.querySelector("#full");
  whole.addEventListener("click", () => (document.fullscreenElement ? document.exitFullscreen() : book.requestFullscreen()));
  document.addEventListener("fullscreenchange", () => {
    whole.setAttribute("aria-pressed", String(document.fullscreenElement === book));
  });
}

if (deck) {
  const first = numberOf(location.hash);
  if (first > 0) go(first, false);
  show(Math.max(first, 0), false);
  follow();
  deck.addEventListener("scroll", () => show(Math.round(deck.scrollLeft / deck.clientWidth)), { passive: true });
  // A turned phone, a larger size: the page that was open stays open.
  new ResizeObserver(() => {
    const open = at;
    go(open, false);
    show(open);
    scrollable();
  }).observe(deck);
  addEventListener("hashchange", () => numberOf(location.hash) >= 0 && go(numberOf(location.hash), false));
  for (const a of book.querySelectorAll('a[href^="#"]')) {
    a.addEventListener("click", (event) => {
      event.preventDefault();
      turnTo(numberOf(a.hash));
    });
  }
  for (const button of buttons) button.addEventListener("click", () => go(at + Number(button.dataset.go)));
  document.addEventListener("keydown", onKey);
  fill();
  readyToTell(() => pages[at], hush);
  ready(
    () => pages[at],
    (text) => {
      turned.textContent = text;
    },
    quiet,
  );
}
