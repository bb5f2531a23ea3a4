/** Choosing a guide file: it is checked by the server at once, and every problem is shown by row. */

import type { Signal } from "@preact/signals";
import type { Refusal } from "../../wire";
import { signedOut } from "../session";
import { type Checked, type GuideUpload, guideProblems, type Place, staffApi } from "../staff_api";
import { base64, refusedFile } from "../upload";
import { contents, Drop } from "./drop";
import { Banner, Refused, Served } from "./parts";
import { useWords } from "./words";

export type GuideFile =
  | { readonly kind: "none" }
  | { readonly kind: "reading"; readonly name: string }
  | { readonly kind: "refused"; readonly name: string; readonly why: "workbook" | "big" | "unread" }
  | { readonly kind: "failed"; readonly name: string; readonly refusal: Refusal }
  | { readonly kind: "bad"; readonly name: string; readonly problems: readonly Place[] }
  | {
      readonly kind: "good";
      readonly name: string;
      readonly upload: GuideUpload;
      readonly checked: Checked;
    };

export function GuideField({
  file,
  wrong,
  onTitle,
}: {
  file: Signal<GuideFile>;
  wrong: string;
  onTitle: (title: string) => void;
}) {
  const { create: w } = useWords();
  async function take(chosen: File) {
    file.value = { kind: "reading", name: chosen.name };
    const read = await judged(chosen);
    if (read === null) return;
    file.value = read;
    if (read.kind === "good" && read.checked.title !== "") onTitle(read.checked.title);
  }

  const name = file.value.kind === "none" ? "" : file.value.name;
  return (
    <>
      <Drop
        id="guide-file"
        accept=".csv,.tsv,.xlsx,.yaml,.yml,.txt,text/csv,application/yaml"
        button={name === "" ? w.choose : w.otherFile}
        describedBy="guide-hint"
        wrong={wrong !== ""}
        onFile={(chosen) => void take(chosen)}
      >
        <span class="drop-words">
          {name === "" ? (
            w.drop
          ) : (
            <b>
              <bdi>{name}</bdi>
            </b>
          )}
        </span>
      </Drop>
      <p class={wrong === "" ? "hint" : "hint is-wrong"} id="guide-hint">
        {wrong === "" ? w.guideHint : wrong}
      </p>
      <div role="status">
        <Outcome file={file.value} />
      </div>
    </>
  );
}

/** What came of it; null if we turned out to be signed out. */
async function judged(chosen: File): Promise<GuideFile | null> {
  const { name } = chosen;
  const why = refusedFile(name, chosen.size);
  if (why !== null) return { kind: "refused", name, why };
  const bytes = await contents(chosen);
  if (bytes === null) return { kind: "refused", name, why: "unread" };
  const upload = { name, data: base64(bytes) };
  const result = await staffApi.checkGuide(upload);
  if (signedOut(result)) return null;
  const problems = guideProblems(result);
  if (problems !== null) return { kind: "bad", name, problems };
  return result.ok
    ? { kind: "good", name, upload, checked: result.value }
    : { kind: "failed", name, refusal: result.refusal };
}

function Outcome({ file }: { file: GuideFile }) {
  const { create: w } = useWords();
  switch (file.kind) {
    case "none":
      return null;
    case "reading":
      return <p class="small quiet">{w.checking(file.name)}</p>;
    case "refused":
      return <Banner tone="stop" title={w[file.why]} />;
    case "failed":
      return <Refused refusal={file.refusal} />;
    case "bad":
      return (
        <div class="stack">
          <Banner tone="stop" title={w.problems(file.problems.length)} more={w.problemsMore} />
          <Places places={file.problems} head={w.what} />
        </div>
      );
    case "good": {
      const { questions, items, remarks } = file.checked;
      return (
        <div class="stack">
          <Banner tone="go" title={w.good(questions, items)} />
          {remarks.length > 0 && (
            <>
              <Banner tone="wait" title={w.remarks(remarks.length)} more={w.remarksMore} />
              <Places places={remarks} head={w.whatRead} />
            </>
          )}
        </div>
      );
    }
  }
}

function Places({ places, head }: { places: readonly Place[]; head: string }) {
  const { f, create: w } = useWords();
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: a region that scrolls must be reachable by keyboard
    <section class="table-wrap places" tabIndex={0} aria-label={head}>
      <table>
        <thead>
          <tr>
            <th scope="col" class="end">
              {w.row}
            </th>
            <th scope="col">{w.column}</th>
            <th scope="col">{head}</th>
          </tr>
        </thead>
        <tbody>
          {places.map((place) => (
            <tr key={`${place.row} ${place.column} ${place.what}`}>
              <td class="end num">{place.row === 0 ? w.wholeFile : f.number(place.row)}</td>
              <td>
                <bdi>{place.column}</bdi>
              </td>
              <td class="wrap">
                <Served>{place.what}</Served>
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}
