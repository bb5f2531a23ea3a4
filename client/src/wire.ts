// Made from server/turnout/wire.py by `make wire`. Do not edit.

export const SUBPROTOCOL = "turnout.v1";

/** Where the client was. */
export interface Resume {
  readonly epoch: string;
  readonly rev: number;
}

/** Who I am, where I was. `link`: the pid, absent for the single link. */
export interface Hello {
  readonly t: "hello";
  readonly tab: number;
  readonly link?: string;
  readonly proof?: string;
  readonly resume?: Resume;
  readonly app?: string;
}

/**
 * An answer. Set: `option` or `other` (single choice); `options` and perhaps `other` (multiple
 * choice); `text`; `number` (number, scale). Options count from 1.
 */
export interface Body {
  readonly option?: number;
  readonly options?: readonly number[];
  readonly other?: string;
  readonly text?: string;
  readonly number?: number;
}

/** `base`: the revision that this replaces, 0 = none. */
export interface Answer {
  readonly t: "answer";
  readonly aid: string;
  readonly question: number;
  readonly base: number;
  readonly body: Body;
}

/** I lost an event: tell me again what is so. */
export interface Resync {
  readonly t: "resync";
  readonly epoch: string;
  readonly rev: number;
}

/** From the device that has the link: let the one go on that shows these letters. */
export interface Grant {
  readonly t: "grant";
  readonly letters: string;
}

/** I am here, and this is the last rev that I saw (from the server to staff: that there is). */
export interface Beat {
  readonly t: "beat";
  readonly rev: number;
}

/**
 * The first frame. `nonce` is good for a proof on this socket only; `now`: ms since 1970,
 * UTC.
 */
export interface Challenge {
  readonly t: "challenge";
  readonly nonce: string;
  readonly now: number;
}

/** Before hello, now and at every change. `starts_in`: seconds, null without a start. */
export interface Lobby {
  readonly t: "lobby";
  readonly phase: "draft" | "ended" | "flex" | "live" | "published";
  readonly starts_in: number | null;
  readonly waiting: number;
}

/**
 * A counted answer of this participant, from whatever device. `locked`: it was given in an
 * earlier run and stays as it is.
 */
export interface Mine {
  readonly question: number;
  readonly aid: string;
  readonly revision: number;
  readonly body: Body;
  readonly locked?: boolean;
}

/**
 * `percent_answered` is null where nothing was asked. `percent_while_present` and `present`
 * come with `welcome` only.
 */
export interface Progress {
  readonly asked: number;
  readonly answered: number;
  readonly percent_answered: number | null;
  readonly present?: number;
  readonly percent_while_present?: number | null;
}

/** What this server takes. */
export interface Limits {
  readonly text: number;
  readonly unacknowledged: number;
  readonly frame: number;
}

/** One option. An exclusive one rules out the rest and stands last when the order is random. */
export interface Choice {
  readonly text: string;
  readonly exclusive?: boolean;
}

/**
 * An item as people see it. `number`: its place among the questions of the guide, from 1 (0: a
 * message). `duration`: the plan in seconds.
 */
export interface Item {
  readonly id: number;
  readonly type: "message" | "multiple_choice" | "number" | "open_text" | "scale" | "single_choice";
  readonly number: number;
  readonly text: string;
  readonly options?: readonly Choice[];
  readonly other?: boolean;
  readonly randomize?: boolean;
  readonly min?: number;
  readonly max?: number;
  readonly step?: number;
  readonly min_label?: string;
  readonly max_label?: string;
  readonly duration?: number;
}

/** An item that was sent, and how it stands. */
export interface Seen {
  readonly item: Item;
  readonly status: "closed" | "open" | "withdrawn";
}

/**
 * What a participant may know of the conversation. `items`: in the order in which they were
 * last sent. State(a) with the events from a to b is state(b).
 */
export interface State {
  readonly title: string;
  readonly phase: "draft" | "ended" | "flex" | "live" | "published";
  readonly items: readonly Seen[];
}

