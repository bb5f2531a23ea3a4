// The screens with nothing left to answer: refusals, stops, the thank-you page.

import type { ComponentChildren } from "preact";
import { unsent } from "../answers";
import { progress } from "../conversation";
import { Banner, Body, Button, Fact, Lead, type Props, Title } from "./frame";
import { TallyMark } from "./icons";

interface Words {
  readonly title: string;
  readonly why: string;
  readonly next: string;
}

/** What is so, why, what next: the same frame as all other screens, never an error page. */
function Told({ title, why, next, children }: Words & { children?: ComponentChildren }) {
  return (
    <>
      <Body middle>
        <div class="stack">
          <Title>{title}</Title>
          {why && <Lead>{why}</Lead>}
          {next && (
            <p class="next">
              <b>{next}</b>
            </p>
          )}
        </div>
      </Body>
      <div class="dock dock-bare">{children}</div>
    </>
  );
}

export function RefusalScreen({ t, state, now, code, retryAt }: Props & RefusalProps) {
  const gate = state.gate;
  const known = t.refusal as Readonly<Record<string, Words>>;
  const why = gate.kind === "refused" ? gate.why : "";
  const words = known[code] ?? { title: t.stopped.link.title, why, next: "" };
  const seconds = retryAt === undefined ? null : Math.max(1, Math.ceil((retryAt - now) / 1_000));
  return <Told {...words} next={seconds === null ? words.next : t.again(seconds)} />;
}

interface RefusalProps {
  readonly code: string;
  readonly retryAt?: number | undefined;
}

export function Unreachable({ t }: Props) {
  return <Told {...t.unreachable} />;
}

export function Stopped({ t, session, code, why }: Props & { code: number; why: string }) {
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
    case 4410:
      return <Told {...stopped.moved} why={why || stopped.moved.why} />;
    case 4404:
    case 4401:
    case 4403:
      return (
        <Told {...stopped.link} why={why}>
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

export function Thanks({ t, state }: Props) {
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
          {onItsWay > 0 && <Banner kind="wait" icon="clock" title={t.onItsWay(onItsWay)} />}
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
      <div class="dock dock-bare" />
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
