// One's own answers, question by question. In flex the list is the home: what is answered, to do, kept
// from before; otherwise it is for reading.

import type { Body, Item, Seen } from "../../wire";
import { type Row, rowOf } from "../answer_status";
import { keptOf } from "../answers";
import { isOpen, questions } from "../conversation";
import { type Draft, isEmpty } from "../draft";
import { Button, Lead, Body as PageBody, type Props, Title } from "./frame";
import { Icon, type IconName } from "./icons";
import { Onward } from "./onward";
import { Progress } from "./question";

export function List(props: Props) {
  const { t, state } = props;
  const flex = state.conversation?.phase === "flex";
  const all = state.conversation ? questions(state.conversation) : [];
  return (
    <>
      <PageBody>
        <div class="stack">
          <Title>{flex ? t.list.flexTitle : t.list.mine}</Title>
          {flex && (
            <Lead>{state.endsAt === null ? t.list.anyTime : t.list.until(state.endsAt)}</Lead>
          )}
          <Progress {...props} />
          {all.length === 0 && <p class="quiet">{t.list.empty}</p>}
          <ul class="todo">
            {all.map((seen) => (
              <li key={seen.item.id}>
                <Line {...props} seen={seen} flex={flex} />
              </li>
            ))}
          </ul>
        </div>
      </PageBody>
      <div class="dock">{flex ? <Onward {...props} /> : <Back {...props} />}</div>
    </>
  );
}

function Back({ t, session }: Props) {
  return (
    <Button big onClick={() => session.dispatch({ type: "list", open: false })}>
      {t.list.back}
    </Button>
  );
}

const ICONS: Readonly<Record<Row, IconName | null>> = {
  taken: "cross",
  locked: "lock",
  waiting: "clock",
  lost: "cross",
  saved: "tick",
  begun: "arrow",
  open: null,
  none: null,
};

type LineProps = Props & { readonly seen: Seen; readonly flex: boolean };

/** A button where it leads to a question that may be answered; else words alone. */
function Line({ t, state, session, seen, flex }: LineProps) {
  const row = rowOf(state, seen);
  const { item } = seen;
  const icon = ICONS[row];
  const content = (
    <>
      <span class="mark" data-row={row}>
        {icon && <Icon name={icon} />}
      </span>
      <span class="grow">
        <span class="small quiet num">{t.question(item.number)}</span>
        <span class="todo-text" dir="auto" data-row={row}>
          {item.text}
        </span>
        {!flex && <Given t={t} state={state} seen={seen} />}
        <small>{rowWords(t, row, seen, flex)}</small>
      </span>
    </>
  );
  if (!flex && !isOpen(seen)) return <div class="todo-row">{content}</div>;
  const tap = () =>
    session.dispatch(flex ? { type: "goTo", question: item.id } : { type: "list", open: false });
  return (
    <button type="button" class="todo-row" onClick={tap}>
      {content}
    </button>
  );
}

function rowWords(t: Props["t"], row: Row, seen: Seen, flex: boolean): string {
  const words = t.list.row;
  if (row === "saved" && flex) return words.savedOpen;
  if (row === "begun" && !isOpen(seen)) return words.begunClosed;
  return words[row];
}

/** What was answered, or what still stands in the fields. */
function Given({ t, state, seen }: Pick<Props, "t" | "state"> & { readonly seen: Seen }) {
  const { next, pending, note, held, draft } = keptOf(state.answers, seen.item.id);
  const body = next ?? pending?.body ?? note?.body ?? held?.body ?? bodyLike(draft);
  if (body === undefined) return null;
  return (
    <span class="given" dir="auto">
      {said(t, seen.item, body)}
    </span>
  );
}

/** A draft as the answer that it would be; for showing it alone. */
function bodyLike(draft: Draft | undefined): Body | undefined {
  if (draft === undefined || isEmpty(draft)) return undefined;
  const { option, options, ownChosen, own, text, number } = draft;
  return {
    ...(option !== undefined && { option }),
    ...(options !== undefined && { options }),
    ...(ownChosen && own !== undefined && { other: own }),
    ...((text ?? number) !== undefined && { text: text ?? number ?? "" }),
  };
}

/** An answer in words, a line for each choice. */
function said(t: Props["t"], item: Item, body: Body): string {
  const chosen = [...(body.option === undefined ? [] : [body.option]), ...(body.options ?? [])];
  const texts = chosen.map((option) => item.options?.[option - 1]?.text ?? "");
  const number = body.number === undefined ? undefined : t.f.number(body.number);
  return [...texts, body.other, body.text, number].filter((line) => line !== undefined).join("\n");
}
