// Reads the story with the browser's own voice, a paragraph at a time. Where there is no voice for its language, the button stays hidden.
const button = document.querySelector("#aloud");
const paragraphs = [...document.querySelectorAll("[data-aloud] > p")];
const speech = window.speechSynthesis;
let at = -1;

const voice = () => speech.getVoices().find((one) => one.lang.replace("_", "-").startsWith(button.dataset.lang.slice(0, 2)));

function offer() {
  button.hidden = !voice();
}

function quiet() {
  at = -1;
  speech.cancel();
  for (const one of paragraphs) one.classList.remove("saying");
  button.setAttribute("aria-pressed", "false");
  button.textContent = button.dataset.go;
}

function say(number) {
  for (const one of paragraphs) one.classList.remove("saying");
  if (number >= paragraphs.length) return quiet();
  at = number;
  const spoken = new SpeechSynthesisUtterance(paragraphs[number].textContent);
  spoken.lang = button.dataset.lang;
  spoken.voice = voice() ?? null;
  spoken.onend = () => at === number && say(number + 1);
  spoken.onerror = () => at === number && quiet();
  paragraphs[number].classList.add("saying");
  speech.speak(spoken);
}

if (button && speech && paragraphs.length) {
  button.dataset.go = button.textContent;
  offer();
  speech.addEventListener?.("voiceschanged", offer);
  button.addEventListener("click", () => {
    if (at >= 0) return quiet();
    button.setAttribute("aria-pressed", "true");
    button.textContent = button.dataset.stop;
    say(0);
  });
  addEventListener("pagehide", quiet);
}
