// Which requests are answered here: pages and forms of the bench, public tours, the codes of their stops, and what those pages show.
const DOWNLOAD = /\.csv$|\/file\/$/;

self.addEventListener("install", () => self.skipWaiting());
self.addEventListener("activate", (event) => event.waitUntil(adopt().then(() => self.clients.claim())));
self.addEventListener("sync", (event) => event.tag === "leave" && event.waitUntil(finish()));
self.addEventListener("message", (event) => {
  if (event.data?.keep) event.waitUntil(keep(event.data.keep, event.ports[0]));
});
self.addEventListener("fetch", (event) => {
  const { method, mode, url: address } = event.request;
  const url = new URL(address.split("#")[0]);
  if (url.origin !== location.origin || DOWNLOAD.test(url.pathname)) return;
  if (method === "GET" && isAsset(url.pathname)) event.respondWith(asset(event));
  else if (mode !== "navigate") return;
  else if (method === "GET") event.respondWith(page(event, url));
  else if (LOGOUT.test(url.pathname)) event.respondWith(leave(event));
  else if (isGuide(url.pathname)) event.respondWith(sent(event, url));
});
