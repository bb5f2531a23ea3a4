// The whole page: which screen, the top line's word on the connection, the banner, and where focus and
// announcements go when the screen changes.

import { useEffect, useLayoutEffect, useRef } from "preact/hooks";
import { serverTime } from "../clock";
import { questions } from "../conversation";
import { isAsked } from "../request";
import { elsewhereOnItsWay, type Screen, screenOf, waitingQuestion } from "../screen";
import type { PageState } from "../state";
import { Continue, Forgets, JoinScreen, Terms, Waiting, Welcome } from "./coming";
import { Stopped, Thanks, Unreachable } from "./ends";
import { Banner, Body, Button, Lead, type Props, Title, TopLine, toTitle } from "./frame";
import { Icon } from "./icons";
import { List } from "./list";
import { AskingScreen, FirstDevice, Moved, Unanswered } from "./moving";
import { newsOf, Progress, Question } from "./question";
import { RefusalScreen } from "./refusal";
import { Forgotten } from "./sharing";

/** Longer than this without a line, and people are told. */
const PATIENCE = 3_000;

export function Page(props: Props & { readonly lostAt: number | null }) {
  const { t, state, now, lostAt } = props;
  const screen = screenOf(state, now);
  const told = lostAt !== null && now - lostAt > PATIENCE && isInside(screen);
  const title = state.conversation?.title ?? state.about?.title ?? "";
  useArrival(screen);
  useEffect(() => {
    document.title = pageTitle(props, screen, title);
  });
  return (
    <div class="p">
      <button type="button" class="skip" onClick={skip}>
        {t.skip}
      </button>
      <TopLine
        title={title}
        right={
          <>
            {told && <Connection t={t} state={state} />}
            <ToList {...props} screen={screen} />
          </>
        }
      />
      <main class="p-main" id="main" tabIndex={-1}>
        <div class="p-banners" aria-live="polite">
          {isInside(screen) && <Banners {...props} screen={screen} told={told} />}
        </div>
        <Content {...props} screen={screen} />
      </main>
      <p class="vh" aria-live="polite">
        {announcement(props, screen)}
      </p>
    </div>
  );
}

/** A button and no link to #main: the fragment holds the pid. */
function skip(): void {
  document.getElementById("main")?.focus();
}

function Content(props: Props & { readonly screen: Screen }) {
  const { t, screen } = props;
  switch (screen.kind) {
    case "opening":
      return (
        <Body middle>
          <p class="quiet centre">{t.opening}</p>
        </Body>
      );
    case "unreachable":
      return <Unreachable {...props} />;
    case "refusal":
      return <RefusalScreen {...props} code={screen.code} retryAt={screen.retryAt} />;
    case "stopped":
      return <Stopped {...props} code={screen.code} />;
    case "continue":
      return <Continue {...props} />;
    case "forgets":
      return <Forgets {...props} />;
    case "terms":
      return <Terms {...props} />;
    case "asking":
      return <AskingScreen {...props} asking={screen} />;
    case "unanswered":
      return <Unanswered {...props} />;
    case "moved":
      return <Moved {...props} />;
    case "forgotten":
      return <Forgotten {...props} />;
    case "list":
      return <List {...props} />;
    case "welcome":
      return <Welcome {...props} />;
    case "waiting":
      return <Waiting {...props} />;
    case "join":
      return <JoinScreen {...props} />;
    case "thanks":
      return <Thanks {...props} />;
    case "question":
      return <Question {...props} seen={screen.seen} key={screen.seen.item.id} />;
    case "message":
      return (
        <>
          <Body>
            <Progress {...props} />
            <section class="q">
              <p class="q-meta">
                <span>{t.fromModerator}</span>
              </p>
              <h1 class="q-text q-message" id="title" tabIndex={-1} dir="auto">
                {screen.item.text}
              </h1>
            </section>
          </Body>
          <Next words={t.between} />
        </>
      );
    case "between":
      return (
        <>
          <Body>
            <Progress {...props} />
            <section class="q stack">
              <Title>{screen.first ? t.joined : t.upToDate}</Title>
              <Lead>{t.stay}</Lead>
            </section>
          </Body>
          <Next words={screen.first ? t.first : t.between} />
        </>
      );
  }
}

function Next({ words }: { words: string }) {
  return (
    <div class="dock dock-bare">
      <p class="status-line" role="status">
        <span class="pulse" />
        {words}
      </p>
    </div>
  );
}