/** A question is asked, or asked again. */
export interface OpenedEvent {
  readonly kind: "opened";
  readonly item: Item;
}

/** A message is shown. An open question stays open below it. */
export interface MessageEvent {
  readonly kind: "message";
  readonly item: Item;
}

/** A question is closed; answers on their way count within the grace. */
export interface ClosedEvent {
  readonly kind: "closed";
  readonly question: number;
}

/** A question is taken back: it counts for nobody. Opening it again makes it count again. */
export interface WithdrawnEvent {
  readonly kind: "withdrawn";
  readonly question: number;
}

/** An item that people have seen reads differently now. Answers stay. */
export interface EditedEvent {
  readonly kind: "edited";
  readonly item: Item;
}

/**
 * The conversation moved on. `ended` also closes what is open. `flex` opens every question that
 * was not taken back, those of the guide that were never sent included: `items` is the state's
 * list from here on.
 */
export interface PhaseEvent {
  readonly kind: "phase";
  readonly phase: "draft" | "ended" | "flex" | "live" | "published";
  readonly items?: readonly Seen[];
}

/** A missed event, in `welcome`. */
export interface Delta {
  readonly rev: number;
  readonly prev: number;
  readonly event: OpenedEvent | MessageEvent | ClosedEvent | WithdrawnEvent | EditedEvent | PhaseEvent;
}

/**
 * All that a participant needs: state, or deltas after the rev that hello named. `plan_left`:
 * seconds left of the open item's plan, negative when it is over. `ends_in`: seconds until a flex
 * ends by itself.
 */
export interface Welcome {
  readonly t: "welcome";
  readonly epoch: string;
  readonly rev: number;
  readonly mine: readonly Mine[];
  readonly progress: Progress;
  readonly heartbeat_ms: number;
  readonly now: number;
  readonly limits: Limits;
  readonly state?: State;
  readonly deltas?: readonly Delta[];
  readonly plan_left?: number;
  readonly ends_in?: number;
}

/** Apply it only if `prev` is the last rev you saw; older: ignore; newer: resync. */
export interface EventFrame {
  readonly t: "event";
  readonly rev: number;
  readonly prev: number;
  readonly event: OpenedEvent | MessageEvent | ClosedEvent | WithdrawnEvent | EditedEvent | PhaseEvent;
}

/** The answer is durable and counts. */
export interface Accepted {
  readonly t: "accepted";
  readonly aid: string;
  readonly revision: number;
  readonly progress: Progress;
  readonly late?: boolean;
}

/** The answer that counts in place of the refused one. */
export interface Counted {
  readonly aid: string;
  readonly revision: number;
  readonly body: Body;
}

/** The answer was not taken. `retry`: keep it and send it again; all others are final. */
export interface Refused {
  readonly t: "refused";
  readonly aid: string;
  readonly code: "closed" | "gone" | "invalid" | "retry" | "superseded";
  readonly why: string;
  readonly retry_ms?: number;
  readonly stored?: Counted;
}

/** Another device or tab of this participant answered. */
export interface MineFrame {
  readonly t: "mine";
  readonly question: number;
  readonly aid: string;
  readonly revision: number;
  readonly body: Body;
  readonly progress: Progress;
}

/**
 * The answer to a participant's beat: the last rev that there is, and the server's clock, ms
 * since 1970, UTC.
 */
export interface Pulse {
  readonly t: "beat";
  readonly rev: number;
  readonly now: number;
}

/** The store is away; answers are kept by the client and tried again. */
export interface Degraded {
  readonly t: "degraded";
  readonly store: "away" | "back";
  readonly retry_ms: number;
}

/**
 * Another device asks for this link; the letters stand only there and in the control room.
 * `since`: seconds ago; `tries_left` of five.
 */
export interface Takeover {
  readonly t: "takeover";
  readonly since: number;
  readonly tries_left: number;
}

