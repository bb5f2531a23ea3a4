// The pages' process: builds client/src/simulation/pages.ts with these changes of its sources, then
// takes tasks from stdin and writes what came of them to stdout, a line of JSON each.
//   node pages.mjs CLIENT '[["src/participant/outbox.ts", "what stands there", "what shall"]]'

import { createInterface } from "node:readline";
import { createRequire } from "node:module";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";

const [client, changes] = [process.argv[2], JSON.parse(process.argv[3] ?? "[]")];

/** Every change must find its place exactly once: a mutant that is none would prove nothing. */
function changing(left) {
  return {
    name: "changing",
    enforce: "pre",
    transform(code, id) {
      let changed = code;
      for (const [file, old, now] of changes) {
        if (!id.endsWith(file)) continue;
        if (changed.split(old).length !== 2) throw new Error(`${file} has not once: ${old}`);
        changed = changed.replace(old, () => now);
        left.delete(file);
      }
      return { code: changed, map: null };
    },
  };
}

async function built() {
  const { build } = await import(createRequire(join(client, "package.json")).resolve("vite"));
  const outDir = await mkdtemp(join(tmpdir(), "pages-"));
  const left = new Set(changes.map(([file]) => file));
  try {
    await build({
      root: client,
      configFile: false,
      logLevel: "error",
      plugins: [changing(left)],
      build: {
        outDir,
        minify: false,
        lib: { entry: "src/simulation/pages.ts", formats: ["es"], fileName: () => "pages.mjs" },
      },
    });
    if (left.size) throw new Error(`not part of the pages: ${[...left]}`);
    return await import(pathToFileURL(join(outDir, "pages.mjs")));
  } finally {
    await rm(outDir, { recursive: true });
  }
}

const rest = () => new Promise((resolve) => setImmediate(resolve));
const { goOn, drop } = await built();
for await (const line of createInterface({ input: process.stdin })) {
  const { tasks, over } = JSON.parse(line);
  drop(over);
  process.stdout.write(`${JSON.stringify(await goOn(tasks, rest))}\n`);
}
