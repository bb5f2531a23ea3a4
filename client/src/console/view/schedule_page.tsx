/** When the conversation starts and how long it lasts: to be chosen before the start, plain facts
 * from then on. */

import { useComputed } from "@preact/signals";
import { knowsZone, ownZone } from "../../i18n";
import type { StaffState } from "../../wire";
import { now } from "../session";
import { startOf } from "../settings_form";
import { mayCommand } from "../state";
import { ChoicesForm, useChoices } from "./choices";
import { useLive } from "./commands";
import { Panel, Plain, TextField, Tick } from "./fields";
import { PageFrame } from "./sections";
import { Duration, Start } from "./when";
import { useWords } from "./words";

export function SchedulePage() {
  const { schedule: words } = useWords();
  const live = useLive();
  const state = live.state.value;
  const may = useComputed(() => mayCommand(live.room.value.role)).value;
  if (state === null) return null;
  const before = state.phase === "draft" || state.phase === "published";
  return (
    <PageFrame state={state} here="schedule">
      <div class="page-head">
        <div>
          <h2>{words.title}</h2>
          <Lead state={state} />
          {before && !may && <p class="quiet">{words.look}</p>}
          {!before && <p class="quiet">{words.fixed}</p>}
        </div>
      </div>
      <div class="form stack">
        {may && before ? <Plan key={state.slug} state={state} /> : <Facts state={state} />}
      </div>
    </PageFrame>
  );
}

/** The zone that the plan was made in. */
function planZone(state: StaffState): string {
  return knowsZone(state.zone ?? "") ? (state.zone ?? "") : ownZone();
}

function Lead({ state }: { state: StaffState }) {
  const { f, schedule: words } = useWords();
  const live = useLive();
  const skew = useComputed(() => live.room.value.skew).value;
  const { starts_at: at, started_at: started } = state;
  const zone = planZone(state);
  const say = () => {
    if (started !== undefined) return words.started(f.dayTime(started));
    if (at === undefined) return words.byHand;
    const when = [f.dayTime(at, zone), f.place(zone)] as const;
    if (at < now.value + skew) return words.late(...when);
    return state.auto_start === true ? words.itself(...when) : words.planned(...when);
  };
  return <p class="quiet">{say()}</p>;
}

function Plan({ state }: { state: StaffState }) {
  const { schedule: words, settings } = useWords();
  const choosing = useChoices(state);
  const { first, typed, set, wrong } = choosing;
  const now = typed.value;
  return (
    <ChoicesForm choosing={choosing} main>
      <Panel id="when" title={words.when}>
        <Start
          draft={now}
          at={startOf(first.value, now, state.starts_at)}
          set={set}
          wrong={wrong.has("starts")}
        />
        <Tick
          said={settings.autoStart}
          checked={now.autoStart}
          wrong={wrong.has("autoStart") ? settings.needStart : ""}
          onChange={(autoStart) => set({ autoStart })}
        />
      </Panel>
      <Panel id="running" title={words.running}>
        <Duration draft={now} set={set} wrong={wrong.has("duration")} />
        <TextField
          id="grace"
          label={settings.grace}
          hint={settings.graceHint}
          wrong={wrong.has("grace") ? settings.needGrace : ""}
          value={now.grace}
          onInput={(grace) => set({ grace })}
          numeric
        />
      </Panel>
    </ChoicesForm>
  );
}

function Facts({ state }: { state: StaffState }) {
  const { f, schedule: words } = useWords();
  const { starts_at: at } = state;
  const zone = planZone(state);
  return (
    <Panel id="facts" title={words.title}>
      <dl class="facts-list">
        <Plain name={words.start}>
          {at === undefined ? words.noStart : `${f.dayTime(at, zone)} (${f.place(zone)})`}
        </Plain>
        <Plain name={words.auto}>{state.auto_start === true ? words.yes : words.no}</Plain>
        <Plain name={words.duration}>{words.minutes(state.duration)}</Plain>
        <Plain name={words.grace}>{words.seconds(state.grace)}</Plain>
      </dl>
    </Panel>
  );
}
