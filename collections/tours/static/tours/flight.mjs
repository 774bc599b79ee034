// Has this page, and those it names with data-carry, kept for flight mode; says when they are, and when what is shown was kept earlier.
const SCOPES = ["/en/guide/", "/en/tours/", "/guide/", "/tours/"];
const scope = SCOPES.find((one) => location.pathname.startsWith(one));
const kept = document.documentElement.dataset.kept;

if (kept) {
  const english = document.documentElement.lang === "en";
  const at = new Date(kept).toLocaleString(english ? "en-GB" : "zh-CN", { dateStyle: "medium", timeStyle: "short" });
  const note = document.createElement("p");
  note.className = "kept";
  note.setAttribute("role", "status");
  note.textContent = english ? `Offline: this was kept on ${at}.` : `离线：这是 ${at} 存下的。`;
  document.querySelector("main").prepend(note);
}

if (scope && "serviceWorker" in navigator) {
  navigator.serviceWorker.register("/tours-worker.js", { scope }).then(async (registration) => {
    const worker = registration.active ?? registration.waiting ?? registration.installing;
    const pages = [location.href, ...[...document.querySelectorAll("[data-carry]")].map((link) => link.href)];
    const answers = new MessageChannel();
    answers.port1.onmessage = (event) => say(event.data);
    worker?.postMessage({ keep: pages.map((page) => page.split("#")[0]) }, [answers.port2]);
  });
}

// Who walks down into the basement wants to know beforehand that all is in the pocket.
function say({ begun, lost }) {
  const place = document.querySelector(".carried");
  if (!place || kept) return;
  const { doing, done, partly } = place.dataset;
  place.textContent = begun ? doing : lost ? partly.replace("{n}", lost) : done;
}
