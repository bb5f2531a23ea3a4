// The first program of a participant's phone: small, so that the reader's language, the page itself
// (index.html asks for it ahead) and what the conversation is are fetched side by side.

import "../styles/participant.css";
import { slugOf } from "../address";
import { participantApi } from "../api";
import type { Texts } from "../catalogue/en";
import { type CatalogueFile, load } from "../i18n";

const catalogue = import.meta.glob<CatalogueFile<Texts>>("../catalogue/*.ts");

async function start(root: HTMLElement): Promise<void> {
  const slug = slugOf(location.pathname);
  const api = participantApi(slug);
  const about = api.about();
  const texts = load<Texts>(catalogue, navigator.languages);
  const { main } = await import("./main");
  await main(root, await texts, { slug, api, about });
}

/** A part that did not arrive: there are no texts yet, so this is said in every language. */
function incomplete(root: HTMLElement): void {
  const again = document.createElement("button");
  again.className = "btn btn-go";
  again.textContent = "Reload · أعد التحميل";
  again.addEventListener("click", () => location.reload());
  root.replaceChildren(again);
}

const root = document.getElementById("app");
if (root !== null) {
  start(root).catch((error: unknown) => {
    if (root.childElementCount === 0) incomplete(root);
    throw error;
  });
}
