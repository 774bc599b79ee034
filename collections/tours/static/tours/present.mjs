// The arrows, which stop is on the screen and for how long. Without this script the numbers below are links.
const stops = document.querySelector("#stops");
const all = [...stops.children];
const links = [...document.querySelectorAll(".dots ol a")];
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
// What is said after a form was sent must not be behind the bar at the bottom.
for (const one of document.querySelectorAll("[data-outbox]")) {
  const said = one.querySelector("[data-status]");
  new MutationObserver(() => said.scrollIntoView({ block: "center" })).observe(said, { childList: true });
}
const first = all.findIndex((one) => `#${one.id}` === location.hash);
if (first > 0) show(first);
