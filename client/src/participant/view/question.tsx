// The question, the moderator's message above it, and the dock: whether the answer counts, and the one
// thing to do.

import { useEffect, useRef, useState } from "preact/hooks";
import type { Seen } from "../../wire";
import { keptOf } from "../answers";
import { isOpen, progress } from "../conversation";
import { draftOf, type Problem } from "../draft";
import {
  type AnswerStatus,
  answerStatus,
  isEditable,
  messageAbove,
  planLeft,
  waitingQuestion,
} from "../screen";
import { Fields } from "./fields";
import { Banner, Bar, Body, Button, type Props } from "./frame";
import { Icon, type IconName } from "./icons";

type QuestionProps = Props & { readonly seen: Seen };

export function Question(props: QuestionProps) {
  const { t, state, session, now, seen } = props;
  const { item } = seen;
  const kept = keptOf(state.answers, item.id);
  const status = answerStatus(state, seen);
  const editable = isEditable(seen, status);
  const body = kept.note?.body ?? kept.next ?? kept.pending?.body ?? kept.held?.body;
  const shown = editable || !body ? (kept.draft ?? {}) : draftOf(body);
  const waiting = waitingQuestion(state);
  return (
    <>
      <Body>
        {waiting && (
          <Banner kind="go" icon="arrow" title={t.goTo(waiting.number)}>
            <Button onClick={() => session.dispatch({ type: "goOn", item: item.id })}>
              {t.goToIt}
            </Button>
          </Banner>
        )}
        {status === "superseded" && <Superseded {...props} />}
        <Progress {...props} />
        <Above {...props} />
        <form
          id="answer"
          class="q"
          data-s={LOOK[status].s}
          aria-labelledby="title"
          onSubmit={(event) => {
            event.preventDefault();
            if (editable) session.submit(item.id);
          }}
        >
          <p class="q-meta">
            <span>{t.question(item.number)}</span>
            <span>{plan(props, now)}</span>
          </p>
          <h1 class="q-text" id="title" tabIndex={-1} dir="auto">
            {item.text}
          </h1>
          <Fields
            t={t}
            item={item}
            draft={shown}
            locked={!editable}
            invalid={state.view.problem !== null}
            seed={state.seed}
            limit={state.textLimit}
            onDraft={(draft) => session.dispatch({ type: "draft", question: item.id, draft })}
            onTyping={(typing) => session.dispatch({ type: "typing", typing })}
            onSubmit={() => session.submit(item.id)}
          />
        </form>
      </Body>
      <Dock {...props} status={status} editable={editable} />
    </>
  );
}

function plan({ t, state, seen }: QuestionProps, now: number): string {
  if (!isOpen(seen)) return t.plan.closed;
  const left = planLeft(state, seen.item.id, now);
  if (left === null) return "";
  return left === 0 ? t.plan.open : t.plan.about(left);
}

export function Progress({ t, state }: Props) {
  if (state.conversation === null) return null;
  const isAnswered = (id: number) => state.answers[id]?.held !== undefined;
  const { asked, answered } = progress(state.conversation, isAnswered);
  return (
    <div class="prog">
      <span class="num">{asked ? t.progress(answered, asked) : t.noQuestionsYet}</span>
      <Bar share={asked ? answered / asked : 0} />
    </div>
  );
}

function Above({ t, state, seen }: QuestionProps) {
  const above = messageAbove(state, seen.item.id);
  if (above === null) return null;
  return (
    <details class="note" open={!above.folded} key={above.item.id}>
      <summary>
        <span class="quiet">{t.fromModerator}</span>
        <bdi class="clip note-line">{above.item.text}</bdi>
      </summary>
      <p dir="auto">{above.item.text}</p>
    </details>
  );
}

function Superseded({ t, session, state, seen }: QuestionProps) {
  const question = seen.item.id;
  const body = keptOf(state.answers, question).note?.body;
  return (
    <Banner kind="wait" icon="warning" title={t.superseded.title} why={t.superseded.why}>
      <Button onClick={() => session.dispatch({ type: "unedit", question })}>
        {t.superseded.keep}
      </Button>
      {body && isOpen(seen) && (
        <Button onClick={() => session.dispatch({ type: "send", question, body })}>
          {t.superseded.mine}
        </Button>
      )}
    </Banner>
  );
}

const LOOK: Readonly<Record<AnswerStatus, { s: string; icon: IconName }>> = {
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

function Dock(props: DockProps) {
  const { t, state, now, status } = props;
  const settled = useSettled(status);
  const { problem } = state.view;
  const [title, why] = problem ? problemWords(props, problem) : statusWords(props, settled, now);
  const look = problem ? { s: "lost", icon: "warning" as const } : LOOK[settled];
  const dock = useKeptFocus(settled);
  return (
    <div class="dock dock-side" tabIndex={-1} ref={dock}>
      <p class="status" data-s={look.s} role="status">
        <Icon name={look.icon} />
        <span class="grow">
          <b>{title}</b>
          <span>{why}</span>
        </span>
      </p>
      <Action {...props} t={t} />
    </div>
  );
}

function statusWords({ t, state, seen }: QuestionProps, status: AnswerStatus, now: number) {
  if (status === "waiting" && state.line?.kind === "waiting") {
    const seconds = Math.ceil((state.line.until - now) / 1_000);
    return [t.status.waiting[0], seconds > 0 ? t.status.waitingFor(seconds) : t.status.waiting[1]];
  }
  if (status === "refused") {
    return [t.status.refused, keptOf(state.answers, seen.item.id).note?.why ?? ""];
  }
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

/** The one thing to do, if there is any. */
function Action({ t, session, state, seen, status, editable }: DockProps) {
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
      return isOpen(seen) && isSaved(status) ? (
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
