// Starts the explorers of a page: elements with data-explorer, whenever they come into it.
import { make } from "./base.js";
import { DigitExplorer } from "./explore_digits.js";
import { FaceExplorer } from "./explore_faces.js";
import { Morph } from "./explore_morph.js";
import { Program } from "./program.js";

/** @typedef {(root: HTMLElement, program: Program) => void} Start */

// What each explorer runs on, and what it is.
/** @type {Record<string, [program: string, start: Start]>} */
const EXPLORERS = {
  faces: ["faces", (root, program) => new FaceExplorer(root, program)],
  digits: ["digits", (root, program) => new DigitExplorer(root, program)],
  morph: ["faces", (root, program) => new Morph(root, program)],
};
const SORRY = "This part of the page runs a network in your browser, which is too old for it. " +
  "A browser of 2023 or later shows it.";

const me = /** @type {HTMLScriptElement} */ (document.currentScript);
const folder = me ? me.src.replace(/[^/]*$/, "") : "";
/** @type {Record<string, Promise<import("./program.js").Packed>>} */
const scripts = {};

// A script element, since a page that was opened from a disk may not fetch.
/** @param {string} name */
function fetched(name) {
  return (scripts[name] ??= new Promise((found, failed) => {
    const here = /** @type {any} */ (window);
    const done = () => found(here.ganPrograms[name]);
    if (here.ganPrograms?.[name]) return done();
    document.head.append(make("script", { src: `${folder}${name}.js`, onload: done,
      onerror: () => failed(new Error(`${name}.js is missing`)) }));
  }));
}

/** @param {HTMLElement} root */
async function start(root) {
  const [name, begin] = EXPLORERS[root.dataset.explorer ?? ""] ?? [];
  if (!begin) return;
  try {
    begin(root, await Program.open(await fetched(name)));
    root.dataset.ready = "true";
  } catch (error) {
    root.append(make("p", { role: "status" }, SORRY));
    console.error(error);
  }
}

const near = new IntersectionObserver((entries) => {
  for (const { target, isIntersecting } of entries) {
    if (!isIntersecting) continue;
    near.unobserve(target);
    start(/** @type {HTMLElement} */ (target));
  }
}, { rootMargin: "400px" });

// Each explorer of a page brings this script along, so it may run more than once.
function look() {
  for (const root of document.querySelectorAll("[data-explorer]:not([data-met])")) {
    root.setAttribute("data-met", "");
    near.observe(root);
  }
}
new MutationObserver(look).observe(document.documentElement, { childList: true, subtree: true });
look();
