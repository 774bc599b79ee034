// Leaving the bench: the device forgets at once, the server as soon as it can be reached; till then the bench stays shut.
const LOGOUT = /^\/(?:en\/)?guide\/logout\/$/;
const LEAVING = "zhihui-leaving";

/** Whether somebody has left whose session the server does not know to be over. */
const leaving = () => caches.has(LEAVING);

async function leave(event) {
  const { request } = event;
  const path = new URL(request.url).pathname;
  const form = await request.clone().text();
  // Noted before it is sent: who closes the page while a slow network is waited for has left all the same.
  await (await caches.open(LEAVING)).put(path, new Response(form));
  ready.clear();
  await forget();
  try {
    const answer = await fetch(request);
    if (answer.status < 500) await caches.delete(LEAVING);
    return answer;
  } catch {
    self.registration.sync?.register("leave").catch(() => {});
    return told(path, "left");
  }
}

/** Tell the server of a logout that it missed. Return whether nobody is leaving any more. */
async function finish() {
  if (!(await leaving())) return true;
  const cache = await caches.open(LEAVING);
  const headers = { "Content-Type": "application/x-www-form-urlencoded" };
  for (const { url } of await cache.keys()) {
    const body = await (await cache.match(url)).text();
    const answer = await fetch(url, { method: "POST", body, headers, redirect: "manual", credentials: "same-origin" }).catch(() => null);
    // Refused is as good as done: the session that the form belonged to is no more.
    if (!answer || answer.status >= 500) return false;
  }
  await caches.delete(LEAVING);
  return true;
}
