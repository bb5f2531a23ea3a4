/** The QR codes of many links on sheets to print: each with its number and its participant_id. */

import { useSignal } from "@preact/signals";
import { useEffect, useRef } from "preact/hooks";
import type { Refusal } from "../../wire";
import { range } from "../links_list";
import { signedOut } from "../session";
import { type Link, MOST_CODES, type QrCode, staffApi } from "../staff_api";
import { useLive } from "./commands";
import { TextField } from "./fields";
import { Paper } from "./paper";
import { Dialog, Refused } from "./parts";
import { QrPicture } from "./qr";
import { useWords } from "./words";

/** On one sheet at first: more are a matter of patience and paper. */
const AT_FIRST = 48;

type Square = QrCode & Pick<Link, "pid">;

export function SheetDialog({ links, onClose }: { links: readonly Link[]; onClose: () => void }) {
  const { f, qr: words } = useWords();
  const live = useLive();
  const first = useSignal("1");
  const last = useSignal(String(Math.min(AT_FIRST, links.length)));
  const drawn = useSignal<readonly Square[]>([]);
  const busy = useSignal(false);
  const refusal = useSignal<Refusal | null>(null);
  const gone = useRef(false);
  useEffect(
    () => () => {
      gone.current = true;
    },
    [],
  );
  const chosen = range(first.value, last.value, links.length);
  const many = chosen === null ? 0 : chosen[1] - chosen[0] + 1;

  const whole = many > 0 && drawn.value.length === many;

  async function draw(event: SubmitEvent) {
    event.preventDefault();
    if (busy.value || chosen === null) return;
    const [from, to] = chosen;
    busy.value = true;
    refusal.value = null;
    drawn.value = [];
    for (let at = from; at <= to && !gone.current; at += MOST_CODES) {
      const result = await staffApi.codes(live.slug, at, Math.min(MOST_CODES, to - at + 1));
      if (signedOut(result)) return;
      if (!result.ok) {
        refusal.value = result.refusal;
        break;
      }
      const squares = result.value.codes.map((code) => ({
        ...code,
        pid: links[code.number - 1]?.pid ?? "",
      }));
      drawn.value = [...drawn.value, ...squares];
    }
    busy.value = false;
  }

  const type = (field: typeof first) => (value: string) => {
    field.value = value;
    drawn.value = [];
  };
  return (
    <Dialog title={words.sheet} onClose={onClose}>
      <form class="stack" noValidate onSubmit={(event) => void draw(event)}>
        <p class="quiet">{words.sheetText}</p>
        <div class="bounds">
          <TextField
            id="qr-first"
            label={words.first}
            hint=""
            wrong=""
            value={first.value}
            onInput={type(first)}
            numeric
          />
          <TextField
            id="qr-last"
            label={words.last}
            hint=""
            wrong=""
            value={last.value}
            onInput={type(last)}
            numeric
          />
        </div>
        <p class={chosen === null ? "hint is-wrong" : "hint"} role="status">
          {chosen === null ? words.rangeWrong(links.length) : words.rangeHint(links.length)}
        </p>
        {refusal.value && <Refused refusal={refusal.value} />}
        <p class="small quiet" role="status">
          {busy.value && words.drawn(drawn.value.length, many)}
          {whole && words.many(drawn.value.length)}
        </p>
        <div class="row row-wrap">
          <button type="button" class="btn grow" data-safe onClick={onClose}>
            {words.cancel}
          </button>
          <button
            type="submit"
            class="btn btn-go grow"
            aria-busy={busy.value}
            aria-disabled={chosen === null}
          >
            {words.sheetYes}
          </button>
        </div>
      </form>
      {whole && (
        <Paper onDrawn={() => requestAnimationFrame(() => window.print())}>
          <ul class="qr-sheet">
            {drawn.value.map((square) => (
              <li key={square.number}>
                <QrPicture code={square} label={words.picture(square.number)} />
                <span class="small">{f.number(square.number)}</span>
                <span class="mono xs">{square.pid}</span>
              </li>
            ))}
          </ul>
        </Paper>
      )}
    </Dialog>
  );
}
