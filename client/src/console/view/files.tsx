/** The files, each with what one row of it is. They are downloaded as plain links. */

import { type Signal, useComputed, useSignal } from "@preact/signals";
import type { StaffState } from "../../wire";
import { runNames } from "../lifecycle";
import { type FileName, type FileOptions, fileAddress, PLAIN } from "../staff_api";
import { mayReadFiles } from "../state";
import { useLive } from "./commands";
import { Tick } from "./fields";
import { Icon } from "./icons";
import { useWords } from "./words";

export function FilesPanel({ state }: { state: StaffState }) {
  const { ended: words, files } = useWords();
  const live = useLive();
  const may = useComputed(() => mayReadFiles(live.room.value.role)).value;
  const options = useSignal<FileOptions>(PLAIN);
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
            <a
              class="btn btn-go"
              download
              href={fileAddress(state.slug, "bundle.zip", options.value)}
            >
              <Icon name="download" />
              {files.bundle}
            </a>
            <p class="hint">{files.bundleWhat}</p>
          </div>
          <Rows state={state} options={options.value} />
          {single && <p class="file small quiet">{words.anonymous}</p>}
          <Options state={state} options={options} />
        </>
      )}
    </section>
  );
}

function Rows({ state, options }: { state: StaffState; options: FileOptions }) {
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
          <a
            class="btn btn-s btn-icon"
            download
            aria-label={words.download(name)}
            title={words.download(name)}
            href={fileAddress(state.slug, name, options)}
          >
            <Icon name="download" />
          </a>
        </div>
      ))}
    </>
  );
}

function Options({ state, options }: { state: StaffState; options: Signal<FileOptions> }) {
  const { ended: words, files } = useWords();
  const runs = runNames(state);
  const now = options.value;
  const set = (change: Partial<FileOptions>) => {
    options.value = { ...options.value, ...change };
  };
  return (
    <div class="file-options">
      {runs.length > 0 && (
        <div class="field">
          <label for="files-run">{files.run}</label>
          <select
            id="files-run"
            class="input"
            value={now.run === null ? "" : String(now.run)}
            onChange={(event) => {
              const { value } = event.currentTarget;
              set({ run: value === "" ? null : Number(value) });
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
      )}
      <Tick
        said={words.semicolon}
        checked={now.semicolon}
        onChange={(semicolon) => set({ semicolon })}
      />
      <Tick said={files.noBom} checked={now.noBom} onChange={(noBom) => set({ noBom })} />
      {state.links === "unique" && (
        <Tick
          said={words.everybody}
          checked={now.everybody}
          onChange={(everybody) => set({ everybody })}
        />
      )}
    </div>
  );
}
