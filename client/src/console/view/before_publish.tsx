/** What to look at before publishing, in words, and Publish. */

import { useComputed } from "@preact/signals";
import { knowsZone, ownZone } from "../../i18n";
import type { StaffState } from "../../wire";
import type { Words } from "../catalogue/en";
import { type Check, checks, type Tone, tone } from "../preflight";
import type { Part } from "../routes";
import { now, who } from "../session";
import { fileAddress, type Links, PLAIN } from "../staff_api";
import { mayCommand } from "../state";
import { CommandButton, useLive, WhyBlocked } from "./commands";
import { Icon, type IconName } from "./icons";
import { To } from "./parts";
import { useWords } from "./words";

const ICONS: Record<Tone, IconName> = { ok: "check", wait: "warn", stop: "stop" };

/** `links`: see `checks`. `onDownload`: that began. `main`: publishing
 * is the thing to do. */
export function BeforePublish({
  state,
  links,
  onDownload,
  main,
}: {
  state: StaffState;
  links: Links | undefined;
  onDownload: () => void;
  main: boolean;
}) {
  const words = useWords();
  const live = useLive();
  const skew = useComputed(() => live.room.value.skew).value;
  const may = useComputed(() => mayCommand(live.room.value.role)).value;
  const address = who.value.kind === "somebody" ? who.value.me.public : null;
  const list = checks(state, address, links, now.value + skew);
  const todo = list.filter((check) => tone(check) !== "ok").length;
  const stops = list.some((check) => tone(check) === "stop");
  return (
    <section class="panel" aria-labelledby="before-head">
      <div class="panel-head">
        <h3 id="before-head">{words.ready.before}</h3>
        {todo > 0 && <span class="push pill pill-wait">{words.ready.todo(todo)}</span>}
      </div>
      <ul class="panel-body checks">
        {list.map((check) => (
          <Line key={JSON.stringify(check)} check={check} state={state} onDownload={onDownload} />
        ))}
      </ul>
      {may && (
        <div class="live-actions">
          <CommandButton asked={{ op: "publish" }} class={main ? "btn btn-go" : "btn"} not={stops}>
            {words.ready.publish}
          </CommandButton>
          <span class="small quiet">
            {stops ? words.ready.publishStop : words.ready.publishHint}
          </span>
          <WhyBlocked />
        </div>
      )}
    </section>
  );
}

function Line({
  check,
  state,
  onDownload,
}: {
  check: Check;
  state: StaffState;
  onDownload: () => void;
}) {
  const words = useWords();
  const live = useLive();
  const how = tone(check);
  const { title, more } = inWords(words, check, state);
  const part = WHERE[check.kind];
  return (
    <li class={`check check-${how}`}>
      <Icon name={ICONS[how]} />
      <div>
        <span>{title}</span>
        {more !== undefined && <p>{more}</p>}
        {check.kind === "taken" && how !== "ok" && (
          <a
            class="small"
            download
            href={fileAddress(live.slug, "links.csv", PLAIN)}
            onClick={onDownload}
          >
            {words.ready.take}
          </a>
        )}
        {how !== "ok" && part !== undefined && (
          <To to={{ screen: part, slug: live.slug }} class="small">
            {part === "guide" ? words.ready.toGuide : words.ready.setIt}
          </To>
        )}
      </div>
    </li>
  );
}

/** Where it is put right. */
const WHERE: Partial<Record<Check["kind"], Part>> = {
  noQuestion: "guide",
  oneOption: "guide",
  guideLong: "schedule",
  past: "schedule",
};

function inWords(
  { f, ready }: Words,
  check: Check,
  state: StaffState,
): { readonly title: string; readonly more?: string } {
  switch (check.kind) {
    case "noQuestion":
      return ready.noQuestion;
    case "guide":
      return {
        title:
          check.minutes === null
            ? ready.guide(check.questions)
            : ready.guidePlan(check.questions, check.minutes, state.duration),
      };
    case "guideLong":
      return ready.guideLong(check.minutes, state.duration);
    case "oneOption":
      return ready.oneOption(check.row);
    case "noStart":
      return { title: ready.noStart };
    case "starts": {
      const zone = knowsZone(state.zone ?? "") ? (state.zone ?? "") : ownZone();
      const when = [f.dayTime(check.at, zone), f.place(zone)] as const;
      return { title: check.itself ? ready.startsItself(...when) : ready.starts(...when) };
    }
    case "past":
      return check.itself ? ready.pastAuto : ready.past;
    case "address":
      return check.address === null ? ready.noAddress : { title: ready.address(check.address) };
    case "taken":
      if (check.taken === "some") return ready.moreNotTaken;
      return check.at === null ? ready.notTaken : { title: ready.taken(f.dayTime(check.at)) };
  }
}
