/* Writes the day of access into the citation, which the server cannot know, and copies what then stands there.
   Without a clipboard the button stays hidden; the text can be marked by hand. */
const now = new Date();
const day = document.documentElement.lang.startsWith("en")
  ? now.toLocaleDateString("en-GB", { day: "numeric", month: "long", year: "numeric" })
  : now.toLocaleDateString("sv-SE");
for (const place of document.querySelectorAll("[data-accessed]")) {
  place.textContent = place.dataset.accessed.replace("{day}", day);
}
for (const button of document.querySelectorAll("[data-copy]")) {
  if (!navigator.clipboard) continue;
  button.hidden = false;
  button.addEventListener("click", async () => {
    const citation = document.getElementById(button.dataset.copy);
    await navigator.clipboard.writeText(citation.textContent.trim().replace(/\s+/g, " "));
    button.textContent = button.dataset.done;
  });
}
