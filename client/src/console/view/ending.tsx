/** A copy of a conversation, and its erasing, which asks for the title, typed. */

import { useSignal } from "@preact/signals";
import type { Refusal, StaffState } from "../../wire";
import { go, signedOut } from "../session";
import { staffApi } from "../staff_api";
import { mayOwn, type Role } from "../state";
import { Panel, TextField } from "./fields";
import { Dialog, Refused } from "./parts";
import { useWords } from "./words";

export function Duplicate({ state }: { state: StaffState }) {
  const { create, settings: words } = useWords();
  const title = useSignal(state.title);
  const busy = useSignal(false);
  const refusal = useSignal<Refusal | null>(null);
  const empty = title.value.trim() === "";
  const duplicate = async (event: SubmitEvent) => {
    event.preventDefault();
    if (busy.value || empty) return;
    busy.value = true;
    const result = await staffApi.duplicate(state.slug, title.value.trim());
    busy.value = false;
    if (signedOut(result)) return;
    refusal.value = result.ok ? null : result.refusal;
    if (result.ok) go({ screen: "conversation", slug: result.value.slug });
  };
  return (
    <Panel id="copy" title={words.copy}>
      <form class="stack" noValidate onSubmit={(event) => void duplicate(event)}>
        <p class="small quiet">{words.copyText}</p>
        <TextField
          id="copy-title"
          label={words.copyTitle}
          hint={words.copyHint}
          wrong={empty ? create.needTitle : ""}
          value={title.value}
          onInput={(value) => {
            title.value = value;
          }}
        />
        {refusal.value && <Refused refusal={refusal.value} />}
        <div>
          <button type="submit" class="btn" aria-busy={busy.value}>
            {words.copyButton}
          </button>
        </div>
      </form>
    </Panel>
  );
}

export function Erase({ state, role }: { state: StaffState; role: Role }) {
  const { settings: words } = useWords();
  const asks = useSignal(false);
  const running = state.phase === "live" || state.phase === "flex";
  const why = !mayOwn(role) ? words.eraseOwner : running ? words.eraseRunning : null;
  return (
    <Panel id="erase" title={words.erase}>
      <p class="small quiet">{words.eraseText}</p>
      {why !== null && <p class="why">{why}</p>}
      {why === null && (
        <div>
          <button
            type="button"
            class="btn btn-stop"
            onClick={() => {
              asks.value = true;
            }}
          >
            {words.eraseOpen}
          </button>
        </div>
      )}
      {asks.value && (
        <EraseDialog
          state={state}
          onClose={() => {
            asks.value = false;
          }}
        />
      )}
    </Panel>
  );
}

function EraseDialog({ state, onClose }: { state: StaffState; onClose: () => void }) {
  const { settings: words } = useWords();
  const typed = useSignal("");
  const busy = useSignal(false);
  const refusal = useSignal<Refusal | null>(null);
  const erase = async (event: SubmitEvent) => {
    event.preventDefault();
    if (busy.value) return;
    busy.value = true;
    const result = await staffApi.erase(state.slug, typed.value);
    busy.value = false;
    if (signedOut(result)) return;
    refusal.value = result.ok ? null : result.refusal;
    if (result.ok) go({ screen: "list" }, "replace");
  };
  return (
    <Dialog title={words.eraseYes} onClose={onClose}>
      <form class="stack" noValidate onSubmit={(event) => void erase(event)}>
        <p>{words.eraseText}</p>
        <TextField
          id="erase-title"
          label={words.eraseType}
          hint={words.eraseHint(state.title)}
          wrong=""
          value={typed.value}
          onInput={(value) => {
            typed.value = value;
          }}
        />
        {refusal.value && <Refused refusal={refusal.value} />}
        <div class="row row-wrap">
          <button type="button" class="btn grow" data-safe onClick={onClose}>
            {words.eraseNo}
          </button>
          <button type="submit" class="btn btn-end grow" aria-busy={busy.value}>
            {words.eraseYes}
          </button>
        </div>
      </form>
    </Dialog>
  );
}
