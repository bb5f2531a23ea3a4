// The way onward where everybody goes at their own pace.

import { nextUnanswered } from "../screen";
import { Button, type Props } from "./frame";

/** In flex: to the next question that waits for an answer, or the word that none does. */
export function Onward({ t, state, session }: Props) {
  const next = nextUnanswered(state);
  if (next !== null) {
    return (
      <Button go big onClick={() => session.dispatch({ type: "goTo", question: next })}>
        {t.list.next}
      </Button>
    );
  }
  return state.view.at === null ? (
    <p class="status-line" role="status">
      {t.list.allDone}
    </p>
  ) : (
    <Button big onClick={() => session.dispatch({ type: "goTo", question: null })}>
      {t.list.all}
    </Button>
  );
}
