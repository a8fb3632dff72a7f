// Runs before the first paint. Says what was chosen; without a choice the style sheet follows the system.
(function () {
  try {
    var chosen = localStorage.getItem("theme");
    if (chosen === "dark" || chosen === "light") document.documentElement.dataset.theme = chosen;
  } catch {
    document.documentElement.dataset.theme = ""; // storage is closed to this page: the system's theme
  }
})();
