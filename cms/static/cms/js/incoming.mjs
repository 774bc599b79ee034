// Asks how far the worker is, and shows the page anew when it is done. Without it the page is refreshed by hand.
const waiting = document.querySelector("[data-progress]");

async function look() {
  try {
    const answer = await fetch(waiting.dataset.progress, { headers: { Accept: "application/json" } });
    if (!answer.ok) throw new Error(answer.statusText);
    const { state, done } = await answer.json();
    if (!["checking", "saving"].includes(state)) {
      location.replace(location.pathname);
      return;
    }
    const shown = waiting.querySelector("[data-done]");
    if (shown && shown.textContent !== String(done)) shown.textContent = done;
  } catch {
    // The server restarts, or the line is bad: ask again.
  }
  setTimeout(look, 1500);
}

if (waiting) setTimeout(look, 800);

// Enter goes to the next wrong cell, as in a sheet; the last one sends the form.
const cells = [...document.querySelectorAll(".mend input")];
for (const [at, cell] of cells.entries()) {
  cell.addEventListener("keydown", (event) => {
    if (event.key !== "Enter" || event.isComposing || at === cells.length - 1) return;
    event.preventDefault();
    cells[at + 1].focus();
  });
}
