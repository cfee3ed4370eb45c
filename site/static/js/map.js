// The map of what was found: Leaflet from our own files, tiles from the server named on the button. The site counts what
// is on the screen in cells; each is asked for where somebody looks, so that a map of ten thousand is as light as one of ten.

const CELL = 64; // pixels: as wide as the site's cells at every zoom
const TOUCHING = 60; // pixels between two marks: nearer ones are joined
const CLOSER = 2; // zoom steps of a press on a circle
const REST = 250; // milliseconds without a move before cells are asked for
const JAPAN = [35.64, 139.63];

function load(tag, attributes) {
  return new Promise((resolve, reject) => {
    const made = Object.assign(document.createElement(tag), attributes, { onload: resolve, onerror: reject });
    document.head.append(made);
  });
}

let leaflet = null;
function loadLeaflet(button) {
  leaflet ??= Promise.all([
    load("link", { rel: "stylesheet", href: button.dataset.leafletCss }),
    load("script", { src: button.dataset.leaflet }),
  ]).catch((error) => { leaflet = null; throw error; });
  return leaflet;
}

async function ask(button, params, signal) {
  const address = new URL(button.dataset.map, location.href);
  for (const [name, value] of Object.entries(params)) address.searchParams.set(name, value);
  const response = await fetch(address, { signal });
  const answer = await response.json();
  if (answer.problems) throw new Error(answer.problems.join(" "));
  return answer;
}

// The part on the screen, out to the next whole cells: what is counted does not jump while the map is moved.
function boxOf(map) {
  const bounds = map.getPixelBounds();
  const low = bounds.max.divideBy(CELL).ceil().multiplyBy(CELL);
  const high = bounds.min.divideBy(CELL).floor().multiplyBy(CELL);
  return boxBetween(map, high, low);
}

function boxBetween(map, high, low) {
  const northWest = map.unproject(high);
  const southEast = map.unproject(low);
  const box = [Math.max(southEast.lat, -85), Math.max(northWest.lng, -180), Math.min(northWest.lat, 85), Math.min(southEast.lng, 180)];
  return box.map((value) => value.toFixed(6)).join(",");
}

// Marks that would touch become one circle with their number, in their middle.
function joined(map, cells) {
  let groups = cells.map((cell) => ({ cells: [cell], count: cell.count, point: map.project([cell.lat, cell.lng]) }));
  for (let before = 0; before !== groups.length;) {
    before = groups.length;
    groups = groups.reduce(join, []);
  }
  return groups;
}

function join(kept, group) {
  const near = kept.find((other) => other.point.distanceTo(group.point) < TOUCHING);
  if (!near) return [...kept, group];
  const count = near.count + group.count;
  near.point = near.point.multiplyBy(near.count).add(group.point.multiplyBy(group.count)).divideBy(count);
  near.cells.push(...group.cells);
  near.count = count;
  return kept;
}

function element(tag, text, attributes = {}) {
  return Object.assign(document.createElement(tag), { textContent: text }, attributes);
}

function entry(pin) {
  const box = element("div", "");
  if (pin.kind) box.append(element("p", pin.kind, { className: "map__kind" }));
  box.append(element("a", pin.name, { href: pin.url }));
  for (const line of [pin.when, pin.place]) if (line) box.append(element("p", line));
  return box;
}

function markOf(map, { cells, count, point }, together) {
  const pin = cells.length === 1 && cells[0].url ? cells[0] : null;
  const label = pin ? [pin.name, pin.kind].filter(Boolean).join("、") : together.replace("{count}", count.toLocaleString("ja"));
  const size = pin ? 30 : Math.min(44 + 4 * Math.floor(Math.log10(count)), 56);
  const icon = window.L.divIcon({
    className: pin ? "map__pin" : "map__cluster",
    html: pin ? "" : count.toLocaleString("ja"),
    iconSize: [size, size],
  });
  const mark = window.L.marker(map.unproject(point), { icon, title: label, keyboard: true, riseOnHover: true });
  mark.on("add", () => mark.getElement().setAttribute("aria-label", label));
  mark.pin = pin;
  return mark;
}

class FoundMap {
  constructor(button, place, message) {
    this.button = button;
    this.message = message;
    this.box = element("div", "", { className: "map" });
    this.box.setAttribute("role", "region");
    this.box.setAttribute("aria-label", button.dataset.label);
    place.append(this.box);
    this.map = window.L.map(this.box, { minZoom: 5, maxZoom: 18, scrollWheelZoom: false, zoomControl: false });
    window.L.control.zoom({ position: "bottomleft", zoomInTitle: button.dataset.closer, zoomOutTitle: button.dataset.wider }).addTo(this.map);
    this.map.attributionControl.setPrefix(false);
    const credit = element("a", button.dataset.credit, { href: button.dataset.creditUrl, rel: "noopener" }).outerHTML;
    window.L.tileLayer(button.dataset.tiles, { maxZoom: 18, attribution: credit }).addTo(this.map);
    this.layer = window.L.layerGroup().addTo(this.map);
    this.box.addEventListener("keydown", (event) => { if (event.key === "Escape") this.map.closePopup(); });
    this.map.on("popupopen", ({ popup }) => {
      popup.getElement().querySelector(".leaflet-popup-close-button")?.setAttribute("aria-label", button.dataset.closePopup);
    });
  }

