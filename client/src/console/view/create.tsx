/** A new conversation: its guide, how many may come, how they get in, when. */

import { type Signal, useSignal } from "@preact/signals";
import { useRef } from "preact/hooks";
import { ownZone } from "../../i18n";
import type { Refusal, StaffState } from "../../wire";
import { go, signedOut } from "../session";
import { type NewConversation, staffApi } from "../staff_api";
import { type Draft, type Field, faults } from "../upload";
import { withOffset } from "../zones";
import { Panel, TextField } from "./fields";
import { Frame, Me } from "./frame";
import { GuideField, type GuideFile } from "./guide_field";
import { Icon } from "./icons";
import { Refused, To } from "./parts";
import { When } from "./when";
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
        <When draft={draft.value} set={set} wrong={wrong} />
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
  const kinds: readonly (readonly [LinkKind, typeof w.unique])[] = [
    ["unique", w.unique],
    ["single", w.single],
  ];
  return (
    <div>
      <fieldset>
        <legend class="vh">{w.links}</legend>
        {kinds.map(([kind, said]) => (
          <label class="opt" key={kind}>
            <input
              type="radio"
              name="links"
              checked={links.value === kind}
              onChange={() => {
                links.value = kind;
              }}
            />
            <span>
              <b>{said.title}</b>
              <small>{said.more}</small>
            </span>
          </label>
        ))}
      </fieldset>
      {links.value === "unique" && (
        <label class="opt opt-last">
          <input
            type="checkbox"
            checked={devices.value}
            onChange={(event) => {
              devices.value = event.currentTarget.checked;
            }}
          />
          <span>
            <b>{w.devices.title}</b>
            <small>{w.devices.more}</small>
          </span>
        </label>
      )}
    </div>
  );
}
