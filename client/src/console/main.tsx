/** Starts the staff page. */

import { render } from "preact";
import "../styles/tokens.css";
import "../styles/base.css";
import "../styles/parts.css";
import "../styles/staff.css";
import "./console.css";
import "./room.css";
import "./room_parts.css";
import "./lifecycle.css";
import "./audience.css";
import "./editor.css";
import "./match.css";
import { type CatalogueFile, load } from "../i18n";
import type { Words } from "./catalogue/en";
import { begin } from "./session";
import { App } from "./view/app";
import { WordsContext } from "./view/words";

const catalogue = import.meta.glob<CatalogueFile<Words>>([
  "./catalogue/*.ts",
  "!./catalogue/*.test.ts",
]);

async function start(): Promise<void> {
  const words = await load(catalogue, navigator.languages);
  const root = document.getElementById("app");
  if (root === null) throw new Error("console.html has no #app");
  begin();
  render(
    <WordsContext.Provider value={words}>
      <App />
    </WordsContext.Provider>,
    root,
  );
}

void start();
