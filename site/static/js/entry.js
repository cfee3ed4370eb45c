// Opens the map of an entry when asked to: Leaflet and the tiles are fetched only then.
const box = document.querySelector("[data-map]");
const say = (key) => {
  const status = document.querySelector("[data-map-status]");
  status.textContent = status.dataset[key];
  status.classList.toggle("visually-hidden", key !== "failed");
};

if (box) {
  box.hidden = false;
  box.querySelector("[data-map-open]").addEventListener("click", open, { once: true });
}

function load(kind, address) {
  return new Promise((resolve, reject) => {
    const element = document.createElement(kind);
    element.onload = resolve;
    element.onerror = reject;
    if (kind === "link") element.rel = "stylesheet";
    element[kind === "link" ? "href" : "src"] = address;
    document.head.append(element);
  });
}

async function open() {
  const data = box.dataset;
  try {
    await Promise.all([load("link", data.style), load("script", data.script)]);
  } catch {
    say("failed");
    return;
  }
  const place = document.createElement("div");
  box.replaceChildren(place);
  draw(place, data);
  say("opened");
  place.focus();
}

function draw(place, data) {
  const L = window.L;
  const point = [Number(data.lat), Number(data.lng)];
  const exact = data.exact === "yes";
  L.Icon.Default.imagePath = data.icons;
  const calm = window.matchMedia("(prefers-reduced-motion: reduce)").matches;
  const map = L.map(place, { zoomAnimation: !calm, fadeAnimation: !calm, scrollWheelZoom: false });
  map.attributionControl.setPrefix(false);
  const credit = document.createElement("a");
  credit.href = data.creditUrl;
  credit.textContent = data.credit;
  L.tileLayer(data.tiles, { minZoom: 5, maxZoom: 18, attribution: credit.outerHTML }).addTo(map);
  map.setView(point, exact ? 16 : 15);
  if (exact) {
    L.marker(point, { title: data.name, alt: data.name, keyboard: false }).addTo(map);
  } else {
    L.circle(point, { radius: 200, color: "#115a36", interactive: false }).addTo(map);
  }
}
