// A classic script that runs before the first paint, so that a chosen theme does not flash the other one first.
try {
  const chosen = JSON.parse(localStorage.getItem('jv.theme') ?? 'null');
  if (chosen === 'light' || chosen === 'dark') {
    document.documentElement.dataset.theme = chosen;
  }
} catch {
  // Without storage the system's theme is used.
}