  // Everything found on one screen; from then on what is looked at.
  start(answer) {
    const points = answer.cells.map((cell) => [cell.lat, cell.lng]);
    if (points.length) this.map.fitBounds(points, { padding: [40, 40], maxZoom: 16 });
    else this.map.setView(JAPAN, 12);
    this.message.textContent = answer.message + this.elsewhere(answer.total);
    this.map.on("moveend", () => this.rest());
    this.refresh(true);
  }

  elsewhere(total) {
    return total < Number(this.button.dataset.total) ? this.button.dataset.elsewhere : "";
  }

  rest() {
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.refresh(), REST);
  }

  async refresh(isFirst = false) {
    this.asking?.abort();
    this.asking = new AbortController();
    const box = boxOf(this.map);
    const zoom = this.map.getZoom();
    if (this.drawn === `${box} ${zoom}`) return;
    try {
      const answer = await ask(this.button, { box, zoom }, this.asking.signal);
      this.drawn = `${box} ${zoom}`;
      this.draw(answer.cells);
      if (!isFirst) this.message.textContent = answer.message;
    } catch (error) {
      if (error.name !== "AbortError") this.message.textContent = this.button.dataset.failed;
    }
  }

  // Marks that stay are left alone: the keyboard's place and an open popup survive a small move.
  draw(cells) {
    const wanted = new Map(joined(this.map, cells).map((group) => [JSON.stringify(group.cells), group]));
    const focused = this.layer.getLayers().find((mark) => mark.getElement() === document.activeElement);
    for (const mark of this.layer.getLayers()) {
      if (wanted.has(mark.found)) wanted.delete(mark.found);
      else this.layer.removeLayer(mark);
    }
    for (const [found, group] of wanted) {
      const mark = markOf(this.map, group, this.button.dataset.together);
      mark.found = found;
      mark.on("click", () => this.press(mark, group));
      mark.on("keydown", ({ originalEvent: event }) => {
        if (event.key !== "Enter" && event.key !== " ") return;
        event.preventDefault();
        this.press(mark, group);
      });
      this.layer.addLayer(mark);
    }
    // A circle that was pressed by keyboard came apart: the next press must not begin at the top of the page.
    if (focused && !this.layer.hasLayer(focused)) this.box.querySelector(".leaflet-marker-icon")?.focus({ preventScroll: true });
  }

  async press(mark, group) {
    if (mark.pin) this.tell(mark, [mark.pin], 1);
    else if (this.map.getZoom() < this.map.getMaxZoom()) {
      this.map.setView(mark.getLatLng(), Math.min(this.map.getZoom() + CLOSER, this.map.getMaxZoom()));
    } else {
      const { pins, total } = await ask(this.button, { box: this.boxAround(group.cells), pins: 1 });
      this.tell(mark, pins, total);
    }
  }

  // The whole cells of a circle.
  boxAround(cells) {
    const corners = cells.map((cell) => this.map.project([cell.lat, cell.lng]).divideBy(CELL).floor());
    const { min, max } = window.L.bounds(corners);
    return boxBetween(this.map, min.multiplyBy(CELL), max.add([1, 1]).multiplyBy(CELL));
  }

  tell(mark, pins, total) {
    const box = element("div", "", { className: "map__popup" });
    box.append(...pins.map(entry));
    const rest = total - pins.length;
    if (rest > 0) box.append(element("p", this.button.dataset.more.replace("{count}", String(rest))));
    const popup = window.L.popup({ maxWidth: 280, offset: [0, -8] }).setLatLng(mark.getLatLng()).setContent(box);
    popup.on("remove", () => mark.getElement()?.focus({ preventScroll: true }));
    popup.openOn(this.map);
    box.querySelector("a")?.focus({ preventScroll: true });
  }
}

async function show(button, place) {
  const message = element("p", button.dataset.waiting, { className: "map__message" });
  message.setAttribute("role", "status");
  place.replaceChildren(message);
  const [answer] = await Promise.all([ask(button, {}), loadLeaflet(button)]);
  if (message.isConnected) new FoundMap(button, place, message).start(answer);
}

function said(button, isOpen) {
  button.setAttribute("aria-expanded", String(isOpen));
  button.lastElementChild.textContent = isOpen ? button.dataset.close : button.dataset.open;
}

export async function toggleMap(button, place) {
  if (place.firstChild) {
    place.replaceChildren();
    said(button, false);
    return;
  }
  said(button, true);
  try {
    await show(button, place);
  } catch {
    // Somebody on a train: say so, the list below has everything.
    place.replaceChildren(element("p", button.dataset.failed, { className: "map__message" }));
  }
}
