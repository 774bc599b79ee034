// The picture by itself: as large as it is public, larger by steps, moved by finger, mouse, wheel or arrow keys.
// Without this module its link leads to the picture's file.
const MOST = 4;
const STEP = 1.5;

function button(label, act) {
  const made = document.createElement("button");
  made.type = "button";
  made.className = "btn";
  made.textContent = label;
  made.addEventListener("click", act);
  return made;
}

function open(link) {
  const { alt, width, height, close, in: closer, out: farther, whole, how } = link.dataset;
  const dialog = document.createElement("dialog");
  dialog.className = "zoom";
  dialog.setAttribute("aria-label", alt);
  const pane = document.createElement("div");
  pane.className = "pane";
  pane.tabIndex = 0;
  pane.setAttribute("role", "group");
  pane.setAttribute("aria-label", how);
  const image = new Image(Number(width), Number(height));
  image.src = link.href;
  image.alt = alt;
  image.draggable = false;
  pane.append(image);
  let scale = 0;

  const fit = () => Math.min(1, pane.clientWidth / width, pane.clientHeight / height);
  // What is in the middle stays in the middle.
  const show = (wanted) => {
    const least = fit();
    const next = Math.min(MOST, Math.max(least, wanted));
    const x = (pane.scrollLeft + pane.clientWidth / 2) / (scale || next);
    const y = (pane.scrollTop + pane.clientHeight / 2) / (scale || next);
    scale = next;
    image.style.width = `${Math.round(width * scale)}px`;
    pane.scrollTo(x * scale - pane.clientWidth / 2, y * scale - pane.clientHeight / 2);
  };

  const bar = document.createElement("div");
  bar.className = "bar";
  const words = document.createElement("p");
  words.textContent = `${how} ${width} × ${height}`;
  bar.append(
    button(closer, () => show(scale * STEP)),
    button(farther, () => show(scale / STEP)),
    button(whole, () => show(0)),
    button(close, () => dialog.close()),
    words,
  );
  dialog.append(pane, bar);
  document.body.append(dialog);
  dialog.addEventListener("close", () => {
    dialog.remove();
    link.focus();
  });
  dialog.addEventListener("keydown", (event) => {
    if (event.key === "+" || event.key === "=") show(scale * STEP);
    else if (event.key === "-") show(scale / STEP);
    else if (event.key === "0") show(0);
    else return;
    event.preventDefault();
  });
  pane.addEventListener("dblclick", () => show(scale * STEP));
  // A finger scrolls by itself; a mouse drags.
  pane.addEventListener("pointerdown", (down) => {
    if (down.pointerType !== "mouse" || down.button) return;
    const left = pane.scrollLeft + down.clientX;
    const top = pane.scrollTop + down.clientY;
    const drag = (move) => pane.scrollTo(left - move.clientX, top - move.clientY);
    pane.setPointerCapture(down.pointerId);
    pane.addEventListener("pointermove", drag);
    pane.addEventListener("pointerup", () => pane.removeEventListener("pointermove", drag), { once: true });
  });
  dialog.showModal();
  show(0);
  pane.focus();
}

for (const link of document.querySelectorAll("a[data-zoom]")) {
  link.addEventListener("click", (event) => {
    if (event.ctrlKey || event.metaKey || event.shiftKey || !window.HTMLDialogElement) return;
    event.preventDefault();
    open(link);
  });
}
