/** The guide as a file: to take home at any time, and another one in its place before the start. */

import { useSignal } from "@preact/signals";
import type { Refusal, StaffItem } from "../../wire";
import { newCid } from "../cid";
import { signedOut } from "../session";
import { guideAddress, staffApi } from "../staff_api";
import { Panel } from "./fields";
import { GuideField, type GuideFile } from "./guide_field";
import { Icon } from "./icons";
import { Banner, Dialog, Refused } from "./parts";
import { useWords } from "./words";

/** `replace`: the items that another guide would take the place of; null: it may not. */
export function GuideFilePanel({
  slug,
  replace,
}: {
  slug: string;
  replace: readonly StaffItem[] | null;
}) {
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
      {replace !== null && <Replace slug={slug} old={replace} />}
    </Panel>
  );
}

function Replace({ slug, old }: { slug: string; old: readonly StaffItem[] }) {
  const { create, editor, settings: words } = useWords();
  /** The versions of what stood there when it was asked. */
  const asks = useSignal<readonly string[] | null>(null);
  const file = useSignal<GuideFile>({ kind: "none" });
  const wrong = useSignal(false);
  const busy = useSignal(false);
  const outcome = useSignal<"replaced" | Refusal | null>(null);
  const press = () => {
    wrong.value = file.value.kind !== "good";
    outcome.value = null;
    if (file.value.kind !== "good") return;
    const seen = old.map(({ version }) => version);
    if (seen.length === 0) void replace(seen);
    else asks.value = seen;
  };
  const close = () => {
    asks.value = null;
  };
  const replace = async (seen: readonly string[]) => {
    const chosen = file.value;
    if (busy.value || chosen.kind !== "good") return;
    asks.value = null;
    busy.value = true;
    const result = await staffApi.setGuide(slug, newCid(), chosen.upload, seen);
    busy.value = false;
    if (signedOut(result)) return;
    outcome.value = result.ok ? "replaced" : result.refusal;
    if (result.ok) file.value = { kind: "none" };
  };
  const bad = wrong.value && file.value.kind !== "good";
  const why = file.value.kind === "none" ? create.needGuide : create.needGoodGuide;
  const done = outcome.value;
  const asking = asks.value;
  const next = file.value.kind === "good" ? file.value.checked.items : 0;
  return (
    <div class="stack">
      <h4>{words.replace}</h4>
      <p class="hint">{words.replaceHint}</p>
      <GuideField file={file} wrong={bad ? why : ""} onTitle={() => undefined} />
      <div role="status">{done === "replaced" && <Banner tone="go" title={words.replaced} />}</div>
      {done !== null && done !== "replaced" && <Refused refusal={done} />}
      <div>
        <button type="button" class="btn" aria-busy={busy.value} onClick={press}>
          {words.replaceButton}
        </button>
      </div>
      {asking !== null && (
        <Dialog title={editor.replaceTitle} onClose={close}>
          <p>{editor.replaceText(asking.length, next)}</p>
          <div class="row row-wrap">
            <button type="button" class="btn grow" data-safe onClick={close}>
              {editor.replaceNo}
            </button>
            <button type="button" class="btn btn-stop grow" onClick={() => void replace(asking)}>
              {words.replaceButton}
            </button>
          </div>
        </Dialog>
      )}
    </div>
  );
}
