// Keeps the guide's bench and public tours for flight mode: pages fresh from the net where there is one, else as kept.
const VERSION = 2;
const GUIDE = `zhihui-guide-${VERSION}`;
const PUBLIC = `zhihui-public-${VERSION}`;
const PATIENCE = 3000;
const ASSETS = /(?:src|href)="(\/(?:static|files)\/[^"]+)"|srcset="([^"]+)"/g;
const FONTS = /url\("?([^")]+\.woff2)"?\)/g;
const DOWNLOAD = /\.csv$|\/file\/$/;
const LOGIN = /\/guide\/(login|logout)\//;

const shelf = (path) => (/^\/(en\/)?guide\//.test(path) ? GUIDE : PUBLIC);
const isAsset = (path) => path.startsWith("/static/") || path.startsWith("/files/");
const isPage = (path) => /^\/(en\/)?(guide|tours)\//.test(path) && !LOGIN.test(path) && !DOWNLOAD.test(path);

// Goes up when a guide leaves: what was asked for before is not kept after.
let watch = 0;
// How the keeping of each opened page goes, until that page asks: it need not be drawn once more for the same.
const opened = new Map();

self.addEventListener("install", () => self.skipWaiting());
self.addEventListener("activate", (event) => event.waitUntil(tidy()));
self.addEventListener("message", (event) => {
  if (event.data?.keep) event.waitUntil(keepAll(event.data.keep, event.ports[0]));
  if (event.data?.forget) event.waitUntil(forget());
});
self.addEventListener("fetch", (event) => {
  const { request } = event;
  const url = new URL(request.url);
  if (request.method !== "GET" || url.origin !== location.origin) return;
  if (isAsset(url.pathname)) event.respondWith(asset(request));
  else if (request.mode === "navigate" && isPage(url.pathname)) event.respondWith(page(event));
});

async function tidy() {
  const names = await caches.keys();
  const old = names.filter((name) => name.startsWith("zhihui-") && name !== GUIDE && name !== PUBLIC);
  await Promise.all(old.map((name) => caches.delete(name)));
  await self.clients.claim();
}

async function forget() {
  watch += 1;
  await caches.delete(GUIDE);
}

// Tells whoever asked how many could not be kept, when all is done: no signal, no room, or no right to see it.
async function keepAll(addresses, port) {
  port?.postMessage({ begun: true });
  const kept = await Promise.all(addresses.map((one) => taken(one).catch(() => false)));
  port?.postMessage({ lost: kept.filter((one) => !one).length });
}

function taken(address) {
  const begun = opened.get(address);
  opened.delete(address);
  return begun ?? keepPage(address);
}

// A page is asked for once more to be kept, because not all that may be looked at may be kept; with the time, and with all that it shows.
async function keepPage(address) {
  const url = new URL(address);
  if (url.origin !== location.origin || !isPage(url.pathname)) return false;
  const since = watch;
  const answer = await fetch(address, { credentials: "same-origin", headers: { "X-Zhihui-Keep": "1" } }).catch(() => null);
  if (!answer || !good(answer)) return false;
  const text = await answer.text();
  const name = shelf(url.pathname);
  const dated = text.replace("<html ", `<html data-kept="${new Date().toISOString()}" `);
  const cache = await caches.open(name);
  // After the opening: whatever is put into a cache that has been deleted since is gone with it.
  if (name === GUIDE && since !== watch) return false;
  await cache.put(address, new Response(dated, { headers: { "Content-Type": "text/html; charset=utf-8" } }));
  return (await Promise.all([...assetsOf(text)].map((one) => keepAsset(one, cache)))).every(Boolean);
}

const good = (answer) => answer.status === 200 && !LOGIN.test(answer.url) && (answer.headers.get("Content-Type") ?? "").includes("html");

function assetsOf(text) {
  const found = new Set();
  for (const [, one, many] of text.matchAll(ASSETS)) {
    if (one) found.add(one);
    else for (const part of many.split(",")) found.add(part.trim().split(" ")[0]);
  }
  return found;
}

async function keepAsset(address, cache) {
  const known = await cache.match(address, { ignoreVary: true });
  if (known && !stale(address)) return true;
  const answer = await fetch(address).catch(() => null);
  if (!answer?.ok) return Boolean(known);
  await cache.put(address, answer.clone());
  if (!new URL(address, location.origin).pathname.endsWith(".css")) return true;
  const fonts = [...(await answer.text()).matchAll(FONTS)].map(([, font]) => new URL(font, new URL(address, location.origin)).pathname);
  return (await Promise.all(fonts.map((font) => keepAsset(font, cache)))).every(Boolean);
}

// A name with a hash in it never changes what it holds; any other is fetched again.
const stale = (address) => address.startsWith("/static/") && !/\.[0-9a-f]{12}\./.test(address);

async function asset(request) {
  const kept = await caches.match(request, { ignoreVary: true });
  if (kept && !stale(new URL(request.url).pathname)) return kept;
  return fetch(request).catch(() => kept ?? Response.error());
}

async function page(event) {
  const { request } = event;
  const url = request.url.split("#")[0];
  const timer = new Promise((resolve) => setTimeout(resolve, PATIENCE, null));
  const net = fetch(request).catch(() => null);
  const keeping = net.then((answer) => answer !== null && good(answer) && keepPage(url));
  opened.set(url, keeping);
  event.waitUntil(keeping);
  const first = await Promise.race([net, timer]);
  if (first) return first;
  const kept = await caches.match(url, { ignoreVary: true, ignoreSearch: true });
  return kept ?? (await net) ?? missing();
}

const missing = () =>
  new Response(
    '<!doctype html><html lang="zh-Hans"><meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>离线</title>' +
      '<body style="font:1.2rem/1.8 serif;padding:2rem"><h1>离线</h1><p>这一页没有存下来；有信号时打开一次，以后就能离线看。</p>' +
      '<p lang="en">Offline. This page was not kept; open it once with a signal.</p><p><a href="/guide/">讲解台 / Bench</a></p>',
    { status: 503, headers: { "Content-Type": "text/html; charset=utf-8" } },
  );
