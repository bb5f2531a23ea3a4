// The screens with nothing left to answer: stops and the thank-you page.

import type { ComponentChildren } from "preact";
import { useState } from "preact/hooks";
import { unsent } from "../answers";
import { progress } from "../conversation";
import { Banner, Body, Button, Fact, Lead, type Props, Title, Told } from "./frame";
import { TallyMark } from "./icons";
import { Sharing } from "./sharing";

export function Unreachable({ t }: Props) {
  return <Told {...t.unreachable} />;
}

export function Stopped({ t, session, code }: Props & { code: number }) {
  const { stopped } = t;
  switch (code) {
    case 4408:
      return (
        <Told {...stopped.tab}>
          <Button go big onClick={() => void session.useHere()}>
            {stopped.useHere}
          </Button>
        </Told>
      );
    case 4404:
    case 4401:
    case 4403:
    case 4410:
      return (
        <Told {...stopped.link}>
          <Button big onClick={() => void session.again()}>
            {t.tryAgain}
          </Button>
        </Told>
      );
    default:
      return (
        <Told {...(code === 4426 ? stopped.update : stopped.silent)}>
          <Button go big onClick={() => location.reload()}>
            {t.reload}
          </Button>
        </Told>
      );
  }
}

export function Thanks(props: Props) {
  const { t, state, session } = props;
  const [sharing, setSharing] = useState(false);
  const { conversation, answers, about, present, final } = state;
  const onItsWay = unsent(answers).length;
  const numbers = conversation && progress(conversation, (id) => answers[id]?.held !== undefined);
  const answered = numbers?.answered ?? 0;
  const [first, second] = answered > 0 || !numbers?.asked ? t.thanks.title : t.thanks.titleNone;
  return (
    <>
      <Body>
        <div class="stack stack-wide">
          <span class="tally">
            <TallyMark />
          </span>
          <Title>
            {first}
            <br />
            {second}
          </Title>
          {onItsWay > 0 && <Banner kind="wait" icon="clock" title={t.onItsWayAtTheEnd(onItsWay)} />}
          {numbers?.percent != null ? (
            <div class="two">
              <Tile t={t} percent={numbers.percent} part={answered} whole={numbers.asked}>
                {t.thanks.all}
              </Tile>
              {present?.percent != null && final && (
                <Tile t={t} percent={present.percent} part={answered} whole={present.asked}>
                  {t.thanks.present}
                </Tile>
              )}
            </div>
          ) : (
            <Lead>{t.thanks.nothing}</Lead>
          )}
          <p class="quiet">
            {onItsWay === 0 && answered > 0 && `${t.thanks.allSaved} `}
            {onItsWay === 0 && t.thanks.close}
          </p>
          <div class="facts">
            <Fact icon="eye" title={t.thanks.stored}>
              <span>
                {about?.links === "single" ? t.thanks.storedSingle : t.thanks.storedUnique}
              </span>
            </Fact>
          </div>
        </div>
      </Body>
      <div class="dock dock-bare">
        {numbers != null && numbers.asked > 0 && (
          <Button big onClick={() => session.dispatch({ type: "list", open: true })}>
            {t.thanks.read}
          </Button>
        )}
        <Button plain onClick={() => setSharing(true)}>
          {t.sharing.button}
        </Button>
      </div>
      {sharing && <Sharing {...props} onClose={() => setSharing(false)} />}
    </>
  );
}

function Tile(props: {
  t: Props["t"];
  percent: number;
  part: number;
  whole: number;
  children: ComponentChildren;
}) {
  const { t, percent, part, whole, children } = props;
  return (
    <div class="tile">
      <p class="big num">{t.f.percent(percent)}</p>
      <p>
        <b>{children}</b>
        <br />
        <span class="num">{t.thanks.of(part, whole)}</span>
      </p>
    </div>
  );
}
