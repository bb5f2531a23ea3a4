// The question, and what stands above it: the moderator's message, what is new of it. Below it is the
// dock (dock.tsx).

import type { Seen } from "../../wire";
import { answerStatus, isEditable } from "../answer_status";
import { keptOf } from "../answers";
import { isOpen, progress } from "../conversation";
import { draftOf } from "../draft";
import { messageAbove, planLeft, waitingQuestion } from "../screen";
import type { PageState } from "../state";
import { Dock, LOOK } from "./dock";
import { Fields } from "./fields";
import { Banner, Bar, Body, Button, type Props } from "./frame";

export type QuestionProps = Props & { readonly seen: Seen };

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
        {status === "superseded" ? <Superseded {...props} /> : <News {...props} />}
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
            <span id="number">{t.question(item.number)}</span>
            <span>{plan(props, now)}</span>
          </p>
          <h1 class="q-text" id="title" aria-labelledby="number title" tabIndex={-1} dir="auto">
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

/** What is new of a question, if anything: it reads differently now, or is open again. */
export function newsOf(t: Props["t"], { notice, answers }: PageState, { item }: Seen) {
  if (!notice || notice.kind === "letIn" || notice.question !== item.id) return null;
  const answered = keptOf(answers, item.id).held !== undefined;
  const { edited, reopened, stays, change } = t.notice;
  return notice.kind === "edited"
    ? { kind: "plain" as const, title: edited, why: answered ? stays : undefined }
    : { kind: "go" as const, title: reopened(item.number), why: answered ? change : undefined };
}

function News({ t, state, seen }: QuestionProps) {
  const news = newsOf(t, state, seen);
  return news && <Banner {...news} icon="arrow" />;
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
