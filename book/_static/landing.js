// The button of the front page that turns day into night; the chapters read what it keeps.
"use strict";
{
  const page = document.documentElement;
  const button = document.querySelector(".theme");
  const system = matchMedia("(prefers-color-scheme: dark)");
  const dark = () => (page.dataset.theme ?? (system.matches ? "dark" : "light")) === "dark";
  const say = () => { button.textContent = dark() ? "Light" : "Dark"; };
  button.addEventListener("click", () => {
    page.dataset.theme = dark() ? "light" : "dark";
    try {
      localStorage.setItem("theme", page.dataset.theme);
      localStorage.setItem("mode", page.dataset.theme);
    } catch { /* kept for this page only */ }
    say();
  });
  system.addEventListener("change", say);
  button.hidden = false;
  say();
}
