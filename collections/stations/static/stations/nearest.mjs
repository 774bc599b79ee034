/* The three nearest corners, measured in the browser: where somebody is leaves it for nobody, and is not kept. */
const PATIENCE = 15000; // milliseconds: a question that nobody answers must end
const AWAY = 60000; // metres, from which on it is another city
const EARTH = 6371000;
const radians = (degrees) => (degrees * Math.PI) / 180;

function metres([lat, lon], [lat2, lon2]) {
  const chord =
    Math.sin(radians(lat2 - lat) / 2) ** 2 +
    Math.cos(radians(lat)) * Math.cos(radians(lat2)) * Math.sin(radians(lon2 - lon) / 2) ** 2;
  return 2 * EARTH * Math.asin(Math.min(1, Math.sqrt(chord)));
}

function words(far, { metres: m, km }) {
  if (far < 995) return m.replace("{n}", Math.max(10, Math.round(far / 10) * 10));
  return km.replace("{n}", far < 99500 ? (far / 1000).toFixed(1) : Math.round(far / 1000));
}

/* Where the browser is; rejects with the name of the sentence that says why not. */
function position() {
  return new Promise((found, lost) => {
    if (!navigator.geolocation) return lost("unknown");
    // The browser's own limit does not run while it waits for leave to tell.
    const timer = setTimeout(() => lost("late"), PATIENCE);
    navigator.geolocation.getCurrentPosition(
      ({ coords }) => {
        clearTimeout(timer);
        found([coords.latitude, coords.longitude]);
      },
      ({ code }) => {
        clearTimeout(timer);
        lost({ 1: "refused", 3: "late" }[code] ?? "unknown");
      },
      { timeout: PATIENCE, maximumAge: 60000 },
    );
  });
}

async function known(url) {
  try {
    const answer = await fetch(url);
    if (answer.ok) return (await answer.json()).corners;
  } catch {
    // Told below: without the list nothing can be measured.
  }
  throw "failed";
}

/* Three that are not closed for good, with the closed ones that stand between them. */
function three(corners, here) {
  const near = corners.map((one) => ({ ...one, far: metres(here, one.at) })).sort((a, b) => a.far - b.far);
  const open = near.filter((one) => !one.closed);
  const end = open.length > 2 ? near.indexOf(open[2]) + 1 : near.length;
  return near.slice(0, Math.min(end, 6));
}

function row(template, one, said) {
  const item = template.content.cloneNode(true).querySelector("li");
  const put = (selector, text) => {
    item.querySelector(selector).textContent = text;
  };
  item.className = one.css;
  item.querySelector("a").href = one.url;
  item.querySelector(".st8").classList.add(one.css);
  item.querySelector("b").lang = one.lang;
  put(".pin-no", one.number);
  put("b", one.title);
  put(".st8", one.state);
  put(".n-t .num", one.hours);
  put("small", one.copies);
  put(".far", words(one.far, said));
  return item;
}

async function measure(part, button) {
  const said = button.dataset;
  const status = part.querySelector("[data-near-said]");
  const list = part.querySelector("[data-near-list]");
  status.textContent = said.asking;
  button.disabled = true;
  try {
    const [here, corners] = await Promise.all([position(), known(said.nearest)]);
    const near = three(corners, here);
    if (!near.length) throw "none";
    list.replaceChildren(...near.map((one) => row(part.querySelector("[data-near-row]"), one, said)));
    list.hidden = false;
    const heading = part.querySelector("h2");
    if (heading) heading.textContent = said.heading;
    const away = near[0].far > AWAY ? `${said.far.replace("{far}", words(near[0].far, said))} ` : "";
    status.textContent = away + said.found;
  } catch (why) {
    status.textContent = said[why] ?? said.unknown;
  } finally {
    button.disabled = false;
  }
}

for (const part of document.querySelectorAll("[data-near]")) {
  const button = part.querySelector("[data-nearest]");
  button.hidden = false;
  button.addEventListener("click", () => measure(part, button));
}
