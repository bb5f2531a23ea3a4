// "I share this computer": the question, with the focus on the answer that changes nothing.

import { useEffect, useRef } from "preact/hooks";
import { Button, type Props, Told, Word } from "./frame";

export function Sharing({ t, state, session, onClose }: Props & { readonly onClose: () => void }) {
  const dialog = useRef<HTMLDialogElement>(null);
  const onItsWay = session.unsent;
  useEffect(() => {
    dialog.current?.showModal();
    dialog.current?.querySelector<HTMLElement>("[data-safe]")?.focus();
  }, []);
  return (
    <dialog class="dialog stack" ref={dialog} aria-labelledby="sharing" onClose={onClose}>
      <h2 id="sharing">{t.sharing.title}</h2>
      <p>{t.sharing.why}</p>
      {onItsWay > 0 && (
        <p>
          <b>{t.sharing.lost(onItsWay)}</b>
        </p>
      )}
      <p class="quiet">{t.sharing.back}</p>
      <Word kind="status-wait">{state.forgetting === "failed" && t.sharing.failed}</Word>
      <div class="acts">
        <button type="button" class="btn" data-safe onClick={() => dialog.current?.close()}>
          {t.sharing.keep}
        </button>
        <Button stop busy={state.forgetting === "busy"} onClick={() => void session.forget()}>
          {t.sharing.forget}
        </Button>
      </div>
    </dialog>
  );
}

export function Forgotten({ t }: Props) {
  return <Told {...t.sharing.done} />;
}
