/** The settings of one conversation: choices and guide before the start, a copy, the end of it all. */

import { useComputed } from "@preact/signals";
import { mayCommand } from "../state";
import { ChoicesForm } from "./choices";
import { useLive } from "./commands";
import { Duplicate, Erase } from "./ending";
import { PageFrame } from "./sections";
import { useWords } from "./words";

export function SettingsPage() {
  const { settings: words } = useWords();
  const live = useLive();
  const state = live.state.value;
  const role = useComputed(() => live.room.value.role).value;
  if (state === null) return null;
  const before = state.phase === "draft" || state.phase === "published";
  const may = mayCommand(role);
  return (
    <PageFrame state={state} here="settings">
      <div class="page-head">
        <div>
          <h2>{words.title}</h2>
          {!may && <p class="quiet">{words.look}</p>}
          {may && !before && <p class="quiet">{words.fixed}</p>}
        </div>
      </div>
      <div class="form stack">
        {may && before && <ChoicesForm key={state.slug} state={state} />}
        {may && <Duplicate state={state} />}
        {may && <Erase state={state} role={role} />}
      </div>
    </PageFrame>
  );
}
