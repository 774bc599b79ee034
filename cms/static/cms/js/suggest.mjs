/* Offers titles and names while one types: a combobox with a list, after WAI-ARIA. Without it the form is as good. */
const WAIT = 150;
// Height of the phone's bar, in CSS pixels.
const BAR = 64;

function line(option, id) {
  const item = document.createElement("li");
  item.id = id;
  item.role = "option";
  item.dataset.url = option.url;
  const name = document.createElement("b");
  name.textContent = option.text;
  const rest = document.createElement("small");
  rest.textContent = [option.title === option.text ? "" : option.title, option.kind].filter(Boolean).join(" · ");
  item.append(name, " ", rest);
  return item;
}

class Finder {
  constructor(form) {
    this.form = form;
    this.input = form.querySelector("input");
    this.list = Object.assign(document.createElement("ul"), { id: `${this.input.id}-list`, role: "listbox", hidden: true });
    this.list.setAttribute("aria-label", form.dataset.list);
    this.said = Object.assign(document.createElement("span"), { className: "vh", role: "status" });
    form.append(this.list, this.said);
    this.at = -1;
    for (const [name, value] of [["role", "combobox"], ["aria-autocomplete", "list"], ["aria-expanded", "false"], ["aria-controls", this.list.id]]) {
      this.input.setAttribute(name, value);
    }
    this.input.addEventListener("input", (event) => this.later(event));
    this.input.addEventListener("compositionend", () => this.later());
    this.input.addEventListener("keydown", (event) => this.press(event));
    this.input.addEventListener("blur", () => this.close());
    // The list must not take the focus away before the click has come.
    this.list.addEventListener("pointerdown", (event) => event.preventDefault());
    this.list.addEventListener("click", (event) => this.open(event.target.closest("li")));
  }

  later(event) {
    clearTimeout(this.timer);
    this.asking?.abort();
    // What stands in the field while characters are being composed is not yet what is meant.
    if (event?.isComposing) return;
    this.timer = setTimeout(() => this.ask(), WAIT);
  }

  async ask() {
    const typed = this.input.value.trim();
    if (!typed) return this.close();
    this.asking = new AbortController();
    try {
      const address = `${this.form.dataset.suggest}?${new URLSearchParams({ q: typed })}`;
      const answer = await fetch(address, { signal: this.asking.signal });
      if (answer.ok) this.show(await answer.json());
    } catch {
      // Aborted, or no line: the form still searches.
    }
  }

  show(options) {
    this.list.replaceChildren(...options.map((option, i) => line(option, `${this.list.id}-${i}`)));
    this.mark(-1);
    this.expand(options.length > 0 && document.activeElement === this.input);
    const { some, none } = this.form.dataset;
    this.said.textContent = options.length ? some.replace("{n}", options.length) : none;
  }

  expand(open) {
    this.list.hidden = !open;
    this.input.setAttribute("aria-expanded", String(open));
    if (open) this.bringUp();
  }

  // On a phone the list would open under the bar or the keyboard: the field goes up to the top then.
  bringUp() {
    const visible = window.visualViewport?.height ?? window.innerHeight;
    if (this.list.getBoundingClientRect().bottom > visible - BAR) this.form.scrollIntoView({ block: "start" });
  }

  close() {
    clearTimeout(this.timer);
    this.asking?.abort();
    this.said.textContent = "";
    this.mark(-1);
    this.expand(false);
  }

  mark(at) {
    this.at = at;
    const items = [...this.list.children];
    items.forEach((item, i) => item.setAttribute("aria-selected", String(i === at)));
    items[at]?.scrollIntoView({ block: "nearest" });
    if (items[at]) this.input.setAttribute("aria-activedescendant", items[at].id);
    else this.input.removeAttribute("aria-activedescendant");
  }

  move(step) {
    const places = this.list.children.length + 1;
    // One place more than lines: between the last and the first one is back in the field.
    this.mark(((this.at + 1 + step + places) % places) - 1);
  }

  press(event) {
    if (event.isComposing || event.ctrlKey || event.metaKey || event.altKey) return;
    const shown = !this.list.hidden;
    if (event.key === "ArrowDown" || event.key === "ArrowUp") {
      event.preventDefault();
      if (shown) this.move(event.key === "ArrowDown" ? 1 : -1);
      else this.ask();
    } else if (event.key === "Escape" && shown) {
      event.preventDefault();
      this.close();
    } else if (event.key === "Enter" && shown && this.at >= 0) {
      event.preventDefault();
      this.open(this.list.children[this.at]);
    }
  }

  open(item) {
    if (item?.dataset.url) location.assign(item.dataset.url);
  }
}

document.querySelectorAll("form[data-suggest]").forEach((form) => new Finder(form));
