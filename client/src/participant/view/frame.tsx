// The grid that every participant screen shares: top line, body, dock. It knows no state of its own.

import type { ComponentChildren } from "preact";
import type { Texts } from "../../catalogue/en";
import type { Session } from "../session";
import type { PageState } from "../state";
import { Icon, type IconName, TallyMark } from "./icons";

/** What every screen gets. `now`: ms of the page's own clock. */
export interface Props {
  readonly t: Texts;
  readonly state: PageState;
  readonly session: Session;
  readonly now: number;
}

export function TopLine({ title, right }: { title: string; right: ComponentChildren }) {
  return (
    <header class="p-top">
      <span class="brand" aria-hidden="true">
        <TallyMark />
      </span>
      <bdi class="clip grow">{title}</bdi>
      {right}
    </header>
  );
}

/** A passing word beside a button. Its place is there before it: only then is it sure to be heard. */
export function Word({ kind, children }: { kind?: string; children?: ComponentChildren }) {
  return (
    <div class="word" role="status">
      {children && <p class={`status-line ${kind ?? ""}`}>{children}</p>}
    </div>
  );
}

/** `middle`: the body stands in the middle of a phone's screen, for screens with little on them. */
export function Body({
  middle,
  children,
}: {
  middle?: boolean | undefined;
  children: ComponentChildren;
}) {
  return <div class={middle ? "p-body p-mid" : "p-body"}>{children}</div>;
}

/** The heading that focus goes to when the screen changes. */
export function Title({ children }: { children: ComponentChildren }) {
  return (
    <h1 id="title" class="title" tabIndex={-1}>
      {children}
    </h1>
  );
}

/** Move the focus there: to a new screen, or where what had it goes away. */
export function toTitle(): void {
  document.getElementById("title")?.focus({ preventScroll: true });
}

export function Lead({ children }: { children: ComponentChildren }) {
  return <p class="lead">{children}</p>;
}

export function Fact({
  icon,
  title,
  children,
}: {
  icon: IconName;
  title: ComponentChildren;
  children?: ComponentChildren;
}) {
  return (
    <div>
      <Icon name={icon} />
      <p>
        <b>{title}</b>
        {children}
      </p>
    </div>
  );
}

export function Banner({
  kind,
  icon,
  title,
  why,
  children,
}: {
  kind: "wait" | "stop" | "go" | "plain";
  icon: IconName;
  title: string;
  why?: string | undefined;
  children?: ComponentChildren;
}) {
  return (
    <div class={`banner banner-${kind} banner-act`}>
      <Icon name={icon} />
      <div>
        <b>{title}</b>
        {why && <p>{why}</p>}
      </div>
      {children}
    </div>
  );
}

export function Button({
  go,
  stop,
  plain,
  big,
  busy,
  onClick,
  children,
}: {
  go?: boolean;
  stop?: boolean;
  plain?: boolean;
  big?: boolean;
  busy?: boolean;
  onClick: () => void;
  children: ComponentChildren;
}) {
  const looks = [go && "btn-go", stop && "btn-stop", plain && "btn-plain", big && "btn-big"];
  const look = looks.filter(Boolean).join(" ");
  return (
    <button
      type="button"
      class={`btn ${look}`}
      aria-busy={busy ? "true" : undefined}
      aria-disabled={busy ? "true" : undefined}
      onClick={() => busy || onClick()}
    >
      {children}
    </button>
  );
}

/** The bar of progress; its width is set through the CSSOM, since the page allows no inline style. */
export function Bar({ share }: { share: number }) {
  return (
    <div class="prog-bar" aria-hidden="true">
      <span ref={(element) => element?.style.setProperty("--v", String(share))} />
    </div>
  );
}

export interface Words {
  readonly title: string;
  readonly why: string;
  readonly next: string;
}

/** What is so, why, what next: the same frame as all other screens, never an error page. */
export function Told({ title, why, next, children }: Words & { children?: ComponentChildren }) {
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
