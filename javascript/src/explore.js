// Starts the explorers of a page: elements with data-explorer, whenever they come into it.
import { make } from "./base.js";
import { bytesOf, inflate, unpack } from "./binary.js";
import { DigitExplorer } from "./explore_digits.js";
import { FaceExplorer } from "./explore_faces.js";
import { Field } from "./explore_field.js";
import { Game } from "./explore_game.js";
import { Morph } from "./explore_morph.js";
import { drawQuestion, png } from "./explore_question.js";
import { Source } from "./explore_source.js";
import { Program } from "./program.js";
import realOrFake from "./real_or_fake.js";
import vectorField from "./vector_field.js";

/** @typedef {{ program: string | null, begin: (root: HTMLElement, program: any) => any }} Explorer
 *   the name of what it runs on, and what it is */

/** @type {Record<string, Explorer>} */
const EXPLORERS = {
  faces: { program: "faces", begin: (root, program) => new FaceExplorer(root, program) },
  digits: { program: "digits", begin: (root, program) => new DigitExplorer(root, program) },
  morph: { program: "faces", begin: (root, program) => new Morph(root, program) },
  fields: { program: "fields", begin: startField },
  game: { program: null, begin: startGame },
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

// The same face as with a kernel, in the place of its picture.
/** @param {HTMLElement} root @param {Program} program */
function startField(root, program) {
  const field = new Field(program, JSON.parse(root.dataset.settings ?? "{}"));
  const model = new Source(program.about.catalogue, (...asked) => field.answer(...asked));
  root.replaceChildren();
  vectorField.render({ model, el: root });
  Object.assign(root, { explorer: field }); // for tests and for the curious
}

// A notebook tells the key of its numbered picture, so that stays within reach.
/** @param {HTMLElement} root */
async function startGame(root) {
  const kept = unpack(await inflate(bytesOf(root.dataset.game ?? "")), null);
  const game = new Game(kept);
  const model = new Source({ answers: kept.answers }, async (commands, { theme }) => {
    const notes = commands.map((command) => game.carryOut(command)).filter(Boolean);
    const picture = await png(drawQuestion(kept, game.sample, theme));
    return [{ seen: game.seen, note: notes.at(-1) }, [picture]];
  });
  const still = [...root.childNodes];
  root.replaceChildren();
  realOrFake.render({ model, el: root });
  root.append(make("details", {}, make("summary", {}, "The numbered picture"), ...still));
  Object.assign(root, { explorer: game });
}

/** @param {HTMLElement} root */
async function start(root) {
  const explorer = EXPLORERS[root.dataset.explorer ?? ""];
  if (!explorer) return;
  try {
    const { program } = explorer;
    await explorer.begin(root, program && await Program.open(await fetched(program)));
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
