// Forms that must not be lost for want of signal: kept on the device at once, sent when there is signal, each once by its key.
const KEPT = "zhihui-outbox";
const forms = [...document.querySelectorAll("[data-outbox]")];
let sending = false;

function read() {
  try {
    return JSON.parse(localStorage.getItem(KEPT) ?? "[]");
  } catch {
    return [];
  }
}

const write = (letters) => localStorage.setItem(KEPT, JSON.stringify(letters));

const cookie = (name) => document.cookie.split("; ").find((one) => one.startsWith(`${name}=`))?.slice(name.length + 1) ?? "";

function key() {
  if (crypto.randomUUID) return crypto.randomUUID();
  const bytes = [...crypto.getRandomValues(new Uint8Array(16))].map((one) => one.toString(16).padStart(2, "0")).join("");
  return bytes.replace(/^(.{8})(.{4}).(.{3}).(.{3})(.{12})$/, "$1-$2-4$3-8$4-$5");
}

function say(letter, text) {
  const form = forms.find((one) => one.elements.key.dataset.sent === letter.key);
  if (form) form.querySelector("[data-status]").textContent = text;
}

function keep(form) {
  const letter = { key: form.dataset.again ?? key(), action: form.action, fields: [], on: new Date().toLocaleDateString("sv-SE"), said: form.dataset };
  for (const [name, value] of new FormData(form)) {
    if (name !== "csrfmiddlewaretoken" && name !== "key") letter.fields.push([name, value]);
  }
  if (form.dataset.outbox === "run") letter.fields.push(["ended", new Date().toISOString()]);
  letter.said = { sent: form.dataset.sent, login: form.dataset.login };
  form.elements.key.dataset.sent = letter.key;
  try {
    write([...read(), letter]);
  } catch {
    sendAtOnce(form, letter);
    return;
  }
  say(letter, form.dataset.done);
  clear(form);
}

// No room on the device, or no leave to use it: it is sent now or stays in its box, and which is said.
async function sendAtOnce(form, letter) {
  // Pressed again it is the same letter, in case it arrived and only the answer was lost.
  form.dataset.again = letter.key;
  letter.said.login = form.dataset.full;
  say(letter, form.dataset.full);
  if ((await send(letter)) === "taken") clear(form);
}

function clear(form) {
  delete form.dataset.again;
  if (form.elements.text) form.elements.text.value = "";
}

// Return what became of a letter: taken, refused, or nothing where nobody answers.
async function send(letter) {
  const body = new FormData();
  for (const [name, value] of [...letter.fields, ["key", letter.key], ["on", letter.on]]) body.append(name, value);
  const headers = { Accept: "application/json", "X-CSRFToken": cookie("csrftoken") };
  const answer = await fetch(letter.action, { method: "POST", body, headers, redirect: "follow" }).catch(() => null);
  if (!answer) return "";
  const json = answer.headers.get("Content-Type")?.includes("json");
  if (json && answer.ok) {
    const others = read().filter((one) => one.key !== letter.key);
    if (others.length < read().length) write(others);
    say(letter, letter.said.sent);
    return "taken";
  }
  // Not taken: what was written stays on the device, and why is said.
  say(letter, json ? (await answer.json()).said : letter.said.login);
  return "refused";
}

async function flush() {
  if (sending || !navigator.onLine) return;
  sending = true;
  try {
    for (const letter of read()) if (!(await send(letter))) break;
  } finally {
    sending = false;
  }
}

for (const form of forms) {
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    keep(form);
    flush();
  });
}
addEventListener("online", flush);
document.addEventListener("visibilitychange", () => document.hidden || flush());
setInterval(flush, 30_000);
flush();
