/* What a reader chose last holds before the book is first drawn: this runs where it stands, between the choices and the deck.
   Without it everything is read in one scroll, and the choices work until the page is left. */
(() => {
  const KEY = "zhihui-book";
  const root = document.documentElement;
  const form = document.querySelector(".pb-tools");
  root.classList.add("turning");
  root.classList.toggle("can-fill", Boolean(document.fullscreenEnabled));
  root.classList.toggle("can-say", "speechSynthesis" in window);

  function kept() {
    try {
      return JSON.parse(localStorage.getItem(KEY)) ?? null;
    } catch {
      return null;
    }
  }

  function keep() {
    try {
      localStorage.setItem(KEY, JSON.stringify({ py: "off", ...Object.fromEntries(new FormData(form)) }));
    } catch {
      // Nothing to do: the choice holds until the page is left.
    }
  }

  const values = kept();
  for (const input of values && typeof values === "object" ? form.elements : []) {
    if (input.type === "radio" && typeof values[input.name] === "string") input.checked = input.value === values[input.name];
    if (input.type === "checkbox") input.checked = values[input.name] !== "off";
  }
  for (const name of ["mode", "words"]) {
    // A value of another version chooses nothing.
    if (![...form.elements].some((input) => input.name === name && input.checked)) {
      [...form.elements].find((input) => input.name === name && input.defaultChecked).checked = true;
    }
  }
  form.addEventListener("change", keep);
})();
