// What the browser is shown: the present from the net, however long it takes; what is kept only where there is no net, or by choice,
// and then with a word of it. PAGES are the sentences and pages for that, in both languages, put before this script by walking/flight.py.
const PATIENCE = 6000;
const UNSENT = "zhihui-unsent";
const SIGN_FORM = /^(?:\/en)?\/q\/$/;
const LOGIN = /^(?:\/en)?\/guide\/login\/$/;
// Answers that came while a page said that they are waited for, until it asks again a moment later.
const ready = new Map();

const language = (path) => (path.startsWith("/en/") || (SIGN.test(path) && !navigator.language.startsWith("zh")) ? "en" : "zh-hans");
const filled = (text, words) => text.replace(/\{(\w+)\}/g, (all, name) => words[name] ?? all);
const escaped = (text) => text.replace(/[&<>"]/g, (one) => `&#${one.charCodeAt(0)};`);
const HTML = { "Content-Type": "text/html; charset=utf-8", "Cache-Control": "no-store" };
const html = (body, status) => new Response(body, { status, headers: HTML });
const told = (path, page, words = {}) => html(filled(PAGES[language(path)][page], words), 503);

function moment(when, path) {
  const locale = language(path) === "en" ? "en-GB" : "zh-CN";
  return escaped(new Date(when).toLocaleString(locale, { dateStyle: "medium", timeStyle: "short" }));
}

/** Where the kept copy of what was asked for stands: a stop for the code on a sign, the plain page for a search in it. */
async function placeOf(url) {
  const typed = SIGN_FORM.test(url.pathname) && url.searchParams.get("code")?.replace(/[^A-Z0-9]/gi, "");
  const code = typed || url.pathname.match(SIGN)?.[1];
  const path = code ? await stopOf(code) : url.pathname;
  return path && (await copyOf(path)) ? path : null;
}

/** Return a kept page with the note that says so, and from when it is. */
async function keptPage(path, note, url) {
  const copy = await copyOf(path);
  const words = { when: moment(copy.headers.get("X-Kept"), path), address: escaped(url.pathname + url.search) };
  const text = filled(PAGES[language(path)][note], words);
  return new Response((await copy.text()).replace('<main id="main">', (start) => start + text), { headers: copy.headers });
}

async function page(event, url) {
  const over = finish();
  if (isGuide(url.pathname) && !(await over)) return told(url.pathname, "left");
  event.waitUntil(over);
  if (url.searchParams.has("kept") && (await placeOf(url))) return keptPage(url.pathname, "chosen", new URL(url.pathname, url));
  const held = ready.get(url.href);
  ready.delete(url.href);
  if (held) return held;
  const net = fetch(event.request).catch(() => null);
  event.waitUntil(net.then((answer) => answer && seen(answer, url.pathname)));
  const first = await Promise.race([net, new Promise((resolve) => setTimeout(resolve, PATIENCE, "slow"))]);
  if (first === "slow") return waiting(url, net, await placeOf(url));
  return first ?? absent(url);
}

/** Without a net: what is kept, else a page that says what is. */
async function absent(url) {
  const place = await placeOf(url);
  if (place && place !== url.pathname) return Response.redirect(place);
  if (place) return keptPage(place, url.search ? "unasked" : "offline", url);
  return told(url.pathname, "missing", { rest: await list() });
}

async function list() {
  const found = [];
  for (const name of await shelves("zhihui-")) {
    const path = name.split(" ")[1];
    const title = path && (await (await copyOf(path))?.text())?.match(/<title>([^<]*)/)?.[1];
    if (title) found.push(`<li><a href="${escaped(path)}">${title.split(" — ")[0]}</a></li>`);
  }
  return found.length ? `<ul>${found.join("")}</ul>` : "";
}

/** Say that the network is slow, offer what is kept, and ask again as soon as the answer is there. */
function waiting(url, net, place) {
  const to = new TextEncoder();
  let here = true;
  const start = async (out) => {
    const when = place && moment((await copyOf(place)).headers.get("X-Kept"), place);
    const text = PAGES[language(url.pathname)][place ? "slow" : "slow_bare"];
    out.enqueue(to.encode(filled(text, { when, address: escaped(`${place}?kept`) })));
    const answer = await net;
    if (!here) return;
    if (answer) ready.set(url.href, answer);
    setTimeout(() => ready.delete(url.href), 10_000);
    // With its address: a page that came by a fragment would only scroll.
    out.enqueue(to.encode(`<meta http-equiv="refresh" content="0; url=${escaped(url.pathname + url.search)}">`));
    out.close();
  };
  return html(new ReadableStream({ start, cancel: () => (here = false) }), 200);
}

/** What the net says of a public page's leave to be shown holds for what is kept of it too. */
async function seen(answer, path) {
  if (!isGone(answer, path) && !(isPublic(path) && answer.type === "opaqueredirect")) return;
  if (await copyOf(path)) await (await caches.open(shelfOf(path))).delete(path, ANY);
  // What was closed may be kept in the other language, or on the way of another tour.
  if (isPublic(path)) for (const name of await shelves(PUBLIC)) await check(name.slice(PUBLIC.length));
}

/** A picture is asked for each time, because it may have been withdrawn; kept ones are for kept pages. */
async function asset(event) {
  const { url } = event.request;
  const known = await caches.match(url, ANY);
  if (known && (lasting(new URL(url).pathname) || (await byChoice(event.clientId)))) return known;
  try {
    const answer = await fetch(event.request);
    if (known && GONE.includes(answer.status)) await drop(url);
    return answer;
  } catch {
    return known ?? Response.error();
  }
}

async function byChoice(client) {
  const page = client && (await self.clients.get(client));
  return Boolean(page) && new URL(page.url).searchParams.has("kept");
}

/** Send a form. Where no answer comes, what was written is put by for the page that it came from, and that is said. */
async function sent(event, url) {
  if (!(await finish())) return told(url.pathname, "left");
  const copy = event.request.clone();
  const answer = await fetch(event.request).catch(() => null);
  if (answer && answer.status < 500 && answer.status !== 403) {
    await (await caches.open(UNSENT)).delete(url.href);
    return answer;
  }
  const fields = [...(await copy.formData())].filter(([name]) => !/csrf|password/.test(name));
  if (fields.length && !LOGIN.test(url.pathname)) await (await caches.open(UNSENT)).put(url.href, Response.json({ at: Date.now(), fields }));
  return answer ?? told(url.pathname, "unsent", { address: escaped(event.request.referrer || url.pathname) });
}
