// The thread that trains in a page: it answers questions, and asks the page for programs.
import { Answers } from "./lab_page_answers.js";
import { compiled } from "./lab_page_program.js";
import { keyOf, movesOf } from "./lab_page_settings.js";

export { Answers, compiled, keyOf, movesOf };

// What the page says: { open: facts, settings, keys }, { question }, { program, name }.
/** @typedef {{ postMessage: (message: any, transfer?: Transferable[]) => void,
 *   onmessage: ((event: { data: any }) => void) | null }} Port */

/** @param {Port} port */
export function serve(port) {
  /** @type {Answers} */
  let answers;
  /** @type {Map<string, (program: any) => void>} */
  const waiting = new Map();
  /** @type {Map<string, Promise<import("./lab_page_program.js").Compiled>>} */
  const found = new Map();
  /** @type {Promise<void>} */
  let turn = Promise.resolve(); // questions are answered one after the other

  /** @param {Record<string, string>} names by their keys */
  const finder = (names) => (/** @type {string} */ key) => {
    const name = names[key];
    if (!name) return undefined;
    const program = found.get(name) ?? new Promise((resolve) => {
      waiting.set(name, resolve);
      port.postMessage({ want: name });
    }).then(compiled);
    found.set(name, program);
    return program;
  };

  port.onmessage = ({ data }) => {
    if (data.open) answers = new Answers(data.open, finder(data.names), data.settings);
    if (data.program) waiting.get(data.name)?.(data.program);
    if (!data.question) return;
    const { view, id } = data.question;
    turn = turn.then(() => answers.stream(data.question, (message, buffers) => {
      port.postMessage({ message, buffers }, buffers.map((one) => one.buffer));
    })).catch((error) => {
      const note = `There is a fault (${error}). Load the page again.`;
      port.postMessage({ message: { view, id, note, stopped: true, lanes: 0 }, buffers: [] });
    });
  };
}
