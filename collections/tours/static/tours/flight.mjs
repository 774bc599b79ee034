// Has this page, and those that belong to it, kept for flight mode, and says truly how that went; gives back what a form could not send;
// says when an answer is waited for. The sentences are in tours/carried.html.
const GUIDE = ["/en/guide/", "/guide/"];
const TOURS = ["/en/tours/", "/tours/"];
const SIGNS = ["/q/", "/en/q/"];
const UNSENT = "zhihui-unsent";
const scope = [...GUIDE, ...TOURS].find((one) => location.pathname.startsWith(one));
const isGuide = GUIDE.includes(scope);
const place = document.querySelector(".carried");
const words = place?.dataset ?? {};
const kept = document.querySelector("main > .kept");
let asked = null;
let round = 0;

function pages() {
  const stops = Array.from({ length: Number(words.stops ?? 0) }, (_, n) => `${words.tour}${n + 1}/`);
  const carried = words.tour ? [words.tour, ...stops] : [...document.querySelectorAll("[data-carry]")].map((link) => link.href);
  return [location.pathname, ...carried].map((one) => new URL(one, location.href).href.split("#")[0]);
}

function say(text, n) {
  if (place && !kept) place.textContent = text.replace("{n}", n);
}

function answered({ begun, lost, full, left }) {
  // Whoever left without a signal is gone from the server now.
  if (left && isGuide) return location.reload();
  if (begun) return say(words.doing ?? "");
  if (!lost) navigator.storage?.persist?.();
  say((lost ? (full ? words.full : words.partly) : words.done) ?? "", lost);
}

// The worker that is in charge is asked; when a new one takes over, it is asked again, and only what it says counts.
function ask(worker) {
  if (!worker || worker === asked || kept) return;
  asked = worker;
  const mine = ++round;
  const answers = new MessageChannel();
  answers.port1.onmessage = (event) => mine === round && answered(event.data);
  worker.postMessage({ keep: pages() }, [answers.port2]);
}

async function begin() {
  const workers = navigator.serviceWorker;
  if (!workers) throw new Error("no service workers");
  const registration = await workers.register("/tours-worker.js", { scope });
  // In the other language, and at a sign, a worker has to be there when the first page says that something was withdrawn.
  const others = (isGuide ? GUIDE : [...TOURS, ...SIGNS]).filter((one) => one !== scope);
  for (const other of others) workers.register("/tours-worker.js", { scope: other }).catch(() => {});
  workers.addEventListener("controllerchange", () => ask(registration.active));
  ask(registration.active ?? registration.waiting ?? registration.installing);
}

if (scope) begin().catch(() => say(words.cannot ?? ""));

// What a form could not send stands in it again, until it is sent or thrown away.
async function giveBack() {
  if (!(await globalThis.caches?.has(UNSENT))) return;
  const cache = await caches.open(UNSENT);
  for (const form of document.querySelectorAll("form[method=post]")) {
    const address = form.getAttribute("action") || location.pathname;
    const letter = await cache.match(address);
    if (!letter) continue;
    const { at, fields } = await letter.json();
    const changed = fields.filter(([name, value]) => filled(form.elements.namedItem(name), value));
    if (changed.length) announce(form, at, () => cache.delete(address));
    else await cache.delete(address);
  }
}

function filled(field, value) {
  const plain = (text) => text.replaceAll("\r\n", "\n").trim();
  if (!field?.matches?.("textarea, select, input:not([type=hidden], [type=checkbox], [type=radio])")) return false;
  if (plain(field.value) === plain(value)) return false;
  field.value = value;
  return true;
}

function announce(form, at, forget) {
  const note = document.createElement("p");
  const drop = document.createElement("button");
  const locale = document.documentElement.lang === "en" ? "en-GB" : "zh-CN";
  const when = new Date(at).toLocaleString(locale, { dateStyle: "medium", timeStyle: "short" });
  note.className = "kept";
  note.setAttribute("role", "status");
  Object.assign(drop, { type: "button", className: "btn", textContent: words.drop });
  drop.addEventListener("click", async () => {
    await forget();
    form.reset();
    note.remove();
  });
  note.append(words.unsaved.replace("{when}", when), " ", drop);
  form.prepend(note);
  form.closest("details")?.setAttribute("open", "");
}

if (isGuide && place) giveBack();

// An answer that takes long is waited for in sight; a form whose answer is waited for is not sent once more.
const wait = document.createElement("p");
let later = 0;
wait.className = "flight-wait";
wait.setAttribute("role", "status");
addEventListener("beforeunload", () => {
  later = setTimeout(() => document.body.append(Object.assign(wait, { textContent: words.waiting })), 1500);
});
document.addEventListener("submit", (event) => {
  const form = event.target;
  if (event.defaultPrevented || form.method !== "post") return;
  if (form.dataset.sending) return event.preventDefault();
  form.dataset.sending = "yes";
  setTimeout(() => delete form.dataset.sending, 15_000);
});
addEventListener("pageshow", (event) => {
  clearTimeout(later);
  wait.remove();
  for (const form of document.querySelectorAll("form[data-sending]")) delete form.dataset.sending;
  // A page brought back by Back may belong to a guide who has left.
  if (event.persisted && isGuide) location.reload();
});
