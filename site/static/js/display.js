// Text size and colours change at once; without this script the same form does it by loading the page again.
const form = document.querySelector("form[data-display]");
let typed = false;

function mark(form, display) {
  for (const button of form.querySelectorAll('[name="theme"]')) {
    button.setAttribute("aria-pressed", String(button.value === display));
  }
}

function apply(button) {
  const root = document.documentElement;
  if (button.name === "theme") {
    if (button.value === "auto") delete root.dataset.theme;
    else root.dataset.theme = button.value;
    mark(form, button.value);
    return;
  }
  root.dataset.size = button.value;
  const sizes = [...form.querySelectorAll('[name="size"]')];
  const next = sizes[(sizes.indexOf(button) + 1) % sizes.length];
  for (const other of sizes) other.hidden = other !== next;
  next.focus();
}

document.addEventListener("input", () => { typed = true; });
form?.addEventListener("submit", (event) => {
  const button = event.submitter;
  if (button.name === "ruby") {
    // Furigana is written by the server, so the page is loaded again: warn when something would be lost.
    if (typed && !window.confirm(form.dataset.warning)) event.preventDefault();
    return;
  }
  event.preventDefault();
  const body = new FormData(form, button);
  fetch(form.action, { method: "POST", body, redirect: "manual", keepalive: true });
  apply(button);
});

// Errors first: the list above a form that was sent back takes the focus.
document.getElementById("form-errors")?.focus();
for (const drop of document.querySelectorAll(".drop, .menu")) {
  document.addEventListener("click", (event) => { if (!drop.contains(event.target)) drop.open = false; });
  drop.addEventListener("keydown", (event) => {
    if (event.key !== "Escape") return;
    drop.open = false;
    drop.querySelector("summary").focus();
  });
}
