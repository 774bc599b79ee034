// Whoever comes to the login has left the bench: what was kept of it for flight mode is forgotten. Questions not yet sent stay.
const names = (await globalThis.caches?.keys()) ?? [];
await Promise.all(names.filter((name) => name.startsWith("zhihui-guide")).map((name) => caches.delete(name)));
// The workers are told as well, because a page may still be on its way to them.
for (const registration of (await navigator.serviceWorker?.getRegistrations()) ?? []) registration.active?.postMessage({ forget: true });
