// Stops are dragged by their handle; the order is sent once the finger lifts. Without this script the arrows do the same.
const list = document.querySelector("#stops");
const live = document.querySelector("#b-live");

// Listened for on the document: a handle that moves with its stop loses the pointer it had captured.
function held(event, item) {
  event.preventDefault();
  item.classList.add("held");
  const before = order();
  const listening = new AbortController();
  const options = { signal: listening.signal };
  const follow = (move) => {
    const over = [...list.children].find((other) => {
      const box = other.getBoundingClientRect();
      return other !== item && move.clientY > box.top && move.clientY < box.bottom;
    });
    if (!over) return;
    const box = over.getBoundingClientRect();
    list.insertBefore(item, move.clientY < box.top + box.height / 2 ? over : over.nextSibling);
  };
  const drop = () => {
    listening.abort();
    item.classList.remove("held");
    if (order() !== before) send(item);
  };
  document.addEventListener("pointermove", follow, options);
  document.addEventListener("pointerup", drop, options);
  document.addEventListener("pointercancel", drop, options);
}

function order() {
  return [...list.children].map((item) => item.dataset.stop).join(",");
}

async function send(item) {
  const body = new FormData(item.querySelector("form"));
  body.set("order", order());
  const answer = await fetch(list.dataset.order, { method: "POST", body, redirect: "follow" }).catch(() => null);
  // The session has ended: sent as a form, it is carried through the login.
  if (answer?.status === 403) return sendAsForm(body);
  // The page as the server has it now: numbers, walks and the first stop's arrows are its to say.
  if (answer?.ok) {
    live.textContent = list.dataset.said.replace("{n}", [...list.children].indexOf(item) + 1);
    location.hash = item.id;
  }
  location.reload();
}

function sendAsForm(body) {
  const form = Object.assign(document.createElement("form"), { method: "post", action: list.dataset.order });
  for (const [name, value] of body) form.append(Object.assign(document.createElement("input"), { type: "hidden", name, value }));
  document.body.append(form);
  form.requestSubmit();
}

for (const item of list?.children ?? []) {
  const handle = item.querySelector(".b-drag");
  handle.hidden = false;
  handle.addEventListener("pointerdown", (event) => held(event, item));
}