/** Open the next socket at a random moment within so many milliseconds, then close this one. */
export interface Drain {
  readonly t: "drain";
  readonly within_ms: number;
}

/** Comes before a close, in words for people. `reason` tells what 4410 is about. */
export interface Bye {
  readonly t: "bye";
  readonly code: number;
  readonly why: string;
  readonly retry_ms?: number;
  readonly reason?: "released" | "removed";
}

/** The cookie says who I am; this, where I was. */
export interface StaffHello {
  readonly t: "hello";
  readonly resume?: Resume;
  readonly app?: string;
}

/**
 * What the sender's screen showed: the phase, and the rev of the last event that sent an
 * item.
 */
export interface Expect {
  readonly phase: "draft" | "ended" | "flex" | "live" | "published";
  readonly sent: number;
}

/** An item as staff write it. */
export interface Draft {
  readonly type: "message" | "multiple_choice" | "number" | "open_text" | "scale" | "single_choice";
  readonly text: string;
  readonly options?: readonly Choice[];
  readonly other?: boolean;
  readonly randomize?: boolean;
  readonly min?: number;
  readonly max?: number;
  readonly step?: number;
  readonly min_label?: string;
  readonly max_label?: string;
  readonly duration?: number;
  readonly auto_close?: boolean;
  readonly section?: string;
}

/**
 * Idempotent by `cid`. `item`: for send, close, skip, withdraw, edit, move and drop; `draft`:
 * for edit and add; `after`: for add and move, the item before it; `seen`: for edit and drop, the
 * version of the item that the sender read; `days`: for reopen_flex;
 * `participant`: the number, for mute, unmute, remove and release, or `question` and `author` of
 * a text; `letters`: for release, in place of the number.
 */
export interface Command {
  readonly t: "command";
  readonly cid: string;
  readonly op: "add" | "close" | "drop" | "edit" | "end" | "move" | "mute" | "next" | "publish" | "release" | "remove" | "reopen_flex" | "send" | "skip" | "start" | "undo_end" | "unmute" | "unpublish" | "withdraw";
  readonly item?: number;
  readonly expect?: Expect;
  readonly draft?: Draft;
  readonly after?: number;
  readonly seen?: string;
  readonly days?: number;
  readonly participant?: number;
  readonly question?: number;
  readonly author?: string;
  readonly letters?: string;
}

/**
 * A guide's item for staff. `version`: another one as soon as anybody changes what it says.
 * `sent_at`: when it was last sent, `closed_at`: when last closed; ms.
 */
export interface StaffItem {
  readonly item: Item;
  readonly status: "closed" | "open" | "queued" | "skipped" | "withdrawn";
  readonly version: string;
  readonly section?: string;
  readonly auto_close?: boolean;
  readonly sent_at?: number;
  readonly closed_at?: number;
}

/** A run: `live`, or one flex. `due`: when a flex ends by itself. Times in ms. */
export interface StaffRun {
  readonly kind: "flex" | "live";
  readonly since: number;
  readonly by_hand?: boolean;
  readonly until?: number;
  readonly due?: number;
}

/**
 * The conversation for staff. `items`: in guide order. `ends_at`: when what runs now ends by
 * itself; `undo_until`: until when the End can be taken back; `over_at`: when it is for good.
 * Times in ms since 1970, UTC.
 */
export interface StaffState {
  readonly slug: string;
  readonly title: string;
  readonly phase: "draft" | "ended" | "flex" | "live" | "published";
  readonly links: "single" | "unique";
  readonly max_participants: number;
  readonly several_devices: boolean;
  readonly duration: number;
  readonly grace: number;
  readonly items: readonly StaffItem[];
  readonly sent_rev: number;
  readonly zone?: string;
  readonly auto_start?: boolean;
  readonly people_may_move?: boolean;
  readonly demo?: boolean;
  readonly runs?: readonly StaffRun[];
  readonly starts_at?: number;
  readonly started_at?: number;
  readonly ended_at?: number;
  readonly ends_at?: number;
  readonly undo_until?: number;
  readonly over_at?: number;
}

