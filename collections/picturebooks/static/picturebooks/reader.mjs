/* The picture book: arrow keys, buttons, thumbnails and reading aloud. Swiping is the browser's own scrolling. */
const deck = document.querySelector("#reader");
const pages = deck ? [...deck.children] : [];
const thumbs = [...document.querySelectorAll(".thumbs ol a")];
const say = document.querySelector("#say");
const KEYS = { ArrowRight: 1, ArrowLeft: -1, PageDown: 1, PageUp: -1 };
let at = 0;

function go(number) {
  const bounded = Math.max(0, Math.min(pages.length - 1, number));
  deck.scrollTo({ left: bounded * deck.clientWidth });
}

function mark() {
  at = Math.round(deck.scrollLeft / deck.clientWidth);
  thumbs.forEach((a, i) => (i === at ? a.setAttribute("aria-current", "true") : a.removeAttribute("aria-current")));
}

function hush() {
  speechSynthesis.cancel();
  say.setAttribute("aria-pressed", "false");
  document.querySelectorAll(".saying").forEach((p) => p.classList.remove("saying"));
}

function utterance(paragraph, last) {
  const words = paragraph.cloneNode(true);
  words.querySelectorAll("rt, rp").forEach((reading) => reading.remove());
  const speech = new SpeechSynthesisUtterance(words.textContent);
  speech.lang = paragraph.lang.startsWith("en") ? "en-GB" : "zh-CN";
  speech.rate = 0.82;
  speech.onstart = () => paragraph.classList.add("saying");
  speech.onend = () => {
    paragraph.classList.remove("saying");
    if (last) hush();
  };
  speech.onerror = hush;
  return speech;
}

function readAloud() {
  if (say.getAttribute("aria-pressed") === "true") return hush();
  say.setAttribute("aria-pressed", "true");
  const shown = [...pages[at].querySelectorAll(".words p")].filter((p) => p.offsetParent);
  shown.forEach((p, i) => speechSynthesis.speak(utterance(p, i === shown.length - 1)));
}

if (deck) {
  deck.addEventListener("scroll", mark, { passive: true });
  mark();
  thumbs.forEach((a, i) =>
    a.addEventListener("click", (event) => {
      event.preventDefault();
      go(i);
    }),
  );
  document.querySelectorAll("[data-go]").forEach((button) => {
    button.hidden = false;
    button.addEventListener("click", () => go(at + Number(button.dataset.go)));
  });
  document.addEventListener("keydown", (event) => {
    if (event.target.closest("input, form, select") || event.altKey || event.metaKey || event.ctrlKey) return;
    if (KEYS[event.key]) {
      event.preventDefault();
      go(at + KEYS[event.key]);
    }
  });
  if (say && "speechSynthesis" in window) {
    say.hidden = false;
    say.addEventListener("click", readAloud);
    deck.addEventListener("scroll", () => say.getAttribute("aria-pressed") === "true" && hush(), { passive: true });
  }
}
