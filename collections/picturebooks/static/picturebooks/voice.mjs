/* Read aloud by the browser's own voice, sentence by sentence; nothing leaves the machine but by a voice that the browser asks. */
const say = document.querySelector("#say");
const SPEED = 0.82;
const VOICES = { en: "en-GB", zh: "zh-CN" };

export function hush() {
  if (say?.getAttribute("aria-pressed") !== "true") return;
  speechSynthesis.cancel();
  rest();
}

function rest() {
  say.setAttribute("aria-pressed", "false");
  for (const line of document.querySelectorAll(".saying")) line.classList.remove("saying");
}

function languageOf(line) {
  return line.lang.startsWith("en") ? "en" : "zh";
}

function utterance(line, last) {
  const words = line.cloneNode(true);
  for (const reading of words.querySelectorAll("rt, rp")) reading.remove();
  const speech = new SpeechSynthesisUtterance(words.textContent);
  speech.lang = VOICES[languageOf(line)];
  speech.rate = SPEED;
  speech.onstart = () => line.classList.add("saying");
  speech.onend = () => {
    line.classList.remove("saying");
    if (last) rest();
  };
  // What was stopped by hand is no fault.
  speech.onerror = rest;
  return speech;
}

function can(line, voices) {
  return voices.some((voice) => voice.lang.toLowerCase().startsWith(languageOf(line)));
}

function readAloud(page, tell) {
  if (say.getAttribute("aria-pressed") === "true") return hush();
  const voices = speechSynthesis.getVoices();
  const shown = [...page.querySelectorAll(".words > [lang]:not(.py-line)")].filter((line) => line.offsetParent);
  const said = shown.filter((line) => can(line, voices));
  if (!said.length) return shown.length ? tell(say.dataset.none) : undefined;
  say.setAttribute("aria-pressed", "true");
  said.forEach((line, i) => speechSynthesis.speak(utterance(line, i === said.length - 1)));
}

export function ready(page, tell, others) {
  if (!say || !("speechSynthesis" in window)) return;
  // Some browsers fetch their voices only when they are asked for them.
  speechSynthesis.getVoices();
  say.addEventListener("click", () => {
    others();
    readAloud(page(), tell);
  });
  addEventListener("pagehide", hush);
}
