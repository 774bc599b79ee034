/* Tapping along with a recording: each tap is the beginning of the next sentence. Without this the times are typed. */
const form = document.querySelector("#tapping");
const sound = form.querySelector("#sound");
const tap = form.querySelector("#tap");
const told = form.querySelector("#told");
const next = form.querySelector("#next");
const inputs = [...form.querySelectorAll("input[name=at]")];
const lines = inputs.map((input) => input.closest("li"));
const texts = inputs.map((input) => form.querySelector(`label[for="${input.id}"]`).textContent);
const LEAST = 0.05;
let at = -1;

function show() {
  lines.forEach((line, i) => line.classList.toggle("now", i === at - 1));
  lines[Math.max(0, at - 1)]?.scrollIntoView({ block: "center" });
  tap.disabled = at < 0 || at >= inputs.length;
  next.textContent = texts[at] ?? "";
  told.textContent = at >= inputs.length ? told.dataset.over : "";
}

function begin() {
  at = 0;
  for (const input of inputs) input.value = "";
  sound.currentTime = 0;
  sound.play();
  show();
  tap.focus();
}

function mark() {
  if (tap.disabled) return;
  // Two taps at one moment are one tap and a slip of the hand.
  if (at && sound.currentTime < Number(inputs[at - 1].value) + LEAST) return;
  inputs[at].value = String(Math.round(sound.currentTime * 100) / 100);
  at += 1;
  show();
}

function back() {
  if (at < 1) return;
  at -= 1;
  sound.currentTime = at ? Number(inputs[at - 1].value) : 0;
  inputs[at].value = "";
  show();
  tap.focus();
}

form.querySelector(".tap-tools").hidden = false;
form.querySelector("#begin").addEventListener("click", begin);
form.querySelector("#back").addEventListener("click", back);
// On the way down: a click comes only when the finger is lifted, and the sentence has begun by then.
tap.addEventListener("pointerdown", (event) => event.button || mark());
form.addEventListener("keydown", (event) => {
  if (event.target.matches("input, audio") || at < 0) return;
  if (event.key === " " || (event.key === "Enter" && event.target === tap)) {
    event.preventDefault();
    if (!event.repeat) mark();
  } else if (event.key === "Backspace") {
    event.preventDefault();
    back();
  }
});
// Who asks a screen reader to press it sends a click and nothing before it.
tap.addEventListener("click", (event) => event.detail === 0 && event.pointerType === "" && mark());
