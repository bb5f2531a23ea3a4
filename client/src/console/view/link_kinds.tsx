/** The choice between links for each person and one for everybody. */

import type { StaffState } from "../../wire";
import { useWords } from "./words";

type LinkKind = StaffState["links"];
const KINDS: readonly LinkKind[] = ["unique", "single"];

export function LinkKinds({
  chosen,
  label,
  onChoose,
}: {
  chosen: LinkKind;
  label: string;
  onChoose: (kind: LinkKind) => void;
}) {
  const { create: words } = useWords();
  return (
    <fieldset class="opts">
      <legend class="vh">{label}</legend>
      {KINDS.map((kind) => (
        <label class="opt" key={kind}>
          <input
            type="radio"
            name="links"
            checked={chosen === kind}
            onChange={() => onChoose(kind)}
          />
          <span>
            <b>{words[kind].title}</b>
            <small>{words[kind].more}</small>
          </span>
        </label>
      ))}
    </fieldset>
  );
}
