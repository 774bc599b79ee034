// The clock, the arrows, which stop is on the screen and for how long. Without this script the numbers below are links.
const stops = document.querySelector("#stops");
const all = [...stops.children];
const links = [...document.querySelectorAll(".dots ol a")];
const form = document.querySelector('[data-outbox="run"]');
const clock = document.querySelector("#clock");
const began = Date.now();
let here = 0;

function show(number) {
  const to = all[Math.max(0, Math.min(all.length - 1, number))];
  stops.scrollTo({ left: to.offsetLeft - stops.offsetLeft });
}

function arrived(number) {
  here = number;
  links.forEach((link, n) => (n === number ? link.setAttribute("aria-current", "step") : link.removeAttribute("aria-current")));
  const row = links[number].closest("ol");
  row.scrollLeft = links[number].offsetLeft - row.offsetLeft - row.clientWidth / 2;
}

function tick() {
  const seconds = Math.floor((Date.now() - began) / 1000);
  clock.textContent = `${String(Math.floor(seconds / 60)).padStart(2, "0")}:${String(seconds % 60).padStart(2, "0")}`;
  const pk = all[here].dataset.stop;
  if (!pk || document.hidden) return;
  const spent = form.elements[`seconds-${pk}`];
  spent.value = Number(spent.value) + 1;
  // A stop that never stood on the screen counts as skipped, unless the guide says otherwise at the end.
  if (Number(spent.value) === 3) tickOff(pk);
}

function tickOff(pk) {
  const box = form.querySelector(`[name="told"][value="${pk}"]`);
  if (!box.dataset.touched) box.checked = true;
}

for (const box of form.querySelectorAll('[name="told"]')) {
  box.checked = false;
  box.addEventListener("change", () => (box.dataset.touched = "yes"));
}
form.elements.began.value = new Date(began).toISOString();
clock.parentElement.hidden = false;
setInterval(tick, 1000);

const watcher = new IntersectionObserver(
  (seen) => seen.filter((one) => one.isIntersecting).forEach((one) => arrived(all.indexOf(one.target))),
  { root: stops, threshold: 0.6 },
);
all.forEach((one) => watcher.observe(one));

for (const button of document.querySelectorAll("[data-go]")) {
  button.hidden = false;
  button.addEventListener("click", () => show(here + Number(button.dataset.go)));
}
links.forEach((link, n) =>
  link.addEventListener("click", (event) => {
    event.preventDefault();
    history.replaceState(null, "", link.hash);
    show(n);
  }),
);
addEventListener("keydown", (event) => {
  if (event.target.matches("input, textarea, select")) return;
  if (event.key === "ArrowRight") show(here + 1);
  if (event.key === "ArrowLeft") show(here - 1);
});
const first = all.findIndex((one) => `#${one.id}` === location.hash);
if (first > 0) show(first);