/** Sent after hello and after resync. */
export interface StaffWelcome {
  readonly t: "welcome";
  readonly epoch: string;
  readonly rev: number;
  readonly state: StaffState;
  readonly name: string;
  readonly role: "moderator" | "observer" | "owner" | "researcher";
  readonly heartbeat_ms: number;
  readonly now: number;
}

/**
 * What happened, with the state that came of it, so that any screen is right after any frame.
 * `by`: the display name of who did it, empty for the server itself.
 */
export interface StaffEvent {
  readonly t: "event";
  readonly rev: number;
  readonly prev: number;
  readonly kind: string;
  readonly by: string;
  readonly at: number;
  readonly state: StaffState;
  readonly item?: number;
  readonly participant?: number;
}

/** The command is durable (or was so already). */
export interface Done {
  readonly t: "done";
  readonly cid: string;
  readonly rev: number;
}

/**
 * Nothing happened; `why` says what did. `retry_ms`: it may be done after so long. `reason`:
 * which of the sentences of its code; `number`: the one that it tells.
 */
export interface CommandRefused {
  readonly t: "refused";
  readonly cid: string;
  readonly code: "expect" | "gone" | "invalid" | "nothing_left" | "phase" | "role" | "unavailable";
  readonly rev: number;
  readonly why: string;
  readonly retry_ms?: number;
  readonly reason?: "account_closed" | "address_taken" | "arriving" | "bounds_stay" | "changed_guide" | "changed_item" | "close_live" | "days" | "draft_only" | "drop_begun" | "end_live" | "end_stays" | "erase_running" | "file_broken" | "first_run_over" | "guide_begun" | "guide_large" | "item_gone" | "item_sent" | "kind_stays" | "late_answers" | "links_cut" | "links_work" | "name_missing" | "name_taken" | "never_sent" | "no_end" | "no_question" | "nobody" | "old_password" | "options_stay" | "order_begun" | "over_add" | "over_edit" | "over_remove" | "own_pace" | "owned" | "password_long" | "password_short" | "phase_moved" | "release_running" | "reopen_ended" | "reworded" | "send_live" | "sent_already" | "settings_begun" | "single_link" | "start_past" | "start_published" | "title_differs" | "type_stays" | "undo_late" | "unpublish_published" | "withdraw_running" | "wrong_sign_in";
  readonly number?: number;
}

/**
 * `counts`: answers for each option in guide order; or for each number, as text. Muted people
 * are left out of live views.
 */
export interface QuestionTally {
  readonly question: number;
  readonly answered: number;
  readonly counts: Readonly<Record<string, number>>;
  readonly other?: number;
}

/**
 * One participant: `number` in order of joining, `pid` as on the link. `late`: how many of
 * their answers came after the close; `gone_at`: since when they are away, ms.
 */
export interface PersonTally {
  readonly number: number;
  readonly pid: string;
  readonly here: boolean;
  readonly answered: number;
  readonly percent_answered: number | null;
  readonly percent_while_present: number | null;
  readonly muted?: boolean;
  readonly removed?: boolean;
  readonly late?: number;
  readonly gone_at?: number;
}

/** Somebody asks to move a link to another device. `since`: seconds ago. */
export interface Asking {
  readonly participant: number;
  readonly pid: string;
  readonly letters: string;
  readonly since: number;
}

/**
 * A quarter of a minute that is over: when it began (ms), who was here at its end, and how many
 * answers came in it.
 */
export interface Moment {
  readonly at: number;
  readonly here: number;
  readonly answers: number;
}

/**
 * Where things stand, at most four times a second, as state. `questions`, `people` and `curve`:
 * those that changed since this screen's last tally, all of them in the first. `looking`: the
 * names of the staff whose screens are open. Estimates: present, waiting, the curve.
 */
