/** The files, each with what one row of it is. They are downloaded as plain links. */

import { useComputed, useSignal } from "@preact/signals";
import type { StaffState } from "../../wire";
import { type FileName, fileAddress } from "../staff_api";
import { mayReadFiles } from "../state";
import { useLive } from "./commands";
import { Icon } from "./icons";
import { useWords } from "./words";

export function FilesPanel({ state }: { state: StaffState }) {
  const { ended: words } = useWords();
  const live = useLive();
  const may = useComputed(() => mayReadFiles(live.room.value.role)).value;
  const joined = useComputed(() => live.counts.value?.joined ?? 0).value;
  const asked = useComputed(() => live.counts.value?.asked ?? 0).value;
  const semicolon = useSignal(false);
  const everybody = useSignal(false);
  const single = state.links === "single";
  const files: readonly (readonly [FileName, string])[] = [
    ...(single ? [] : [["participant_data.csv", words.file.people(joined)] as const]),
    ["answers.csv", words.file.answers],
    ["questions.csv", words.file.questions(asked)],
    ["links.csv", words.file.links(single ? 1 : state.max_participants)],
  ];
  return (
    <section class="panel files-panel" aria-labelledby="files-head">
      <div class="panel-head">
        <h3 id="files-head">{words.files}</h3>
      </div>
      {!may && <p class="panel-body small quiet">{words.observer}</p>}
      {may && (
        <>
          {single && <p class="file small quiet">{words.anonymous}</p>}
          {files.map(([name, what]) => (
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
                href={fileAddress(state.slug, name, {
                  semicolon: semicolon.value,
                  everybody: everybody.value,
                })}
              >
                <Icon name="download" />
              </a>
            </div>
          ))}
          <div class="file-options">
            <Option said={words.semicolon} chosen={semicolon} />
            {!single && <Option said={words.everybody} chosen={everybody} />}
          </div>
        </>
      )}
    </section>
  );
}

function Option({
  said,
  chosen,
}: {
  said: { readonly title: string; readonly more: string };
  chosen: { value: boolean };
}) {
  return (
    <label class="opt">
      <input
        type="checkbox"
        checked={chosen.value}
        onChange={(event) => {
          chosen.value = event.currentTarget.checked;
        }}
      />
      <span>
        <b>{said.title}</b>
        <small>{said.more}</small>
      </span>
    </label>
  );
}
