// How pages come upon their shelf: asked for once more as what may be kept, one asking after the other, and counted when they are there.
const HEADER = "X-Zhihui-Keep";
const OFTEN = 30 * 60 * 1000;
let last = Promise.resolve();
let full = false;

/** Keep the first address as it is now, and the others that it carries; says at the end what is really there. */
function keep(addresses, port) {
  last = last.catch(() => {}).then(() => keepAll(addresses, port));
  return last;
}

async function keepAll(addresses, port) {
  port?.postMessage({ begun: true });
  full = false;
  const paths = [...new Set(addresses.map((one) => new URL(one, location.origin).pathname))];
  if (paths.some(isGuide) && (await leaving())) {
    port?.postMessage({ left: await finish(), lost: paths.length });
    return;
  }
  await adopt();
  // Opened before anything is asked for: what arrives after a logout goes into a cache that has been deleted since.
  const opened = new Map();
  for (const path of paths.filter((one) => KEEPABLE.test(one))) opened.set(path, await caches.open(shelfOf(path)));
  const fresh = await Promise.all(paths.map((path, n) => opened.has(path) && keepPage(path, opened.get(path), n > 0).catch(() => false)));
  await prune(paths);
  for (const name of new Set([...opened.keys()].map(shelfOf))) if (await caches.has(name)) await sweep(name);
  const there = await Promise.all(paths.map((path, n) => fresh[n] && whole(path)));
  port?.postMessage({ lost: there.filter((one) => !one).length, full });
}

/** Keep one page with all that it shows; a visitor's page beside the one that is read need not be asked for at every step. */
async function keepPage(path, cache, beside) {
  if (beside && isPublic(path) && (await recent(path))) return true;
  const answer = await asked(path);
  if (isGone(answer, path)) await cache.delete(path, ANY);
  if (!isGood(answer, path)) return false;
  const text = await answer.text();
  await shelve(cache, path, text, new Date().toISOString());
  return true;
}

/**
 * Ask for what may be kept of a page. Of a public one that is what anybody may see: it is not said who asks. Past the browser's own
 * cache: the page to look at has the same address and tag.
 */
const asked = (path) =>
  fetch(path, { credentials: isGuide(path) ? "same-origin" : "omit", headers: { [HEADER]: "1" }, cache: "no-store" });

/** Put a page upon its shelf, then what it shows. */
async function shelve(cache, path, text, when) {
  const headers = { "Content-Type": "text/html; charset=utf-8", "Cache-Control": "no-store", "X-Kept": when };
  const code = text.match(/ data-sign="(\w+)"/)?.[1];
  if (code) headers["X-Sign"] = code;
  await put(cache, path, new Response(text, { headers }));
  const assets = assetsOf(text);
  await Promise.all(assets.map((one) => keepAsset(one, cache)));
  const fonts = (await Promise.all(assets.map((one) => fontsOf(cache, one)))).flat();
  await Promise.all(fonts.map((one) => keepAsset(one, cache)));
}

async function keepAsset(address, cache) {
  // The page that shows a picture was drawn just now, so it may be shown; another picture has another name.
  const firm = lasting(address) || address.startsWith("/files/");
  if (firm && (await cache.match(address, ANY))) return;
  const known = await caches.match(address, ANY);
  const answer = known && firm ? known : await fetch(address).catch(() => null);
  if (answer?.ok) await put(cache, address, answer);
  else if (answer && GONE.includes(answer.status)) await drop(address);
  else if (known) await put(cache, address, known);
}

async function put(cache, key, answer) {
  try {
    await cache.put(key, answer);
  } catch (error) {
    full ||= error.name === "QuotaExceededError";
  }
}

const isClosed = (answer) => answer.redirected || /no-store/.test(answer.headers.get("Cache-Control") ?? "");
const isGone = (answer, path) => GONE.includes(answer.status) || (isPublic(path) && answer.status === 200 && isClosed(answer));
const isGood = (answer, path) =>
  answer.status === 200 && !answer.redirected && !isGone(answer, path) && (answer.headers.get("Content-Type") ?? "").includes("html");

async function recent(path) {
  const when = (await copyOf(path))?.headers.get("X-Kept");
  return when && Date.now() - Date.parse(when) < OFTEN && whole(path);
}

/** Take from the shelf of a public tour the stops that it has no more, and from the device the tours that nobody may see any more. */
async function prune(paths) {
  const own = paths.find((path) => isPublic(path) && rootOf(path) === path);
  if (!own) return;
  const cache = await caches.open(shelfOf(own));
  for (const { url } of await cache.keys()) {
    const { pathname } = new URL(url);
    if (KEEPABLE.test(pathname) && !paths.includes(pathname)) await cache.delete(url, ANY);
  }
  for (const name of await shelves(PUBLIC)) await check(name.slice(PUBLIC.length));
}

/** Delete a public tour's shelf when the tour is closed; asked at once, or no more often than a page beside another. */
async function check(root, now = false) {
  if (!now && (await recent(root))) return;
  const answer = await asked(root).catch(() => null);
  if (answer && isGone(answer, root)) await caches.delete(PUBLIC + root);
}

/** One at a time, in all workers of the site: what two found at once, one would miss and take for cleared. */
const adopt = () => (navigator.locks ? navigator.locks.request("zhihui-adopt", takeOver) : takeOver());

/** Put upon shelves what stands in the two caches of earlier releases; only then do those go. */
async function takeOver() {
  for (const name of (await caches.keys()).filter((one) => /^zhihui-(guide|public)-\d+$/.test(one))) {
    const old = await caches.open(name);
    for (const request of await old.keys()) {
      const { pathname, search } = new URL(request.url);
      if (search || !KEEPABLE.test(pathname) || (await copyOf(pathname))) continue;
      const text = await (await old.match(request, ANY)).text();
      const when = text.match(/ data-kept="([^"]+)"/)?.[1] ?? new Date(0).toISOString();
      await shelve(await caches.open(shelfOf(pathname)), pathname, text, when);
    }
    // Gone already: the guide has left meanwhile.
    if (!(await caches.delete(name)) && navigator.locks) await forget();
  }
}
