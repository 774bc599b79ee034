/* Remembers the reading settings. They work by CSS alone; a browser that forbids storage just forgets. */
const box = document.querySelector(".prefs");
const form = box?.querySelector("form");

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
  document.addEventListener("keydown", (event) => {
    if (event.key === "Escape" && box.open) {
      box.open = false;
      box.querySelector("summary").focus();
    }
  });
  document.addEventListener("click", (event) => {
    if (!event.target.closest(".prefs")) box.open = false;
  });
}
