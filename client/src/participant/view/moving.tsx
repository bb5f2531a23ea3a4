// A link moves to another device: the letters on the one that asks, the question on the first one.

import { useState } from "preact/hooks";
import { serverTime } from "../clock";
import { isAsked } from "../request";
import type { Screen } from "../screen";
import { Body, Button, Lead, type Props, Title, Told, toTitle } from "./frame";
import { Icon } from "./icons";

const PLACES = [0, 1, 2, 3];

export function AskingScreen({
  asking: { letters, until, movesAt },
  ...props
}: Props & { readonly asking: Extract<Screen, { kind: "asking" }> }) {
  const { t, state, session, now } = props;
  const left = until - serverTime(state, now);
  return (
    <>
      <Body>
        <div class="stack stack-wide">
          <div class="stack stack-near">
            <Title>{t.refusal.other_device.title}</Title>
            <Lead>{t.moving.lead}</Lead>
          </div>
          <div class="stack stack-near">
            <div class="letters" role="img" aria-label={t.moving.letters(letters)}>
              {PLACES.map((place) => (
                <span aria-hidden="true" key={place}>
                  {letters[place]}
                </span>
              ))}
            </div>
            <p class="small quiet">{t.moving.device}</p>
          </div>
          <ol class="steps">
            {t.moving.steps.map(([where, what]) => (
              <li key={where}>
                <span>
                  <b>{where}</b>
                  {what}
                </span>
              </li>
            ))}
          </ol>
          {movesAt !== null && <p class="quiet">{t.moving.byItself(movesAt)}</p>}
        </div>
      </Body>
      <div class="dock dock-bare">
        <p class="status-line" role="timer">
          <span class="pulse pulse-wait" />
          <span class="num">{t.moving.left(Math.ceil(left / 1_000))}</span>
        </p>
        <Button onClick={() => session.door.stopAsking()}>{t.moving.stop}</Button>
      </div>
    </>
  );
}

export function Unanswered({ t, session }: Props) {
  return (
    <Told {...t.moving.unanswered}>
      <Button go big onClick={() => void session.askToMove()}>
        {t.moving.askAgain}
      </Button>
    </Told>
  );
}

/** This was the first device. */
export function Moved({ t, session }: Props) {
  return (
    <Told {...t.moving.moved}>
      <Button big onClick={() => void session.askToMove()}>
        {t.moving.askBack}
      </Button>
    </Told>
  );
}

/** On the first device, above whatever is on screen: it takes no focus and no place in an answer. */
export function FirstDevice({ t, state, session, now }: Props) {
  const [letters, setLetters] = useState("");
  const { request } = state;
  if (!isAsked(request, serverTime(state, now))) return null;
  const [title, why] = t.moving.first;
  const left = request.triesLeft;
  return (
    <section class="banner banner-wait banner-act" aria-labelledby="move">
      <Icon name="phone" />
      <div>
        <b id="move">{title}</b>
        <p>{left === 0 ? t.moving.none : request.wrong ? t.moving.wrong(left) : why}</p>
      </div>
      {left > 0 && (
        <form
          class="row grant"
          onSubmit={(event) => {
            event.preventDefault();
            session.grant(letters);
            setLetters("");
          }}
        >
          <input
            class="line letters-line"
            type="text"
            autocomplete="off"
            autocapitalize="characters"
            spellcheck={false}
            maxLength={12}
            aria-label={t.moving.field}
            aria-invalid={request.wrong}
            value={letters}
            onInput={(event) => setLetters(event.currentTarget.value)}
          />
          <button
            type="submit"
            class="btn"
            aria-busy={request.busy ? "true" : undefined}
            aria-disabled={request.busy ? "true" : undefined}
          >
            {t.moving.move}
          </button>
        </form>
      )}
      <Button
        plain={left > 0}
        onClick={() => {
          session.dispatch({ type: "notMe" });
          toTitle();
        }}
      >
        {left > 0 ? t.moving.notMe : t.goOn}
      </Button>
    </section>
  );
}
