/** The guide as a file: to take home at any time, and another one in its place before the start. */

import { useSignal } from "@preact/signals";
import type { Refusal } from "../../wire";
import { newCid } from "../cid";
import { signedOut } from "../session";
import { guideAddress, staffApi } from "../staff_api";
import { Panel } from "./fields";
import { GuideField, type GuideFile } from "./guide_field";
import { Icon } from "./icons";
import { Banner, Refused } from "./parts";
import { useWords } from "./words";

export function GuideFilePanel({ slug, replace }: { slug: string; replace: boolean }) {
  const { settings: words } = useWords();
  return (
    <Panel id="guide" title={words.guide}>
      <div class="row row-wrap">
        <a class="btn" download href={guideAddress(slug, "yaml")}>
          <Icon name="download" />
          {words.asYaml}
        </a>
        <a class="btn" download href={guideAddress(slug, "template")}>
          <Icon name="download" />
          {words.asTemplate}
        </a>
      </div>
      <p class="hint">{words.formats}</p>
      {replace && <Replace slug={slug} />}
    </Panel>
  );
}

function Replace({ slug }: { slug: string }) {
  const { create, settings: words } = useWords();
  const file = useSignal<GuideFile>({ kind: "none" });
  const wrong = useSignal(false);
  const busy = useSignal(false);
  const outcome = useSignal<"replaced" | Refusal | null>(null);
  const replace = async () => {
    if (busy.value) return;
    const chosen = file.value;
    wrong.value = chosen.kind !== "good";
    outcome.value = null;
    if (chosen.kind !== "good") return;
    busy.value = true;
    const result = await staffApi.setGuide(slug, newCid(), chosen.upload);
    busy.value = false;
    if (signedOut(result)) return;
    outcome.value = result.ok ? "replaced" : result.refusal;
    if (result.ok) file.value = { kind: "none" };
  };
  const bad = wrong.value && file.value.kind !== "good";
  const why = file.value.kind === "none" ? create.needGuide : create.needGoodGuide;
  const done = outcome.value;
  return (
    <div class="stack">
      <h4>{words.replace}</h4>
      <p class="hint">{words.replaceHint}</p>
      <GuideField file={file} wrong={bad ? why : ""} onTitle={() => undefined} />
      <div role="status">{done === "replaced" && <Banner tone="go" title={words.replaced} />}</div>
      {done !== null && done !== "replaced" && <Refused refusal={done} />}
      <div>
        <button type="button" class="btn" aria-busy={busy.value} onClick={() => void replace()}>
          {words.replaceButton}
        </button>
      </div>
    </div>
  );
}
