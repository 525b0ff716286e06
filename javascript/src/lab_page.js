// Labs on a page without a kernel: starts one in every element of the class gan-lab-page.
// All files are scripts, since a page from a folder may load nothing else.
import { bytesOf } from "./binary.js";
import { Live } from "./lab_live.js";
import { SPEEDS } from "./lab_pace.js";
import { PageModel } from "./lab_page_model.js";

const CLASS = "gan-lab-page";
/** @type {any} */
const page = globalThis;
/** @type {Record<string, string>} */
const programs = page.ganLabPrograms ??= {}; // by name, deflated, in base64
const here = document.currentScript instanceof HTMLScriptElement ? document.currentScript.src : "";
const home = here.slice(0, here.lastIndexOf("/") + 1);

/** @type {Map<string, Promise<void>>} */
const loading = new Map();

/** @type {(file: string) => Promise<void>} */
function load(file) {
  const before = loading.get(file);
  if (before) return before;
  const coming = new Promise((/** @type {(value: void) => void} */ resolve, reject) => {
    const script = document.createElement("script");
    script.src = home + file;
    script.onload = () => resolve();
    script.onerror = () => reject(new Error(`${file} could not be loaded`));
    document.head.append(script);
  });
  loading.set(file, coming);
  coming.catch(() => loading.delete(file)); // a later wish tries again
  return coming;
}

/** @type {(name: string) => Promise<Uint8Array<ArrayBuffer>>} */
async function program(name) {
  if (!programs[name]) await load(`programs/${name}.js`);
  return bytesOf(programs[name]);
}

// Programs that a lab begins with, fetched beside what all labs share; one that cannot be had
// is left to the lab, which says so.
/** @param {string[]} wanted names */
async function ahead(wanted) {
  const found = await Promise.allSettled(wanted.map(program));
  return Object.fromEntries(found.flatMap((one, i) =>
    (one.status === "fulfilled" ? [[wanted[i], one.value]] : [])));
}

/** @param {HTMLElement} element */
async function start(element) {
  if (element.dataset.started) return;
  element.dataset.started = "yes";
  const { settings, preset, speed, play, elsewhere, programs: wanted } = element.dataset;
  const ready = ahead(wanted?.split(" ") ?? []);
  await Promise.all([page.ganLabShared ?? load("manifest.js"),
    page.ganLabWorker ?? load("worker.js")]);
  const { facts, catalogue, names } = page.ganLabShared;
  const own = { ...facts.defaults, ...facts.presets[preset ?? "default"],
    ...JSON.parse(settings ?? "{}") };
  const model = new PageModel({ facts, names, program, settings: own,
    catalogue: { ...catalogue, opened: own }, worker: page.ganLabWorker, elsewhere,
    ready: await ready });
  const first = [...element.childNodes];
  const live = new Live(element, model);
  live.onanswer = () => { // the first picture has come
    live.onanswer = null;
    for (const node of first) node.parentNode?.removeChild(node);
  };
  if (speed) {
    live.setSpeed(Number(speed)); // updates a second
    live.bar.speed.put(SPEEDS.indexOf(Number(speed)));
  }
  if (play !== undefined) whenSeen(element, () => live.play());
}

/** @type {(element: HTMLElement, go: () => void) => void} */
function whenSeen(element, go) {
  if (matchMedia("(prefers-reduced-motion: reduce)").matches) return;
  const watch = new IntersectionObserver((entries) => {
    if (!entries.some((entry) => entry.isIntersecting)) return;
    watch.disconnect();
    go();
  }, { threshold: 0.5 });
  watch.observe(element);
}

function startAll() {
  for (const element of document.querySelectorAll(`.${CLASS}`)) {
    if (element instanceof HTMLElement) start(element);
  }
}

page.ganLab = { start };
if (document.readyState === "loading") document.addEventListener("DOMContentLoaded", startAll);
else startAll();
