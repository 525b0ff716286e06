// What scrolls sideways can be reached by the keyboard.
"use strict";
for (const box of document.querySelectorAll(".formula, .scrolls, .pst-scrollable-table-container, pre")) {
  if (box.scrollWidth <= box.clientWidth) continue;
  box.tabIndex = 0;
  if (box.localName === "pre") continue;
  box.setAttribute("role", "group");
  box.setAttribute("aria-label", box.querySelector("table") ? "Table" : "Formula");
}
