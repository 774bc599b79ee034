/* Read aloud by a person: the recording of the open spread, with the sentence that is read lit. */
const button = document.querySelector("#told");
const by = button?.querySelector("small");
const still = matchMedia("(prefers-reduced-motion: reduce)");
const SENTENCES = { zh: ".words > .zh", en: ".words > .en .s" };
let playing;
let frame;

function shown(page, lang) {
  return [...page.querySelectorAll(SENTENCES[lang])].filter((line) => line.getClientRects().length);
}

function sounds(page) {
  return [...(page?.querySelectorAll("audio[data-lang]") ?? [])].filter((audio) => shown(page, audio.dataset.lang).length);
}

function numbers(audio) {
  return (audio.dataset.starts || "").split(" ").filter(Boolean).map(Number);
}

function clear() {
  for (const line of document.querySelectorAll(".lit")) line.classList.remove("lit");
}

export function quiet() {
  cancelAnimationFrame(frame);
  if (playing) playing.pause();
  playing = undefined;
  clear();
  button?.setAttribute("aria-pressed", "false");
}

// Whose voice this spread has; a spread that nobody has read has none.
export function offer(page) {
  if (!button) return;
  const first = sounds(page)[0];
  button.disabled = !first;
  by.textContent = first?.dataset.by || button.dataset.none;
}

function light(audio, lines) {
  const starts = numbers(audio);
  const now = starts.findLastIndex((start) => start <= audio.currentTime + 0.02);
  lines.forEach((line, i) => {
    const lit = starts.length === lines.length && i === now;
    if (lit && !line.classList.contains("lit")) {
      line.scrollIntoView({ block: "nearest", inline: "nearest", behavior: still.matches ? "instant" : "smooth" });
    }
    line.classList.toggle("lit", lit);
  });
}

function play(page, list) {
  const [audio, ...more] = list;
  if (!audio) return quiet();
  clear();
  playing = audio;
  const lines = [...page.querySelectorAll(SENTENCES[audio.dataset.lang])];
  const end = Number(audio.dataset.end) || Infinity;
  const over = () => playing === audio && play(page, more);
  const step = () => {
    if (playing !== audio) return;
    light(audio, lines);
    if (audio.ended || audio.currentTime >= end) {
      audio.pause();
      return over();
    }
    frame = requestAnimationFrame(step);
  };
  audio.currentTime = Number(audio.dataset.begin) || 0;
  audio.play().then(step, quiet);
}

export function ready(page, others) {
  if (!button) return;
  button.addEventListener("click", () => {
    const pressed = button.getAttribute("aria-pressed") === "true";
    quiet();
    if (pressed) return;
    others();
    button.setAttribute("aria-pressed", "true");
    play(page(), sounds(page()));
  });
  document.querySelector(".pb-tools").addEventListener("change", () => {
    quiet();
    offer(page());
  });
  addEventListener("pagehide", quiet);
  offer(page());
}
