// How pages come upon their shelf: asked for once more as what may be kept, one asking after the other, and counted when they are there.
const HEADER = "X-Zhihui-Keep";
const EDITION = "X-Zhihui-Edition";
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
  const others = await keptBeside(paths);
  // Opened before anything is asked for: what arrives after a logout goes into a cache that has been deleted since.
  const opened = new Map();
  for (const path of [...paths, ...others].filter((one) => KEEPABLE.test(one))) opened.set(path, await caches.open(shelfOf(path)));
  const kept = (path, edition) => opened.has(path) && keepPage(path, opened.get(path), edition).catch(() => false);
  const [first, ...rest] = paths;
  const fresh = [await kept(first)];
  const edition = fresh[0] ? await editionOf(first) : "";
  fresh.push(...(await Promise.all(rest.map((path) => kept(path, isPublic(path) ? edition : "")))));
  await prune(paths);
  await Promise.all(others.map((path) => kept(path, edition)));
  for (const name of new Set([...opened.keys()].map(shelfOf))) if (await caches.has(name)) await sweep(name);
  const there = await Promise.all(paths.map((path, n) => fresh[n] && whole(path)));
  port?.postMessage({ lost: there.filter((one) => !one).length, full });
}

/** Return the other pages on the device: what they show may have been withdrawn too. A visitor's steps ask for nothing of the bench. */
async function keptBeside(paths) {
  const found = [];
  for (const name of await shelves(paths.some(isGuide) ? "zhihui-" : PUBLIC)) {
    if (name.startsWith(GUIDE) || name.startsWith(PUBLIC)) found.push(...(await pagesOn(name)).map((one) => one.path));
  }
  return found.filter((path) => !paths.includes(path));
}

/** Keep one page with all that it shows, unless it is there as it is in an edition of the library. */
async function keepPage(path, cache, edition = "") {
  if (edition && (await editionOf(path)) === edition && (await whole(path))) return true;
  const answer = await asked(path);
  if (isGone(answer, path)) await cache.delete(path, ANY);
  if (!isGood(answer, path)) return false;
  await shelve(cache, path, await answer.text(), new Date().toISOString(), answer.headers.get(EDITION) ?? "");
  return true;
}

/** Return of which edition of the library a kept page is; "" where that is not known. */
const editionOf = async (path) => (await copyOf(path))?.headers.get(EDITION) ?? "";

/**
 * Ask for what may be kept of a page. Of a public one that is what anybody may see: it is not said who asks. Past the browser's own
 * cache: the page to look at has the same address and tag.
 */
const asked = (path) =>
  fetch(path, { credentials: isGuide(path) ? "same-origin" : "omit", headers: { [HEADER]: "1" }, cache: "no-store" });

/** Put a page upon its shelf, then what it shows. */
async function shelve(cache, path, text, when, edition) {
  const headers = { "Content-Type": "text/html; charset=utf-8", "Cache-Control": "no-store", "X-Kept": when, [EDITION]: edition };
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

/** Take from the shelf of a public tour the stops that it has no more. */
async function prune(paths) {
  const own = paths.find((path) => isPublic(path) && rootOf(path) === path);
  if (!own) return;
  const cache = await caches.open(shelfOf(own));
  for (const { url } of await cache.keys()) {
    const { pathname } = new URL(url);
    if (KEEPABLE.test(pathname) && !paths.includes(pathname)) await cache.delete(url, ANY);
  }
}

/** Delete a public tour's shelf when the tour is closed. */
async function check(root) {
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
      await shelve(await caches.open(shelfOf(pathname)), pathname, text, when, "");
    }
    // Gone already: the guide has left meanwhile.
    if (!(await caches.delete(name)) && navigator.locks) await forget();
  }
}
