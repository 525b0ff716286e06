// The thread that trains in a page: it answers questions, and asks the page for programs.
import { Answers } from "./lab_page_answers.js";
import { compiled } from "./lab_page_program.js";
import { written } from "./lab_page_run.js";
import { Refused, keyOf, movesOf } from "./lab_page_settings.js";

export { Answers, compiled, keyOf, movesOf, written };

// What the page says: { open: facts, names, settings, beyond, programs: those that are at hand },
// { question }, { keep: true }, { name, program }, and { name, why } where one cannot be had.
/** @typedef {{ postMessage: (message: any, transfer?: Transferable[]) => void,
 *   onmessage: ((event: { data: any }) => void) | null }} Port */
/** @typedef {{ resolve: (program: any) => void, reject: (error: Error) => void }} Promised */

/** @param {Port} port */
export function serve(port) {
  /** @type {Answers} */
  let answers;
  /** @type {Map<string, Promised>} */
  const waiting = new Map();
  /** @type {Map<string, Promise<import("./lab_page_program.js").Compiled>>} */
  const found = new Map();
  /** @type {Promise<void>} */
  let turn = Promise.resolve(); // questions are answered one after the other

  /** @param {Record<string, string>} names by their keys */
  const finder = (names) => (/** @type {string} */ key) => {
    const name = names[key];
    if (!name) return undefined;
    const program = found.get(name) ?? new Promise((resolve, reject) => {
      waiting.set(name, { resolve, reject });
      port.postMessage({ want: name });
    }).then(compiled);
    have(name, program);
    return program;
  };

  /** @type {(name: string, program: Promise<import("./lab_page_program.js").Compiled>) => void} */
  const have = (name, program) => {
    found.set(name, program);
    program.catch(() => found.delete(name)); // the next wish asks again
  };

  // After what was asked before; a fault becomes words.
  /** @param {() => Promise<void>} work @param {{ view?: string, id?: number }} [asked] */
  const next = (work, { view, id } = {}) => {
    turn = turn.then(work).catch((error) => {
      const note = `There is a fault (${error}). Load the page again.`;
      port.postMessage({ message: { view, id, note, stopped: true, lanes: 0 }, buffers: [] });
    });
  };

  port.onmessage = ({ data }) => {
    const { open, names, settings, beyond, programs, name, program, why, question, keep } = data;
    if (open) {
      for (const [one, file] of Object.entries(programs ?? {})) have(one, compiled(file));
      answers = new Answers(open, finder(names), settings, beyond);
      next(() => answers.open().catch(() => {})); // a question will say what is wrong
    }
    if (program) waiting.get(name)?.resolve(program);
    if (why) waiting.get(name)?.reject(new Refused(why));
    if (question) {
      next(() => answers.stream(question, (message, buffers) => {
        port.postMessage({ message, buffers }, buffers.map((one) => one.buffer));
      }), question);
    }
    if (keep) next(async () => port.postMessage({ kept: await written(answers.lanes) }));
  };
}
