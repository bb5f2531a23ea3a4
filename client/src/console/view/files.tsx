/** The files, each with what one row of it is. They are links; a plain click fetches the file in the page, so
 * that a refusal is said in words and never saved as if it were the file. */

import { type Signal, useComputed, useSignal } from "@preact/signals";
import type { ComponentChildren } from "preact";
import type { Refusal, StaffState } from "../../wire";
import { download, save } from "../download";
import { isInterim, runNames } from "../lifecycle";
import { now, signedOut } from "../session";
import { type FileName, type FileOptions, fileAddress, PLAIN } from "../staff_api";
import { mayReadFiles } from "../state";
import { useLive } from "./commands";
import { Tick } from "./fields";
import { Icon } from "./icons";
import { Refused } from "./parts";
import { useWords } from "./words";

export function FilesPanel({ state }: { state: StaffState }) {
  const { ended: words, files } = useWords();
  const live = useLive();
  const may = useComputed(() => mayReadFiles(live.room.value.role)).value;
  const options = useSignal<FileOptions>(PLAIN);
  const refused = useSignal<{ name: FileName; refusal: Refusal } | null>(null);
  const skew = useComputed(() => live.room.value.skew).value;
  const interim = isInterim(state, now.value + skew);
  const single = state.links === "single";
  return (
    <section class="panel files-panel" aria-labelledby="files-head">
      <div class="panel-head">
        <h3 id="files-head">{words.files}</h3>
      </div>
      {!may && <p class="panel-body small quiet">{words.observer}</p>}
      {may && (
        <>
          <div class="panel-body">
            <WhichRun state={state} options={options} />
            <FileLink
              slug={state.slug}
              name="bundle.zip"
              options={options.value}
              refused={refused}
              class="btn btn-go files-all"
            >
              {files.bundle}
            </FileLink>
            <p class="hint">{files.bundleWhat}</p>
            {interim && <p class="hint">{files.interim}</p>}
            {refused.value !== null && (
              <div class="files-refused">
                <p class="small">{files.notMade(refused.value.name)}</p>
                <Refused refusal={refused.value.refusal} />
              </div>
            )}
          </div>
          <Rows state={state} options={options.value} refused={refused} />
          {single && <p class="file small quiet">{words.anonymous}</p>}
          <Options state={state} options={options} />
        </>
      )}
    </section>
  );
}

type RefusedFile = Signal<{ name: FileName; refusal: Refusal } | null>;

/** It fetches the file itself; in another tab, or saved from the menu, it is a link like any. */
function FileLink({
  slug,
  name,
  options,
  refused,
  class: classes,
  label,
  children,
}: {
  slug: string;
  name: FileName;
  options: FileOptions;
  refused: RefusedFile;
  class: string;
  label?: string;
  children?: ComponentChildren;
}) {
  const busy = useSignal(false);
  const address = fileAddress(slug, name, options);
  const fetchIt = async () => {
    if (busy.value) return;
    busy.value = true;
    refused.value = null;
    const result = await download(address);
    busy.value = false;
    if (signedOut(result)) return;
    if (result.ok) save(result.value);
    else refused.value = { name, refusal: result.refusal };
  };
  return (
    <a
      class={classes}
      download
      aria-label={label}
      aria-busy={busy.value}
      title={label}
      href={address}
      onClick={(event) => {
        if (event.ctrlKey || event.metaKey || event.shiftKey) return;
        event.preventDefault();
        void fetchIt();
      }}
    >
      <Icon name="download" />
      {children}
    </a>
  );
}

function Rows({
  state,
  options,
  refused,
}: {
  state: StaffState;
  options: FileOptions;
  refused: RefusedFile;
}) {
  const { ended: words, files } = useWords();
  const live = useLive();
  const joined = useComputed(() => live.counts.value?.joined ?? 0).value;
  const asked = useComputed(() => live.counts.value?.asked ?? 0).value;
  const single = state.links === "single";
  const rows: readonly (readonly [FileName, string])[] = [
    ...(single ? [] : [["participant_data.csv", words.file.people(joined)] as const]),
    ["answers.csv", words.file.answers],
    ["questions.csv", words.file.questions(asked)],
    ["links.csv", words.file.links(single ? 1 : state.max_participants)],
    ["data.json", files.data],
  ];
  return (
    <>
      {rows.map(([name, what]) => (
        <div class="file" key={name}>
          <div>
            <b class="file-name">{name}</b>
            <p>{what}</p>
          </div>
          <FileLink
            slug={state.slug}
            name={name}
            options={options}
            refused={refused}
            class="btn btn-s btn-icon"
            label={words.download(name)}
          />
        </div>
      ))}
    </>
  );
}

/** Of which run the files are; nothing to choose while there is one. */
function WhichRun({ state, options }: { state: StaffState; options: Signal<FileOptions> }) {
  const { files } = useWords();
  const runs = runNames(state);
  const chosen = options.value.run;
  if (runs.length === 0) return null;
  return (
    <div class="field files-run">
      <label for="files-run">{files.run}</label>
      <select
        id="files-run"
        class="input"
        value={chosen === null ? "" : String(chosen)}
        onChange={({ currentTarget: { value } }) => {
          options.value = { ...options.value, run: value === "" ? null : Number(value) };
        }}
      >
        <option value="">{files.whole}</option>
        {runs.map(({ run, kind, nth }) => (
          <option key={run} value={String(run)}>
            {kind === "live" ? files.live : files.flex(nth)}
          </option>
        ))}
      </select>
    </div>
  );
}

function Options({ state, options }: { state: StaffState; options: Signal<FileOptions> }) {
  const { ended: words, files } = useWords();
  const chosen = options.value;
  const set = (change: Partial<FileOptions>) => {
    options.value = { ...options.value, ...change };
  };
  return (
    <div class="file-options">
      <Tick
        said={words.semicolon}
        checked={chosen.semicolon}
        onChange={(semicolon) => set({ semicolon })}
      />
      <Tick said={files.noBom} checked={chosen.noBom} onChange={(noBom) => set({ noBom })} />
      {state.links === "unique" && (
        <Tick
          said={words.everybody}
          checked={chosen.everybody}
          onChange={(everybody) => set({ everybody })}
        />
      )}
    </div>
  );
}
