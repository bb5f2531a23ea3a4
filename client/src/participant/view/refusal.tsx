// The screens that say why somebody can't take part now, and the one thing that may be done about it.

import { maySayInvited } from "../screen";
import type { PageState } from "../state";
import { Button, type Props, Told, Word, type Words } from "./frame";

type RefusalProps = Props & { readonly code: string; readonly retryAt?: number | undefined };

/** Where the page does not try again, but people may. */
const ASKING: ReadonlySet<string> = new Set(["other_device", "asked"]);

export function RefusalScreen(props: RefusalProps) {
  const { t, now, code, retryAt } = props;
  const words = told(props);
  const seconds = retryAt === undefined ? null : Math.max(1, Math.ceil((retryAt - now) / 1_000));
  const later = ASKING.has(code) ? t.moving.later : t.again;
  return (
    <Told {...words} next={seconds === null ? words.next : later(seconds)}>
      {seconds === null && <Deed {...props} />}
    </Told>
  );
}

function told({ t, state, code }: RefusalProps): Words {
  const { about, gate, endedAt } = state;
  const known = t.refusal as Readonly<Record<string, Words>>;
  const why = gate.kind === "refused" ? gate.why : "";
  // A later server may know refusals that this page does not.
  const words = known[code] ?? { ...t.stopped.link, why, next: "" };
  if (code === "full" && about) return { ...words, why: t.allCame(about.max_participants) };
  if (code === "over") {
    const noted = gate.kind === "refused" && gate.noted;
    const when = endedAt === null ? "" : t.endedAt(endedAt);
    return { ...words, why: when, next: noted ? t.noted : words.next };
  }
  return words;
}

/** The one thing to do, if there is any. */
function Deed({ t, state, session, code }: RefusalProps) {
  const { busy, failed } = deedOf(state);
  const deed = wordsAndTap({ t, state, session, code });
  if (deed === null) return null;
  return (
    <>
      <Word kind="status-wait">{failed && t.deedFailed}</Word>
      <Button go={deed.go} big busy={busy} onClick={deed.tap}>
        {deed.words}
      </Button>
    </>
  );
}

function wordsAndTap({ t, state, session, code }: Omit<RefusalProps, "now">) {
  switch (code) {
    case "other_device":
      return state.about?.links === "unique"
        ? { words: t.moving.ask, go: true, tap: () => void session.askToMove() }
        : null;
    case "preview":
      return { words: t.signOut, go: true, tap: () => void session.door.signOutAndJoin() };
    case "over":
      return maySayInvited(state)
        ? { words: t.invited, go: false, tap: () => void session.door.join() }
        : null;
    default:
      return null;
  }
}

function deedOf({ gate }: PageState): { readonly busy: boolean; readonly failed: boolean } {
  const step = gate.kind === "refused" ? gate.deed : gate.kind === "outside" ? gate.join : "none";
  return { busy: step === "busy", failed: step === "failed" };
}
