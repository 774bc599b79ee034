// How long the talk takes, and each stop of it beside what was planned. A reload does not start it anew.
const STALE = 60 * 60 * 1000;
const clock = document.querySelector("#clock");
const pace = document.querySelector("#pace");
const over = document.querySelector("#over");
const afresh = document.querySelector("#afresh");
const form = document.querySelector('[data-outbox="run"]');

const inMinutes = (seconds) => `${String(Math.floor(seconds / 60)).padStart(2, "0")}:${String(Math.floor(seconds % 60)).padStart(2, "0")}`;
const fresh = () => ({ began: Date.now(), at: Date.now(), spent: {}, chosen: {} });

function kept(name) {
  try {
    const found = JSON.parse(localStorage.getItem(name));
    return found && Date.now() - found.at < STALE ? found : null;
  } catch {
    return null;
  }
}

function keep(name, talk) {
  try {
    localStorage.setItem(name, JSON.stringify(talk));
  } catch {
    // A full phone: the clock goes on, only a reload would start it anew.
  }
}

// The stop whose number is lit, by present.mjs.
const here = () => document.getElementById(document.querySelector(".dots [aria-current]")?.hash.slice(1) ?? "stop-end");

const name = `zhihui-talk-${form.elements.tour.value}`;
const boxes = [...form.querySelectorAll('[name="told"]')];
let talk = kept(name);
let last = Date.now();
afresh.hidden = !talk;
talk ??= fresh();

function fill() {
  form.elements.began.value = new Date(talk.began).toISOString();
  for (const box of boxes) {
    const spent = talk.spent[box.value] ?? 0;
    form.elements[`seconds-${box.value}`].value = Math.round(spent);
    // A stop that never stood on the screen counts as skipped, unless the guide says otherwise.
    box.checked = talk.chosen[box.value] ?? spent >= 3;
  }
}

function tell(stop) {
  const pk = stop.dataset.stop;
  const spent = talk.spent[pk] ?? 0;
  const planned = Number(stop.dataset.minutes ?? 0) * 60;
  pace.textContent = pk ? pace.dataset.now.replace("{now}", inMinutes(spent)).replace("{planned}", inMinutes(planned)) : "";
  const late = pk ? Math.floor((spent - planned) / 60) : 0;
  const behind = Math.floor((Date.now() - talk.began) / 60000 - Number(over.dataset.planned));
  const said = late > 0 ? over.dataset.stop.replace("{n}", late) : behind > 0 ? over.dataset.all.replace("{n}", behind) : "";
  if (over.textContent !== said) over.textContent = said;
}

function tick() {
  const now = Date.now();
  const stop = here();
  // A timer of a hidden page is slowed down: what counts is the time that went by, while the page was to be seen.
  if (stop.dataset.stop && !document.hidden) {
    talk.spent[stop.dataset.stop] = (talk.spent[stop.dataset.stop] ?? 0) + (now - last) / 1000;
  }
  last = now;
  talk.at = now;
  clock.textContent = inMinutes((now - talk.began) / 1000);
  fill();
  tell(stop);
  keep(name, talk);
}

for (const box of boxes) box.addEventListener("change", () => (talk.chosen[box.value] = box.checked));
afresh.addEventListener("click", () => {
  talk = fresh();
  afresh.hidden = true;
  tick();
});
document.addEventListener("visibilitychange", () => (last = Date.now()));
const timer = setInterval(tick, 1000);
// Written down: the next talk begins at nought.
form.addEventListener("submit", () => {
  clearInterval(timer);
  localStorage.removeItem(name);
});
clock.parentElement.hidden = pace.parentElement.hidden = false;
tick();
