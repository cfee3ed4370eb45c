// Makes ticks on the find page instant. Without this script the same form and links do everything by loading the page
// again, and さがす always does: a new question is a new page.
const form = document.getElementById("find");

// A tick asks at once; where htmx is not loaded (yet), the browser submits as ever.
const ask = () => (window.htmx ? form.dispatchEvent(new Event("instant")) : form.requestSubmit());
form?.addEventListener("change", (event) => {
  const field = event.target;
  if (!field.matches(".instant")) return;
  // The radio 「日にちを選ぶ」 and the date beside it go together, whatever the filter of days is called.
  const day = form.elements.day;
  const onADay = form.querySelector("input[type=radio][value=day]");
  if (field === day) onADay.checked = true;
  if (field.name === onADay.name && field !== onADay) day.value = "";
  if (field === onADay && !day.value) { day.focus(); return; }
  ask();
});

// What stays as it was while the filters are drawn anew: which parts are unfolded, how far the sheet was scrolled.
let kept = null;
const sheet = () => document.getElementById("find-filters");

document.addEventListener("htmx:beforeSwap", (event) => {
  // A refusal (400) is a page with a sentence about what to change: show it like any answer.
  if (event.detail.xhr.status === 400) Object.assign(event.detail, { shouldSwap: true, isError: false });
  kept = {
    open: [...form.querySelectorAll("details[id][open]")].map((part) => part.id),
    scroll: sheet()?.querySelector(".sheet__body").scrollTop ?? 0,
    map: Boolean(document.querySelector("#find-map .map")),
  };
});

document.addEventListener("htmx:afterSwap", () => {
  if (!kept) return;
  for (const id of kept.open) {
    const part = document.getElementById(id);
    if (part) part.open = true;
  }
  sheet()?.querySelector(".sheet__body").scrollTo({ top: kept.scroll });
  prepareMap();
  if (kept.map) mapButton()?.click();
});

// 「n件を見る」: the ticks were answered already, so it only closes the sheet and goes to the list.
form?.addEventListener("click", (event) => {
  if (!event.target.closest(".sheet__foot button") || !window.htmx) return;
  event.preventDefault();
  sheet().open = false;
  document.getElementById("found").scrollIntoView();
});
form?.addEventListener("keydown", (event) => {
  if (event.key !== "Escape" || !sheet().open) return;
  sheet().open = false;
  sheet().querySelector("summary").focus();
});

// The map is loaded when somebody opens it; until then nothing of it.
const mapButton = () => document.querySelector("[data-map]");
function prepareMap() {
  const button = mapButton();
  if (button) button.hidden = false;
}
document.addEventListener("click", async (event) => {
  const button = event.target.closest("[data-map]");
  if (!button) return;
  const { toggleMap } = await import(button.dataset.script);
  await toggleMap(button, document.getElementById("find-map"));
});
prepareMap();
