// What a face asks where there is no kernel: a model as a widget's, answered in the page.
// A face that has waited with its wishes gets one answer for all of them.

/** @typedef {(commands: Command[], question: Record<string, any>) =>
 *   Promise<[message: Message, buffers: Uint8Array<ArrayBuffer>[]]>} Answer */

/** @implements {Model} */
export class Source {
  /** @type {Set<(message: Message, buffers: Uint8Array<ArrayBuffer>[]) => void>} */
  heard = new Set();

  /** @param {Record<string, any>} catalogue @param {Answer} answer */
  constructor(catalogue, answer) {
    this.catalogue = catalogue;
    this.answer = answer;
  }

  /** @param {string} name */
  get(name) {
    return { catalogue: this.catalogue, kind: "page" }[name];
  }

  /** @param {string} event @param {(...heard: any[]) => void} hear */
  on(event, hear) {
    if (event === "msg:custom") this.heard.add(hear);
  }

  /** @param {string} event @param {(...heard: any[]) => void} hear */
  off(event, hear) {
    this.heard.delete(hear);
  }

  /** @param {any} question */
  send({ view, id, commands, ...rest }) {
    setTimeout(async () => {
      const [message, buffers] = await this.answer(commands, rest);
      for (const hear of this.heard) hear({ view, id, ...message }, buffers);
    });
  }
}
