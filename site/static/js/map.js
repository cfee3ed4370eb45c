// The map of what was found: Leaflet from our own files, tiles from the server named on the button, own clusters.
const TOUCHING = 52; // pixels between two pins: nearer ones are joined

function load(tag, attributes) {
  return new Promise((resolve, reject) => {
    const element = Object.assign(document.createElement(tag), attributes, { onload: resolve, onerror: reject });
    document.head.append(element);
  });
}

let leaflet = null;
function loadLeaflet(button) {
  leaflet ??= Promise.all([
    load("link", { rel: "stylesheet", href: button.dataset.leafletCss }),
    load("script", { src: button.dataset.leaflet }),
  ]);
  return leaflet;
}

function element(tag, text, attributes = {}) {
  return Object.assign(document.createElement(tag), { textContent: text }, attributes);
}

function popup(pin) {
  const box = element("div", "");
  box.append(element("p", pin.kind, { className: "map__kind" }));
  box.append(element("a", pin.name, { href: pin.url }));
  for (const line of [pin.when, pin.place]) if (line) box.append(element("p", line));
  return box;
}

// Pins that would touch each other at this zoom become one circle with their number.
function grouped(map, pins) {
  const groups = [];
  for (const pin of pins) {
    const point = map.project([pin.lat, pin.lng]);
    const near = groups.find((group) => group.point.distanceTo(point) < TOUCHING);
    if (near) near.pins.push(pin);
    else groups.push({ point, pins: [pin] });
  }
  return groups.map((group) => group.pins);
}

function marker(map, group, words) {
  const [pin] = group;
  const one = group.length === 1;
  const label = one ? pin.name : words.together.replace("{count}", String(group.length));
  const icon = window.L.divIcon({
    className: one ? "map__pin" : "map__cluster",
    html: one ? "" : String(group.length),
    iconSize: one ? [30, 30] : [44, 44],
  });
  const made = window.L.marker([pin.lat, pin.lng], { icon, title: label, keyboard: true, riseOnHover: true });
  made.on("add", () => made.getElement().setAttribute("aria-label", label));
  const spread = window.L.latLngBounds(group.map((item) => [item.lat, item.lng]));
  const sameSpot = spread.getNorthEast().equals(spread.getSouthWest());
  if (one || sameSpot || map.getZoom() >= map.getMaxZoom()) {
    const box = element("div", "", { className: "map__popup" });
    box.append(...group.slice(0, 10).map(popup));
    return made.bindPopup(box, { maxWidth: 280 });
  }
  return made.on("click keypress", () => map.fitBounds(spread, { padding: [40, 40] }));
}

function draw(map, layer, pins, words) {
  layer.clearLayers();
  for (const group of grouped(map, pins)) marker(map, group, words).addTo(layer);
}

function credit(button) {
  return element("a", button.dataset.credit, { href: button.dataset.creditUrl, rel: "noopener" }).outerHTML;
}

async function show(button, place) {
  const message = element("p", button.dataset.waiting, { className: "map__message" });
  message.setAttribute("role", "status");
  place.replaceChildren(message);
  const [answer] = await Promise.all([fetch(button.dataset.map).then((response) => response.json()), loadLeaflet(button)]);
  const box = element("div", "", { className: "map" });
  box.setAttribute("role", "region");
  box.setAttribute("aria-label", button.dataset.label);
  message.textContent = answer.message ?? answer.problems.join(" ");
  place.append(box);
  const pins = answer.pins ?? [];
  const map = window.L.map(box, { minZoom: 8, maxZoom: 18, scrollWheelZoom: false, zoomControl: false });
  window.L.control.zoom({ zoomInTitle: button.dataset.closer, zoomOutTitle: button.dataset.wider }).addTo(map);
  map.on("popupopen", ({ popup: opened }) => {
    opened.getElement().querySelector(".leaflet-popup-close-button")?.setAttribute("aria-label", button.dataset.closePopup);
  });
  map.attributionControl.setPrefix(false);
  window.L.tileLayer(button.dataset.tiles, { maxZoom: 18, attribution: credit(button) }).addTo(map);
  const words = { together: button.dataset.together };
  const layer = window.L.layerGroup().addTo(map);
  map.on("zoomend", () => draw(map, layer, pins, words));
  if (pins.length) map.fitBounds(pins.map((pin) => [pin.lat, pin.lng]), { padding: [40, 40], maxZoom: 16 });
  else map.setView([35.64, 139.63], 12);
  draw(map, layer, pins, words);
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
