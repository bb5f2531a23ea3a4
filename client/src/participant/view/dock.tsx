// Below the question: whether the answer counts, in the same place always, and the one thing to do.

import { useEffect, useRef, useState } from "preact/hooks";
import type { AnswerStatus } from "../answer_status";
import { keptOf } from "../answers";
import { isOpen } from "../conversation";
import type { Problem } from "../draft";
import { Button, type Props } from "./frame";
import { Icon, type IconName } from "./icons";
import { Onward } from "./onward";
import type { QuestionProps } from "./question";

export const LOOK: Readonly<Record<AnswerStatus, { s: string; icon: IconName }>> = {
  draft: { s: "draft", icon: "arrow" },
  draftText: { s: "draft", icon: "arrow" },
  changing: { s: "draft", icon: "arrow" },
  sending: { s: "draft", icon: "arrow" },
  waiting: { s: "waiting", icon: "clock" },
  slow: { s: "waiting", icon: "clock" },
  saved: { s: "saved", icon: "tick" },
  replaced: { s: "saved", icon: "tick" },
  late: { s: "saved", icon: "tick" },
  elsewhere: { s: "saved", icon: "tick" },
  locked: { s: "saved", icon: "lock" },
  superseded: { s: "waiting", icon: "warning" },
  lost: { s: "lost", icon: "cross" },
  refused: { s: "lost", icon: "warning" },
  withdrawn: { s: "draft", icon: "cross" },
  closed: { s: "draft", icon: "clock" },
  closedDraft: { s: "lost", icon: "cross" },
  closedText: { s: "lost", icon: "cross" },
  closedChange: { s: "lost", icon: "cross" },
};

/** Which words, once "Sending …" has waited its 400 ms. */
function useSettled(status: AnswerStatus): AnswerStatus {
  const [late, setLate] = useState(false);
  const sending = status === "sending";
  useEffect(() => {
    setLate(false);
    if (!sending) return;
    const timer = setTimeout(() => setLate(true), 400);
    return () => clearTimeout(timer);
  }, [sending]);
  return sending && !late ? "draft" : status;
}

/** A button that goes away takes the focus with it: the dock keeps the place in the order of tabs. */
function useKeptFocus(status: AnswerStatus) {
  const dock = useRef<HTMLDivElement>(null);
  const before = useRef(status);
  useEffect(() => {
    const changed = before.current !== status;
    before.current = status;
    if (changed && document.activeElement === document.body) {
      dock.current?.focus({ preventScroll: true });
    }
  }, [status]);
  return dock;
}

type DockProps = QuestionProps & { readonly status: AnswerStatus; readonly editable: boolean };

export function Dock(props: DockProps) {
  const { t, state, status } = props;
  const settled = useSettled(status);
  const { problem } = state.view;
  const [title, why] = problem ? problemWords(props, problem) : statusWords(props, settled);
  const look = problem ? { s: "lost", icon: "warning" as const } : LOOK[settled];
  const dock = useKeptFocus(settled);
  return (
    <div class="dock dock-side" tabIndex={-1} ref={dock}>
      <p class="status" data-s={look.s} role="status">
        <Icon name={look.icon} />
        <span class="grow">
          <b>{title}</b>
          <span>{why}</span>
          {!problem && <Countdown {...props} status={settled} />}
        </span>
      </p>
      <Action {...props} t={t} />
    </div>
  );
}

/** When the page tries again. Who listens would hear every second of it. */
function Countdown({ t, state, now, status }: QuestionProps & { readonly status: AnswerStatus }) {
  if (status !== "waiting" || state.line?.kind !== "waiting") return null;
  const seconds = Math.ceil((state.line.until - now) / 1_000);
  return seconds > 0 ? <span aria-hidden="true"> {t.status.waitingFor(seconds)}</span> : null;
}

function statusWords({ t, state, seen }: QuestionProps, status: AnswerStatus) {
  if (status === "refused") {
    return [t.status.refused, keptOf(state.answers, seen.item.id).note?.why ?? ""];
  }
  const flex = state.conversation?.phase === "flex";
  if (flex && status === "saved") return t.status.ownPace;
  return t.status[status];
}

function problemWords({ t }: Props, problem: Problem) {
  switch (problem.kind) {
    case "long":
      return t.problem.long(problem.over, problem.most);
    case "number":
      return t.problem.number(problem.min, problem.max, problem.step);
    default:
      return t.problem[problem.kind];
  }
}

/** What may be done here; in flex the way onward stands beside it. */
function Action(props: DockProps) {
  const { state, seen, editable } = props;
  const flex = state.conversation?.phase === "flex";
  if (editable || !flex) return <Deed {...props} />;
  const deed = seen.status === "withdrawn" ? null : <Deed {...props} />;
  return (
    <div class="acts">
      <Onward {...props} />
      {deed}
    </div>
  );
}

function Deed({ t, session, state, seen, status, editable }: DockProps) {
  const question = seen.item.id;
  const goOn = () => session.dispatch({ type: "goOn", item: question });
  if (editable) {
    return (
      <div class="acts">
        {status === "changing" && (
          <Button plain onClick={() => session.dispatch({ type: "unedit", question })}>
            {t.keep}
          </Button>
        )}
        <button type="submit" form="answer" class="btn btn-go btn-big">
          {t.send}
        </button>
      </div>
    );
  }
  switch (status) {
    case "sending":
      return (
        <Button go big busy onClick={goOn}>
          {t.sending}
        </Button>
      );
    case "waiting":
      return <Button onClick={() => void session.again()}>{t.tryNow}</Button>;
    case "closedText":
    case "closedChange":
    case "closedDraft":
    case "lost":
      return <Leave t={t} state={state} seen={seen} onGoOn={goOn} />;
    case "withdrawn":
      return <Button onClick={goOn}>{t.goOn}</Button>;
    default:
      return isOpen(seen) && isSaved(status) && status !== "locked" ? (
        <Button onClick={() => session.dispatch({ type: "edit", question })}>{t.change}</Button>
      ) : null;
  }
}

function isSaved(status: AnswerStatus): boolean {
  return LOOK[status].s === "saved";
}

function Leave(props: Pick<QuestionProps, "t" | "state" | "seen"> & { onGoOn: () => void }) {
  const { t, state, seen, onGoOn } = props;
  const [copied, setCopied] = useState(false);
  const { draft, note } = keptOf(state.answers, seen.item.id);
  const text = note?.body.text ?? draft?.text;
  // The clipboard is missing on plain http.
  const clipboard = navigator.clipboard as Clipboard | undefined;
  return (
    <div class="acts">
      {text && clipboard && (
        <Button
          onClick={() => {
            void clipboard.writeText(text).then(() => setCopied(true));
          }}
        >
          {copied ? t.copied : t.copy}
        </Button>
      )}
      <Button onClick={onGoOn}>{t.goOn}</Button>
    </div>
  );
}