export interface Tally {
  readonly t: "tally";
  readonly rev: number;
  readonly aseq: number;
  readonly joined: number;
  readonly present: number;
  readonly waiting: number;
  readonly asked: number;
  readonly questions: readonly QuestionTally[];
  readonly people: readonly PersonTally[];
  readonly asking?: readonly Asking[];
  readonly damaged?: number;
  readonly curve?: readonly Moment[];
  readonly looking?: readonly string[];
}

/** Body of `POST join`. `proof` is absent only where the browser can make no key. */
export interface Join {
  readonly attempt: string;
  readonly pid?: string;
  readonly proof?: string;
}

/** Body of `POST check`. */
export interface Check {
  readonly pid?: string;
}

/** Answer of `POST nonce`: good for one proof within `expires_in` seconds. */
export interface Nonce {
  readonly nonce: string;
  readonly expires_in: number;
}

/**
 * Answer of `GET /api/c/SLUG`: what anybody may know. Seconds: `starts_in`, `ended_ago`, and
 * `ends_in` until a flex ends by itself.
 */
export interface About {
  readonly title: string;
  readonly phase: "draft" | "ended" | "flex" | "live" | "published";
  readonly links: "single" | "unique";
  readonly zone: string;
  readonly duration: number;
  readonly max_participants: number;
  readonly starts_in: number | null;
  readonly now: number;
  readonly ended_ago?: number;
  readonly ends_in?: number;
}

/**
 * Answer of `POST takeover` (body: as `join`, with a proof for `takeover`): show these letters;
 * repeat `join` every 5 s. `moves_in`: seconds until the first device gives way if it stays away;
 * left out if it never does.
 */
export interface TakeoverAsked {
  readonly letters: string;
  readonly expires_in: number;
  readonly moves_in?: number;
}

/** Answer of `POST check`. */
export interface Ready {
  readonly ready: boolean;
  readonly phase: "draft" | "ended" | "flex" | "live" | "published";
}

/** Answer of `POST join`: the link works on this device. `assurance` says how it is known. */
export interface Joined {
  readonly assurance: "cookie" | "key";
  readonly welcome: Welcome;
}

/**
 * Any HTTP refusal. `reason` tells `other_device` further: five devices already, or another one
 * that may be asked; to staff it names the sentence. `number`: what the sentence tells.
 */
export interface Refusal {
  readonly code: string;
  readonly why: string;
  readonly retry_ms?: number;
  readonly reason?: "five_devices" | "may_ask" | "account_closed" | "address_taken" | "arriving" | "bounds_stay" | "changed_guide" | "changed_item" | "close_live" | "days" | "draft_only" | "drop_begun" | "end_live" | "end_stays" | "erase_running" | "file_broken" | "first_run_over" | "guide_begun" | "guide_large" | "item_gone" | "item_sent" | "kind_stays" | "late_answers" | "links_cut" | "links_work" | "name_missing" | "name_taken" | "never_sent" | "no_end" | "no_question" | "nobody" | "old_password" | "options_stay" | "order_begun" | "over_add" | "over_edit" | "over_remove" | "own_pace" | "owned" | "password_long" | "password_short" | "phase_moved" | "release_running" | "reopen_ended" | "reworded" | "send_live" | "sent_already" | "settings_begun" | "single_link" | "start_past" | "start_published" | "title_differs" | "type_stays" | "undo_late" | "unpublish_published" | "withdraw_running" | "wrong_sign_in";
  readonly number?: number;
}

export type FromParticipant = Hello | Answer | Resync | Grant | Beat;

export type ToParticipant = Challenge | Lobby | Welcome | EventFrame | Accepted | Refused | MineFrame | Pulse | Degraded | Takeover | Drain | Bye;

export type FromStaff = StaffHello | Command | Resync | Beat;

export type ToStaff = StaffWelcome | StaffEvent | Done | CommandRefused | Tally | Beat | Drain | Bye;
