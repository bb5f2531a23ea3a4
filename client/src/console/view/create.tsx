/** A new conversation: its guide, how many may come, how they get in, when. */

import { type Signal, useSignal } from "@preact/signals";
import { useRef } from "preact/hooks";
import { ownZone } from "../../i18n";
import type { Refusal, StaffState } from "../../wire";
import { go, signedOut } from "../session";
import { type NewConversation, staffApi } from "../staff_api";
import { type Draft, type Field, faults } from "../upload";
import { withOffset } from "../zones";
import { Panel, TextField, Tick } from "./fields";
import { Frame, Me } from "./frame";
import { GuideField, type GuideFile } from "./guide_field";
import { Icon } from "./icons";
import { LinkKinds } from "./link_kinds";
import { Refused, To } from "./parts";
import { Duration, Start } from "./when";
import { useWords } from "./words";

type LinkKind = StaffState["links"];
type Fault = Field | "guide";
const NONE: ReadonlySet<Fault> = new Set();

export function Create() {
  const words = useWords();
  const { create: w } = words;
  const guide = useSignal<GuideFile>({ kind: "none" });
  const draft = useSignal<Draft>({
    title: "",
    max: "100",
    duration: "60",
    starts: "",
    zone: ownZone(),
  });
  const links = useSignal<LinkKind>("unique");
  const devices = useSignal(false);
  /** Faults are shown from the first try on, and go as soon as they are mended. */
  const tried = useSignal(false);
  const refusal = useSignal<Refusal | null>(null);
  const busy = useSignal(false);
  const form = useRef<HTMLFormElement>(null);

  const set = (change: Partial<Draft>) => {
    draft.value = { ...draft.value, ...change };
  };

  async function submit(event: SubmitEvent) {
    event.preventDefault();
    if (busy.value) return;
    const body = read(draft.value, guide.value, links.value, devices.value);
    tried.value = true;
    if (body instanceof Set) {
      // After the messages are drawn, to the first field that has one.
      requestAnimationFrame(() => {
        form.current?.querySelector<HTMLElement>("[aria-invalid=true]")?.focus();
      });
      return;
    }
    busy.value = true;
    const result = await staffApi.create(body);
    busy.value = false;
    if (signedOut(result)) return;
    refusal.value = result.ok ? null : result.refusal;
    if (result.ok) go({ screen: "conversation", slug: result.value.slug }, "replace");
  }

  const asked = read(draft.value, guide.value, links.value, devices.value);
  const wrong: ReadonlySet<Fault> = tried.value && asked instanceof Set ? asked : NONE;
  const iso = withOffset(draft.value.starts, draft.value.zone);
  const at = iso === null ? null : Date.parse(iso);
  const guideWhy = guide.value.kind === "none" ? w.needGuide : w.needGoodGuide;
  return (
    <Frame title={words.app.name} top={<Me />}>
      <div class="page-head">
        <div>
          <h2>{w.title}</h2>
          <p class="quiet">{w.lead}</p>
        </div>
      </div>
      <form class="form stack" ref={form} noValidate onSubmit={(event) => void submit(event)}>
        <Panel id="guide" title={w.guide}>
          <GuideField
            file={guide}
            wrong={wrong.has("guide") ? guideWhy : ""}
            onTitle={(title) => {
              if (draft.value.title === "") set({ title });
            }}
          />
        </Panel>
        <Panel id="about" title={w.about}>
          <TextField
            id="title"
            label={w.name}
            hint={w.nameHint}
            wrong={wrong.has("title") ? w.needTitle : ""}
            value={draft.value.title}
            onInput={(title) => set({ title })}
          />
        </Panel>
        <Panel id="entry" title={w.links}>
          <TextField
            id="max"
            label={w.max}
            hint={w.maxHint}
            wrong={wrong.has("max") ? w.needMax : ""}
            value={draft.value.max}
            onInput={(max) => set({ max })}
            numeric
          />
          <Kind links={links} devices={devices} />
        </Panel>
        <Panel id="when" title={w.when}>
          <Start draft={draft.value} at={at} set={set} wrong={wrong.has("starts")} />
          <Duration draft={draft.value} set={set} wrong={wrong.has("duration")} />
        </Panel>
        {refusal.value && <Refused refusal={refusal.value} />}
        <div class="row form-foot">
          <button type="submit" class="btn btn-go" aria-busy={busy.value}>
            {w.button}
          </button>
          <To to={{ screen: "list" }} class="btn btn-plain">
            <Icon name="back" flip />
            {words.app.toList}
          </To>
        </div>
      </form>
    </Frame>
  );
}

/** The request, or the fields that keep it from being one. */
function read(
  draft: Draft,
  guide: GuideFile,
  links: LinkKind,
  devices: boolean,
): NewConversation | Set<Fault> {
  const wrong = new Set<Fault>(guide.kind === "good" ? [] : ["guide"]);
  for (const field of faults(draft)) wrong.add(field);
  if (guide.kind !== "good" || wrong.size > 0) return wrong;
  const starts = withOffset(draft.starts, draft.zone);
  return {
    title: draft.title.trim(),
    max_participants: Number(draft.max),
    guide: guide.upload,
    links,
    several_devices: links === "unique" && devices,
    duration: Number(draft.duration),
    ...(starts === null ? {} : { starts_at: starts, zone: draft.zone }),
  };
}

function Kind({ links, devices }: { links: Signal<LinkKind>; devices: Signal<boolean> }) {
  const { create: w } = useWords();
  return (
    <div>
      <LinkKinds
        chosen={links.value}
        label={w.links}
        onChoose={(kind) => {
          links.value = kind;
        }}
      />
      {links.value === "unique" && (
        <div class="opt-last">
          <Tick
            said={w.devices}
            checked={devices.value}
            onChange={(on) => {
              devices.value = on;
            }}
          />
        </div>
      )}
    </div>
  );
}
