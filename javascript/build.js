// Bundles the widgets' modules for the package: one file a face, readable, and with the
// hash of all sources in its first line, which tests/test_javascript.py compares. What a
// page of the book loads is minified, so that a chapter stays light.
//
//     node build.js            writes into the package
//     node build.js FOLDER     writes elsewhere
import { createHash } from "node:crypto";
import { readFileSync, readdirSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { build } from "esbuild";

const HERE = dirname(fileURLToPath(import.meta.url));
const PACKAGE = join(HERE, "..", "gan_utils", "widgets", "static", "dist");
const FACES = ["lab", "real_or_fake", "vector_field"];
const KEEPER = "keep_pictures"; // nothing to see, else as a face

function sourceHash() {
  const hash = createHash("sha256");
  const names = readdirSync(join(HERE, "src")).filter((name) => name.endsWith(".js"));
  for (const name of names.sort()) {
    hash.update(readFileSync(join(HERE, "src", name), "utf-8").replaceAll("\r\n", "\n"));
  }
  return hash.digest("hex");
}

const shared = {
  absWorkingDir: join(HERE, "src"), // the bundles name their parts from here
  outdir: process.argv[2] ?? PACKAGE,
  bundle: true,
  charset: "utf8",
  target: "es2022",
  banner: {
    js: `// Made by \`nox -s javascript\`; change javascript/src instead. Sources: ${sourceHash()}`,
  },
};
// A face is an expression and a last line that exports it: lab_loader.js, which must run
// without modules, turns that line into a return.
await build({
  ...shared,
  entryPoints: [...FACES, KEEPER].map((name) => `${name}.js`),
  format: "iife",
  globalName: "face",
  footer: { js: "export default face.default;" },
});
await build({ ...shared, entryPoints: ["lab_loader.js"], format: "iife" });
const PAGE = ["lab_page.js", "explore.js"];
await build({ ...shared, entryPoints: PAGE, format: "iife", minify: true });
// What trains in the page is text for a Worker, or, where there is none, for a function.
await build({
  ...shared, entryPoints: ["lab_worker.js"], format: "iife", globalName: "labWorker",
  minify: true,
});
