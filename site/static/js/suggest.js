// Offers places, kinds and names below the search box while somebody types (WAI-ARIA 1.2 combobox with a listbox).
// Without this script the box is a plain search. Enter with nothing chosen searches as ever; letters that are still
// being converted to kanji belong to the input method, and so do its arrows and its Enter.
const WAIT_MS = 120;
const GAP_PX = 6;

class Suggestions {
  constructor(input) {
    this.input = input;
    this.items = [];
    this.active = -1;
    this.known = new Map();
    this.list = this.#made("ul", { id: `${input.id}-suggestions`, className: "suggest", role: "listbox", hidden: true });
    this.list.setAttribute("aria-label", input.dataset.suggestLabel);
    this.status = this.#made("p", { className: "visually-hidden", role: "status" });
    (input.closest(".search") ?? input).after(this.list, this.status);
    for (const [name, value] of Object.entries({
      role: "combobox", "aria-autocomplete": "list", "aria-haspopup": "listbox",
      "aria-expanded": "false", "aria-controls": this.list.id,
    })) input.setAttribute(name, value);
    input.addEventListener("input", () => this.#later());
    input.addEventListener("compositionend", () => this.#later());
    input.addEventListener("keydown", (event) => this.#key(event));
    input.addEventListener("blur", () => this.#close());
    // The box keeps the focus: a press on the list must not close it before it is a click.
    this.list.addEventListener("mousedown", (event) => event.preventDefault());
    this.list.addEventListener("click", (event) => {
      const option = event.target.closest("[role=option]");
      if (option) this.#choose(this.items[[...this.list.children].indexOf(option)]);
    });
    addEventListener("resize", () => this.#place());
  }

  #made(tag, { role, hidden = false, ...properties }) {
    const element = Object.assign(document.createElement(tag), properties, { hidden });
    element.setAttribute("role", role);
    return element;
  }

  #later() {
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.#ask(), WAIT_MS);
  }

  // Only the newest question counts: an older one under way is given up.
  async #ask() {
    this.asking?.abort();
    const typed = this.input.value;
    if (!typed.trim()) return this.#close();
    const asking = (this.asking = new AbortController());
    try {
      if (!this.known.has(typed)) {
        const answer = await fetch(`${this.input.dataset.suggest}?q=${encodeURIComponent(typed)}`, { signal: asking.signal });
        if (!answer.ok) return this.#close();
        this.known.set(typed, await answer.json());
      }
    } catch {
      return; // given up, or no connection: the search itself will say so
    }
    if (!asking.signal.aborted && document.activeElement === this.input) this.#show(this.known.get(typed));
  }

  #show({ items, status }) {
    this.items = items;
    this.list.replaceChildren(...items.map((item, number) => this.#option(item, number)));
    this.#activate(-1);
    this.status.textContent = status;
    this.list.hidden = !items.length;
    this.input.setAttribute("aria-expanded", String(Boolean(items.length)));
    this.list.scrollTop = 0;
    this.#place();
  }

  #option(item, number) {
    const option = this.#made("li", { id: `${this.list.id}-${number}`, className: `suggest__item suggest__item--${item.kind}`, role: "option" });
    option.setAttribute("aria-selected", "false");
    for (const [name, text] of [["label", item.label], ["note", item.note]]) {
      if (!text) continue;
      const part = Object.assign(document.createElement("span"), { className: `suggest__${name}`, textContent: text });
      option.append(part, " ");
    }
    return option;
  }

  #place() {
    if (this.list.hidden) return;
    const box = this.list.previousElementSibling;
    this.list.style.left = `${box.offsetLeft}px`;
    this.list.style.top = `${box.offsetTop + box.offsetHeight + GAP_PX}px`;
    this.list.style.width = `${box.offsetWidth}px`;
  }

  #close() {
    clearTimeout(this.timer);
    this.asking?.abort();
    this.list.hidden = true;
    this.status.textContent = "";
    this.input.setAttribute("aria-expanded", "false");
    this.#activate(-1);
  }

  #activate(number) {
    this.active = number;
    [...this.list.children].forEach((option, at) => option.setAttribute("aria-selected", String(at === number)));
    const option = this.list.children[number];
    if (option) this.input.setAttribute("aria-activedescendant", option.id);
    else this.input.removeAttribute("aria-activedescendant");
    option?.scrollIntoView({ block: "nearest" });
  }

  #key(event) {
    if (event.isComposing || event.keyCode === 229 || event.ctrlKey || event.metaKey) return;
    const open = !this.list.hidden;
    const steps = { ArrowDown: 1, ArrowUp: -1 };
    if (event.key in steps && !event.altKey) {
      if (!open) return event.key === "ArrowDown" ? this.#ask() : undefined;
      event.preventDefault();
      // One stop between the ends is the box itself, with nothing chosen.
      const stops = this.items.length + 1;
      this.#activate(((this.active + 1 + steps[event.key] + stops) % stops) - 1);
    } else if (event.key === "Escape" && open) {
      event.preventDefault();
      event.stopPropagation();
      this.#close();
    } else if (event.key === "Enter" && open && this.active >= 0) {
      event.preventDefault();
      this.#choose(this.items[this.active]);
    } else if (event.key === "Enter" || event.key === "Tab") {
      this.#close();
    }
  }

  // A name leads to its entry; anything else is put into the box and searched for.
  #choose(item) {
    this.#close();
    if (item.url) { location.assign(item.url); return; }
    this.input.value = item.text;
    this.input.form.requestSubmit(this.input.form.querySelector(".search__button"));
  }
}

const made = new WeakSet();
function prepare() {
  for (const input of document.querySelectorAll("input[data-suggest]")) {
    if (made.has(input)) continue;
    made.add(input);
    new Suggestions(input);
  }
}
prepare();
// The find page may draw its box anew.
document.addEventListener("htmx:afterSettle", () => {
  for (const list of document.querySelectorAll(".suggest")) {
    const input = document.querySelector(`[aria-controls="${list.id}"]`);
    if (!input) { list.nextElementSibling?.remove(); list.remove(); }
  }
  prepare();
});