function isInside(screen: Screen): boolean {
  return ["question", "message", "between", "thanks", "list"].includes(screen.kind);
}

/** The way to one's own answers, from the second question on; in flex back to the list. */
function ToList({ t, state, session, screen }: Props & { readonly screen: Screen }) {
  const { conversation } = state;
  if (conversation === null || !["question", "message", "between"].includes(screen.kind))
    return null;
  if (conversation.phase === "flex") {
    return (
      <Button plain onClick={() => session.dispatch({ type: "goTo", question: null })}>
        {t.list.all}
      </Button>
    );
  }
  if (questions(conversation).length < 2) return null;
  return (
    <Button plain onClick={() => session.dispatch({ type: "list", open: true })}>
      {t.list.mine}
    </Button>
  );
}

function Connection({ t, state }: Pick<Props, "t" | "state">) {
  const off = typeof navigator !== "undefined" && !navigator.onLine;
  return (
    <span class="row connection">
      <Icon name="offline" />
      <b>{off || isBlocked(state) ? t.offline.word : t.offline.reconnecting}</b>
    </span>
  );
}

function isBlocked({ line }: PageState): boolean {
  return line?.kind === "waiting" && line.blocked;
}

/** One at a time: what is so for longer than a moment. */
function Banners(props: Props & { readonly screen: Screen; readonly told: boolean }) {
  const { t, state, session, screen, told, now } = props;
  const open = state.conversation?.phase === "live" || state.conversation?.phase === "flex";
  if (open && isAsked(state.request, serverTime(state, now))) return <FirstDevice {...props} />;
  const shown = screen.kind === "question" ? screen.seen.item.id : null;
  const others = elsewhereOnItsWay(state, shown);
  if (isBlocked(state)) {
    return (
      <Banner kind="wait" icon="offline" title={t.blocked.title} why={t.blocked.why}>
        <Button onClick={() => void session.again()}>{t.tryAgain}</Button>
      </Banner>
    );
  }
  // The server is there, and cannot serve now: that is no lost connection.
  if (told && state.slow) {
    const { title, why } = t.refusal.unavailable;
    return <Banner kind="wait" icon="clock" title={title} why={why} />;
  }
  if (told) {
    const kept = session.unsent > 0;
    const { title, why, titleIdle, whyIdle } = t.offline;
    return (
      <Banner
        kind="wait"
        icon="offline"
        title={kept && !state.forgets ? title : titleIdle}
        why={kept ? why : whyIdle}
      />
    );
  }
  if (others > 0 && screen.kind !== "thanks") {
    return <Banner kind="wait" icon="clock" title={t.onItsWay(others)} />;
  }
  if (state.notice?.kind === "letIn") {
    return <Banner kind="go" icon="tick" title={t.moving.letIn} />;
  }
  if (state.forgets && screen.kind !== "thanks") {
    return <Banner kind="plain" icon="warning" title={t.forgets.title} />;
  }
  return null;
}

/** What a screen reader hears where focus does not move: a question that opened meanwhile, or what is
 * new of the one on screen. */
function announcement({ t, state }: Props, screen: Screen): string {
  const waiting = waitingQuestion(state);
  if (waiting) return t.announce(waiting.number, waiting.text);
  const news = screen.kind === "question" ? newsOf(t, state, screen.seen) : null;
  return news === null ? "" : `${news.title} ${news.why ?? ""}`;
}

function pageTitle({ t }: Props, screen: Screen, title: string): string {
  const place = screen.kind === "question" ? t.question(screen.seen.item.number) : "";
  return [place, title || t.product].filter(Boolean).join(" · ");
}

function place(screen: Screen): string {
  if (screen.kind === "question") return `question ${screen.seen.item.id}`;
  if (screen.kind === "message") return `message ${screen.item.id}`;
  if (screen.kind === "refusal" || screen.kind === "stopped")
    return `${screen.kind} ${screen.code}`;
  return screen.kind;
}

/** A new screen starts at its top, with the focus on its heading; the first one is left alone. */
function useArrival(screen: Screen): void {
  const here = place(screen);
  const before = useRef<string | null>(null);
  // With the screen itself: a moment later it would take the focus from who taps at once.
  useLayoutEffect(() => {
    const first = before.current === null || before.current === "opening";
    const same = before.current === here;
    before.current = here;
    if (first || same) return;
    window.scrollTo(0, 0);
    toTitle();
  }, [here]);
}
