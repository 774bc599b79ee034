// What is kept: one cache a tour, named by its address, holding its pages and all that they show.
// No name carries a version: an update of this script finds what the one before it kept, and never has to empty anything.
const GUIDE = "zhihui-guide ";
const PUBLIC = "zhihui-public ";
const TOUR = /^(?:\/en)?\/(?:guide\/tours\/\d+|tours\/[^/]+)\//;
// Plain addresses alone: what was searched for, a token or a form's fields in an address are nobody's to keep.
const KEEPABLE = /^(?:\/en)?\/(?:guide\/(?:tours\/\d+\/(?:go\/|after\/)?)?|tours\/[^/]+\/(?:\d+\/)?)$/;
const SIGN = /^(?:\/en)?\/q\/([A-Z0-9]+)$/i;
const ASSETS = /(?:src|href)="(\/(?:static|files)\/[^"]+)"|srcset="([^"]+)"/g;
const FONTS = /url\("?([^")]+\.woff2)"?\)/g;
const GONE = [401, 403, 404, 410];
const ANY = { ignoreVary: true };

const isGuide = (path) => /^(?:\/en)?\/guide\//.test(path);
const isPublic = (path) => /^(?:\/en)?\/tours\//.test(path);
const isAsset = (path) => path.startsWith("/static/") || path.startsWith("/files/");
// A name with a hash in it never changes what it holds; any other is asked for again, and so is every picture: it may be withdrawn.
const lasting = (path) => /^\/static\/.*\.[0-9a-f]{12}\./.test(path);
const rootOf = (path) => path.match(TOUR)?.[0] ?? (path.startsWith("/en/") ? "/en/guide/" : "/guide/");
const shelfOf = (path) => (isGuide(path) ? GUIDE : PUBLIC) + rootOf(path);

/** Return a page as it is kept, undefined where it is not. */
const copyOf = (path) => caches.match(path, { ...ANY, cacheName: shelfOf(path) });

async function shelves(prefix) {
  return (await caches.keys()).filter((name) => name.startsWith(prefix));
}

/** Delete all that is kept of the bench; what is still on its way lands in a cache that is no more. */
async function forget() {
  for (const name of await caches.keys()) if (name.startsWith("zhihui-guide")) await caches.delete(name);
}

/** Take one thing from every shelf: it is withdrawn. */
async function drop(address) {
  for (const name of await shelves("zhihui-")) await (await caches.open(name)).delete(address, ANY);
}

/** Return the pages on a shelf: where each stands, when it was kept, and the code that leads to it. */
async function pagesOn(name) {
  const cache = await caches.open(name);
  const paths = (await cache.keys()).map((one) => new URL(one.url).pathname).filter((path) => KEEPABLE.test(path));
  const copies = await Promise.all(paths.map((path) => cache.match(path, ANY)));
  return copies.map(({ headers }, n) => ({ path: paths[n], when: headers.get("X-Kept"), code: headers.get("X-Sign") }));
}

/** Return the stop that a code leads to as kept, in the language that was read last; undefined where none is. */
async function stopOf(code) {
  const found = { when: "" };
  for (const name of await shelves(PUBLIC)) {
    const pages = await pagesOn(name);
    const stop = pages.find((one) => one.code === code.toUpperCase());
    const [latest] = pages.map((one) => one.when).sort().reverse();
    if (stop && latest > found.when) Object.assign(found, { path: stop.path, when: latest });
  }
  return found.path;
}

function assetsOf(text) {
  const found = new Set();
  for (const [, one, many] of text.matchAll(ASSETS)) {
    if (one) found.add(one);
    else for (const part of many.split(",")) found.add(part.trim().split(" ")[0]);
  }
  return [...found].map((one) => new URL(one, location.origin).pathname).filter(isAsset);
}

// What the script's own pages show: they have to stand when nothing can be fetched, whatever page was kept.
const OWN = assetsOf(Object.values(PAGES).flatMap(Object.values).join("\n"));

/** Return the fonts that a style sheet on a shelf names. */
async function fontsOf(cache, address) {
  const sheet = address.endsWith(".css") && (await cache.match(address, ANY));
  if (!sheet) return [];
  const base = new URL(address, location.origin);
  return [...(await sheet.text()).matchAll(FONTS)].map(([, font]) => new URL(font, base).pathname);
}

/** Return all that a page shows, and the script's own pages: pictures, styles, scripts, and the fonts of its styles. */
async function needsOf(cache, text) {
  const assets = [...new Set([...OWN, ...assetsOf(text)])];
  return [...assets, ...(await Promise.all(assets.map((one) => fontsOf(cache, one)))).flat()];
}

/** Whether a page is on its shelf with all that it shows; looked up, not remembered. */
async function whole(path) {
  if (!(await caches.has(shelfOf(path)))) return false;
  const cache = await caches.open(shelfOf(path));
  const copy = await cache.match(path, ANY);
  if (!copy) return false;
  const needs = await needsOf(cache, await copy.text());
  return (await Promise.all(needs.map((one) => cache.match(one, ANY)))).every(Boolean);
}

/** Clear a shelf of what no page on it shows any more; without a page it goes. */
async function sweep(name) {
  const cache = await caches.open(name);
  const paths = (await cache.keys()).map((one) => new URL(one.url).pathname);
  const pages = paths.filter((path) => KEEPABLE.test(path));
  if (!pages.length) return caches.delete(name);
  const texts = await Promise.all(pages.map(async (path) => (await cache.match(path, ANY)).text()));
  const wanted = new Set([...pages, ...(await Promise.all(texts.map((text) => needsOf(cache, text)))).flat()]);
  for (const path of paths) if (!wanted.has(path)) await cache.delete(path, ANY);
}
