// Keeps the screen lit while a guide speaks: asked again whenever the page comes back, for the lock goes when it is hidden.
const sorry = document.querySelector("#awake");

async function ask() {
  if (document.hidden) return;
  try {
    await navigator.wakeLock.request("screen");
    sorry.hidden = true;
  } catch {
    // No such thing here, or refused: a low battery, a page without https.
    sorry.hidden = false;
  }
}

document.addEventListener("visibilitychange", ask);
ask();
