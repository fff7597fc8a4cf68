// A classic script, run before the first paint, so that a chosen theme never flashes the other one first.
try {
  const chosen = JSON.parse(localStorage.getItem('jv.theme'));
  if (chosen === 'light' || chosen === 'dark') {
    document.documentElement.dataset.theme = chosen;
  }
} catch {
  // Without storage the system's choice holds.
}
