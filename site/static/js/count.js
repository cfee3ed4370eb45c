// Tells the site that the telephone button was pressed: a number a day, nothing about who pressed it.
document.addEventListener("click", (event) => {
  const link = event.target.closest?.('a[href^="tel:"]');
  if (link && navigator.sendBeacon) navigator.sendBeacon(`${location.pathname}count/?kind=called`);
});
