// What is typed into a form with data-keep stays on this device until it was taken in: a lost connection loses nothing.
// The number of the form stays too, so that what is sent twice arrives once. Files cannot be kept.
const form = document.querySelector("form[data-keep]");
const place = form && `keep-${form.dataset.keep}`;
const skip = new Set(["csrfmiddlewaretoken", "photo"]);

function keep() {
  const typed = [...new FormData(form)].filter(([name, value]) => !skip.has(name) && typeof value === "string");
  localStorage.setItem(place, JSON.stringify(typed));
}

function bringBack() {
  const typed = new Map(JSON.parse(localStorage.getItem(place) || "[]"));
  if (!typed.size) return;
  for (const field of form.elements) {
    if (!field.name || skip.has(field.name) || field.type === "file") continue;
    if (field.type === "radio") field.checked = typed.get(field.name) === field.value;
    else if (field.type === "checkbox") field.checked = typed.has(field.name);
    else if (typed.has(field.name)) field.value = typed.get(field.name);
  }
}

if (form) {
  try {
    const taken = document.querySelector(".messages, .notice--done");
    if (taken) localStorage.removeItem(place);
    else if (!document.querySelector("#form-errors")) bringBack();
    form.querySelector("[data-keep-note]").hidden = false;
    form.addEventListener("input", keep);
  } catch {
    // No storage on this device: the form works without.
  }
}
