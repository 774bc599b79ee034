/* Remembers the reading settings. They work by CSS alone; a browser that forbids storage just forgets. */
const box = document.querySelector(".prefs");
const form = box?.querySelector("form");
/* What opens from the spine: the settings and the list of all shelves. */
const sheets = [...document.querySelectorAll(".spine details")];

function kept() {
  try {
    return JSON.parse(localStorage.getItem("zhihui") ?? "{}");
  } catch {
    return {};
  }
}

function keep(values) {
  try {
    localStorage.setItem("zhihui", JSON.stringify(values));
  } catch {
    // Nothing to do: the choice holds until the page is left.
  }
}

if (form) {
  for (const [name, value] of Object.entries(kept())) {
    const input = [...form.elements].find((e) => e.name === name && e.value === value);
    if (input) input.checked = true;
  }
  form.addEventListener("change", () => keep(Object.fromEntries(new FormData(form))));
}

document.addEventListener("keydown", (event) => {
  const open = event.key === "Escape" && sheets.find((sheet) => sheet.open);
  if (!open) return;
  open.open = false;
  open.querySelector("summary").focus();
});
document.addEventListener("click", (event) => {
  for (const sheet of sheets) if (!sheet.contains(event.target)) sheet.open = false;
});
// A page that comes back from the browser's memory is as it was left, with the sheet that was taken from it, and with what was
// ticked before leaving, over a list that is not filtered by it. A form that is sent nowhere (how a book is read) stays.
addEventListener("pageshow", (event) => {
  if (!event.persisted) return;
  for (const sheet of sheets) sheet.open = false;
  for (const filter of document.querySelectorAll("form[autocomplete=off]:has(button:not([type=button]))")) filter.reset();
});
