/** When the conversation starts and how long it lasts. */

import { useComputed } from "@preact/signals";
import { mayCommand } from "../state";
import { ChoicesForm } from "./choices";
import { useLive } from "./commands";
import { PageFrame } from "./sections";

export function SchedulePage() {
  const live = useLive();
  const state = live.state.value;
  const may = useComputed(() => mayCommand(live.room.value.role)).value;
  if (state === null) return null;
  return (
    <PageFrame state={state} here="schedule">
      {may && <ChoicesForm key={state.slug} state={state} />}
    </PageFrame>
  );
}
