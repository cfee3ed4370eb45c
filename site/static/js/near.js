// 「いまいる場所の近く」: asks for the position only when pressed, keeps about 100 m of it, sends it nowhere else.
// Without this script the link leads to the page where an address can be typed.
const DECIMALS = 3;

function ask(link) {
  const words = link.querySelector("span");
  const before = words.textContent;
  words.textContent = link.dataset.waiting;
  navigator.geolocation.getCurrentPosition(
    ({ coords }) => {
      const target = new URL(link.dataset.find, location.href);
      target.search = new URL(link.href).search;
      target.searchParams.set("near", `${coords.latitude.toFixed(DECIMALS)},${coords.longitude.toFixed(DECIMALS)}`);
      words.textContent = before;
      location.assign(target);
    },
    // Refused or unknown: the page where an address can be typed.
    () => { words.textContent = before; location.assign(link.href); },
    { timeout: 10_000, maximumAge: 60_000 },
  );
}

document.addEventListener("click", (event) => {
  const link = event.target.closest("[data-near]");
  if (!link || !navigator.geolocation) return;
  event.preventDefault();
  ask(link);
});
