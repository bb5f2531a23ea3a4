/** Who asks to move a link to another device. It is there only while somebody asks. */

import { useComputed } from "@preact/signals";
import { shortPid } from "../numbers";
import { now } from "../session";
import { mayCommand } from "../state";
import { CommandButton, useLive } from "./commands";
import { useWords } from "./words";

export function Tray() {
  const { tray: words } = useWords();
  const live = useLive();
  const asking = live.asking.value;
  const may = useComputed(() => mayCommand(live.room.value.role)).value;
  if (asking.length === 0) return null;
  return (
    <section class="panel tray" aria-labelledby="tray-head">
      <div class="panel-head">
        <h2 id="tray-head">{words.title(asking.length)}</h2>
      </div>
      <ul class="tray-rows">
        {asking.map((one) => (
          <li key={`${one.participant} ${one.letters}`}>
            <b class="letters" dir="ltr">
              <span aria-hidden="true">{one.letters}</span>
              <span class="vh">{[...one.letters].join(" ")}</span>
            </b>
            <span class="mono small" dir="ltr">
              {shortPid(one.pid)}
            </span>
            <span class="small quiet">
              {words.since(Math.max(0, Math.floor((now.value - one.at) / 60_000)))}
            </span>
            {may && (
              <CommandButton
                asked={{ op: "release", letters: one.letters }}
                class="btn btn-s push"
                label={words.releaseLabel(one.letters)}
              >
                {words.release}
              </CommandButton>
            )}
          </li>
        ))}
      </ul>
      <p class="panel-body small quiet">{words.hint}</p>
    </section>
  );
}
