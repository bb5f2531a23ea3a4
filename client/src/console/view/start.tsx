/** Start, which everybody feels at once, and so asks first. */

import { useComputed, useSignal } from "@preact/signals";
import { useLive } from "./commands";
import { Confirm } from "./confirm";
import { useWords } from "./words";

const START = { op: "start" } as const;

export function StartButton() {
  const { ready: words } = useWords();
  const live = useLive();
  const asks = useSignal(false);
  const waiting = useComputed(() => live.counts.value?.waiting ?? 0).value;
  return (
    <>
      <button
        type="button"
        class="btn btn-go"
        onClick={() => {
          asks.value = true;
        }}
      >
        {words.start}
      </button>
      {asks.value && (
        <Confirm
          title={words.startTitle}
          asked={START}
          yes={words.startYes}
          no={words.startNo}
          yesClass="btn btn-go grow"
          onClose={() => {
            asks.value = false;
          }}
        >
          <p>{words.startWaiting(waiting)}</p>
          <p class="quiet">{words.startNote}</p>
        </Confirm>
      )}
    </>
  );
}
