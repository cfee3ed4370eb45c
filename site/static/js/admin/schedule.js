// The timetable in the edit screen: show the boxes that matter, say while one types what is understood.
// Without this script everything is visible and the button 「確かめる」 opens the answer in a new page.
(() => {
  const DELAY = 400;

  const chosen = (box, name) =>
    box.querySelector(`input[name="${box.dataset.prefix}-${name}"]:checked`)?.value ?? "";

  // The prefix of a box added by Wagtail is known only once it stands in the page.
  const nameBox = (box) => {
    const input = box.querySelector('[name$="-entry"]');
    if (input) box.dataset.prefix = input.name.slice(0, -"-entry".length);
  };

  const showWhatMatters = (box) => {
    const entry = chosen(box, "entry") || "pick";
    const how = chosen(box, "how");
    box.querySelectorAll("[data-entry]").forEach((part) => {
      part.hidden = !part.dataset.entry.split(" ").includes(entry);
    });
    box.querySelectorAll("[data-how]").forEach((part) => {
      part.hidden = !part.dataset.how.split(" ").includes(how);
    });
    box.querySelector("[data-understand]").hidden = entry === "keep";
  };

  const answered = (box) => {
    const prefix = `${box.dataset.prefix}-`;
    const data = new FormData();
    data.set("prefix", box.dataset.prefix);
    box.querySelectorAll("input, select, textarea").forEach((field) => {
      const ticked = !["radio", "checkbox"].includes(field.type) || field.checked;
      if (field.name.startsWith(prefix) && ticked) data.append(field.name, field.value);
    });
    return data;
  };

  const understand = async (box) => {
    if (chosen(box, "entry") === "keep") return;
    const token = document.querySelector('input[name="csrfmiddlewaretoken"]').value;
    const turn = (box.turn = (box.turn ?? 0) + 1);
    const response = await fetch(box.dataset.url, {
      method: "POST",
      body: answered(box),
      headers: { "X-CSRFToken": token, "X-Part": "1" },
      credentials: "same-origin",
    }).catch(() => null);
    // A late answer to an older question says nothing.
    if (!response || turn !== box.turn || ![200, 422].includes(response.status)) return;
    box.querySelector("[data-understood]").innerHTML = await response.text();
  };

  const later = new WeakMap();
  const understandSoon = (box) => {
    clearTimeout(later.get(box));
    later.set(box, setTimeout(() => understand(box), DELAY));
  };

  const boxOf = (event) => {
    const box = event.target.closest?.("[data-schedule]");
    if (box) nameBox(box);
    return box;
  };

  const prepareAll = () =>
    document.querySelectorAll("[data-schedule]").forEach((box) => {
      nameBox(box);
      showWhatMatters(box);
    });

  document.addEventListener("change", (event) => {
    const box = boxOf(event);
    if (!box) return;
    showWhatMatters(box);
    understandSoon(box);
  });
  document.addEventListener("input", (event) => {
    const box = boxOf(event);
    if (box) understandSoon(box);
  });
  document.addEventListener("click", (event) => {
    if (!event.target.closest?.("[data-understand]")) return;
    const box = boxOf(event);
    if (!box) return;
    event.preventDefault();
    understand(box);
  });
  new MutationObserver(prepareAll).observe(document.body, { childList: true, subtree: true });
  prepareAll();
})();
