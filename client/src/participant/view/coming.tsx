// The screens before a conversation: early, waiting, Join.

import { knowsZone, ownZone } from "../../i18n";
import { serverTime } from "../clock";
import { WAITING_ROOM } from "../screen";
import { Body, Button, Fact, Lead, type Props, Title, Told, Word } from "./frame";

export function Welcome({ t, state, session, now }: Props) {
  const { about, startsAt, gate } = state;
  if (about === null) return null;
  const check = gate.kind === "outside" ? gate.check : "none";
  return (
    <>
      <Body>
        <div class="stack">
          <Title>
            <bdi>{about.title}</bdi>
          </Title>
          <Lead>{t.coming.what(about.duration)}</Lead>
          <div class="facts">
            {startsAt !== null && (
              <Start
                t={t}
                startsAt={startsAt}
                left={startsAt - serverTime(state, now)}
                zone={about.zone}
              />
            )}
            <Stored t={t} links={about.links} />
            {about.links === "unique" && (
              <Fact icon="phone" title={t.coming.device[0]}>
                <span>{t.coming.device[1]}</span>
              </Fact>
            )}
          </div>
        </div>
      </Body>
      <div class="dock">
        <Word kind={check === "ready" ? "status-ready" : "status-wait"}>
          {check === "ready" ? t.coming.ready : check === "later" && t.coming.checkLater}
        </Word>
        <Button big busy={check === "checking"} onClick={() => void session.door.check()}>
          {check === "ready" ? t.coming.checkAgain : t.coming.check}
        </Button>
      </div>
    </>
  );
}

interface StartProps {
  readonly t: Props["t"];
  readonly startsAt: number;
  /** Milliseconds. */
  readonly left: number;
  readonly zone: string;
}

function Start({ t, startsAt, left, zone }: StartProps) {
  const own = ownZone();
  const theirs = knowsZone(zone) && zone !== own ? zone : null;
  const organiser = theirs && t.coming.organiserTime(t.f.time(startsAt, theirs), theirs);
  return (
    <Fact icon="clock" title={t.f.dayTime(startsAt)}>
      <span>{[t.coming.yourTime(own), organiser].filter(Boolean).join(" · ")}</span>
      {left > 0 && (
        <span class="num" role="timer">
          {t.coming.startsIn(Math.ceil(left / 1_000))}
        </span>
      )}
      <span>{t.coming.comeBack(t.f.time(startsAt - WAITING_ROOM))}</span>
    </Fact>
  );
}

function Stored({ t, links }: { t: Props["t"]; links: "unique" | "single" }) {
  const [title, why] = t.coming.stored[links];
  return (
    <Fact icon="eye" title={title}>
      <span>{why}</span>
    </Fact>
  );
}

/** From the opening of the waiting room on: what becomes of the answers, and a yes to it. */
export function Terms({ t, state, session }: Props) {
  const { about } = state;
  return (
    <>
      <Body middle>
        <div class="stack stack-wide">
          <Title>{t.terms.title}</Title>
          <div class="facts">{about && <Stored t={t} links={about.links} />}</div>
        </div>
      </Body>
      <div class="dock dock-bare">
        <Button go big onClick={() => void session.door.agree()}>
          {t.terms.agree}
        </Button>
      </div>
    </>
  );
}

/** Nothing can be kept here: better known before somebody joins. */
export function Forgets({ t, session }: Props) {
  return (
    <Told {...t.forgets}>
      <Button big onClick={() => session.dispatch({ type: "anyway" })}>
        {t.anyway}
      </Button>
    </Told>
  );
}

/** The address has no pid, but this browser has joined with one before. */
export function Continue({ t, session }: Props) {
  return (
    <Told {...t.left}>
      <Button go big onClick={() => session.goOn()}>
        {t.continueHere}
      </Button>
      <Button plain onClick={() => session.dispatch({ type: "notMine" })}>
        {t.notMine}
      </Button>
    </Told>
  );
}

export function Waiting({ t, state, now }: Props) {
  const { startsAt } = state;
  const left = startsAt === null ? null : (startsAt - serverTime(state, now)) / 1_000;
  const late = startsAt !== null && left !== null && left <= 0;
  const waiting = state.lobby?.waiting ?? 0;
  return (
    <>
      <Body middle>
        <div class="stack stack-wide">
          {left !== null && left > 0 && (
            <div>
              <p class="quiet">{t.waiting.startsIn}</p>
              <p class="big num" role="timer">
                {t.f.clock(Math.ceil(left))}
              </p>
            </div>
          )}
          <div class="stack stack-near">
            <Title>{late ? t.waiting.lateTitle : t.waiting.title}</Title>
            <Lead>
              {late
                ? `${t.waiting.late(t.f.time(startsAt))} ${t.waiting.keepOpen}`
                : t.waiting.lead}
            </Lead>
          </div>
          <div class="facts">
            {waiting > 1 && (
              <Fact icon="people" title={t.waiting.people(waiting)}>
                <span>{t.waiting.seat}</span>
              </Fact>
            )}
            {state.about && <Stored t={t} links={state.about.links} />}
          </div>
        </div>
      </Body>
      <div class="dock dock-bare">
        {state.line?.kind === "open" ? (
          <p class="status-line" role="status">
            <span class="pulse" />
            {t.waiting.connected}
          </p>
        ) : (
          <p class="status-line" role="status">
            {state.line === null ? t.opening : t.offline.reconnecting}
          </p>
        )}
      </div>
    </>
  );
}

export function JoinScreen({ t, state, session }: Props) {
  const { gate, about } = state;
  const flex = (state.lobby?.phase ?? about?.phase) === "flex";
  const join = gate.kind === "outside" ? gate.join : "none";
  return (
    <>
      <Body middle>
        <div class="stack">
          <p class="row live-now">
            <span class="pulse" />
            <b>{t.join.now}</b>
          </p>
          <Title>{flex ? t.join.flexTitle(state.endsAt) : t.join.title}</Title>
          <Lead>{flex ? t.join.flex : t.join.lead}</Lead>
          <div class="facts">{about && <Stored t={t} links={about.links} />}</div>
        </div>
      </Body>
      <div class="dock dock-bare">
        <Word kind="status-wait">{join === "failed" && t.join.failed}</Word>
        <Button go big busy={join === "busy"} onClick={() => void session.door.join()}>
          {join === "busy" ? t.join.busy : t.join.button}
        </Button>
        {about?.links === "unique" && <p class="small quiet centre">{t.join.holds}</p>}
      </div>
    </>
  );
}
