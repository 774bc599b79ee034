// Whoever comes to the login has left the bench: what was kept of it for flight mode is forgotten. What was not yet sent stays.
// A page still on its way goes into a cache that is no more.
const names = (await globalThis.caches?.keys()) ?? [];
await Promise.all(names.filter((name) => name.startsWith("zhihui-guide")).map((name) => caches.delete(name)));
