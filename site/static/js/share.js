// Sends, copies, prints: only where the browser can. Without this file the plain links remain.
const status = document.querySelector("[data-share-status]");

for (const button of document.querySelectorAll("[data-print]")) {
  button.hidden = false;
  button.addEventListener("click", () => window.print());
}

for (const button of document.querySelectorAll("[data-share]")) {
  if (!navigator.share) continue;
  button.closest("[data-enhanced]").hidden = false;
  button.addEventListener("click", () => {
    // A visitor who closes the sheet without choosing is no error.
    navigator.share({ title: button.dataset.title, url: button.dataset.share }).catch(() => {});
  });
}

for (const button of document.querySelectorAll("[data-copy]")) {
  if (!navigator.clipboard) continue;
  button.closest("[data-enhanced]").hidden = false;
  const word = button.querySelector("span");
  button.addEventListener("click", async () => {
    try {
      await navigator.clipboard.writeText(button.dataset.copy);
    } catch {
      return;
    }
    word.textContent = button.dataset.done;
    status.textContent = button.dataset.done;
  });
}
