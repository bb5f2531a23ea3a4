/**
 * The staff page's HTTP calls, typed. Like `api.ts` it never retries, and a refusal is a value.
 */

import { below } from "../address";
import { call, type Result } from "../api";
import type { Refusal, StaffState, StaffWelcome } from "../wire";
import type { Choices } from "./settings_form";
import type { Page } from "./texts";

export interface Me {
  readonly name: string;
  readonly role: StaffWelcome["role"];
  /** The public address that links begin with; null if none is set. */
  readonly public: string | null;
}

export interface Listed {
  readonly slug: string;
  readonly title: string;
  readonly phase: StaffState["phase"];
  readonly questions: number;
  readonly joined: number;
  readonly max_participants: number;
  readonly links: StaffState["links"];
  readonly created_at: number;
  readonly starts_at: number | null;
}

/** Where something stands in a guide file. `row` 0 is the whole file, `column` "" the whole row. */
export interface Place {
  readonly row: number;
  readonly column: string;
  readonly what: string;
}

export interface GuideUpload {
  readonly name: string;
  /** Base64. */
  readonly data: string;
}

export interface Checked {
  readonly title: string;
  readonly items: number;
  readonly questions: number;
  readonly remarks: readonly Place[];
}

export interface NewConversation {
  readonly title: string;
  readonly max_participants: number;
  readonly guide: GuideUpload;
  readonly links: StaffState["links"];
  readonly several_devices: boolean;
  readonly starts_at?: string;
  readonly zone?: string;
  readonly duration: number;
}

export interface Created {
  readonly slug: string;
}

export interface Link {
  readonly number: number;
  readonly link: string;
  readonly pid: string;
  readonly joined: boolean;
  /** The code of the last refusal of a join with it. */
  readonly refused: string | null;
  readonly removed: boolean;
}

export interface Links {
  readonly public: boolean;
  /** When somebody downloaded them the last time. */
  readonly taken_at: number | null;
  /** When a raised Max participants added some the last time. */
  readonly added_at: number | null;
  readonly links: readonly Link[];
}

/** A link as a QR code: `size` modules wide and high, the dark ones as the path of an SVG. */
export interface QrCode {
  readonly number: number;
  readonly size: number;
  readonly path: string;
}

/** Of one answer. */
export const MOST_CODES = 100;

export type FileName =
  | "links.csv"
  | "participant_data.csv"
  | "answers.csv"
  | "questions.csv"
  | "data.json"
  | "bundle.zip";

export interface FileOptions {
  readonly semicolon: boolean;
  readonly everybody: boolean;
  readonly noBom: boolean;
  /** Which run, from 1; null: the whole conversation. */
  readonly run: number | null;
}

export const PLAIN: FileOptions = { semicolon: false, everybody: false, noBom: false, run: null };

/** A question of the guide, and what it counts for somebody. */
export interface ExplainedLine {
  readonly question: number;
  readonly position: number;
  readonly text: string;
  readonly asked: boolean;
  readonly present: boolean;
  readonly answered: boolean;
  readonly counts: "answered" | "present" | "absent" | "withdrawn" | "skipped" | "unsent";
  readonly answered_at: number | null;
  readonly late: boolean;
  readonly muted: boolean;
}

/** Why a participant's percentage is what it is. `lines`: the guide's questions, by position.
 * `participant` is null for a link that nobody joined with; then there are no numbers. */
export interface Explanation {
  readonly participant: number | null;
  readonly pid: string;
  readonly outcome: string | null;
  readonly reason: string | null;
  readonly asked: number | null;
  readonly answered: number | null;
  readonly percent_answered: number | null;
  readonly present: number | null;
  readonly answered_while_present: number | null;
  readonly percent_while_present: number | null;
  readonly lines: readonly ExplainedLine[];
}

export interface Account {
  readonly id: number;
  readonly name: string;
  readonly role: Me["role"];
  readonly created_at: number;
  readonly disabled: boolean;
}

const BASE = "/api/console";

export const staffApi = {
  me: () => call<Me>(`${BASE}/me`),
  firstRun: (secret: string, name: string, password: string) =>
    call<Me>(`${BASE}/first-run`, { secret, name, password }),
  signIn: (name: string, password: string) => call<Me>(`${BASE}/sign-in`, { name, password }),
  signOut: () => call<unknown>(`${BASE}/sign-out`, {}),
  conversations: () => call<{ conversations: readonly Listed[] }>(`${BASE}/conversations`),
  checkGuide: (guide: GuideUpload) => call<Checked>(`${BASE}/guides/check`, guide),
  create: (body: NewConversation) => call<Created>(`${BASE}/conversations`, body),
  conversation: (slug: string) => call<StaffState>(conversation(slug)),
  links: (slug: string) => call<Links>(`${conversation(slug)}/links`),
  /** They are being downloaded. */
  linksTaken: (slug: string) => call<unknown>(`${conversation(slug)}/links`, {}),
  /** A link is named by its number: a pid must not stand in an address. */
  codes: (slug: string, from: number, count: number) =>
    call<{ codes: readonly QrCode[] }>(`${conversation(slug)}/qr?from=${from}&count=${count}`),
  answers: (slug: string, question: number, after: number) =>
    call<Page>(`${conversation(slug)}/answers?question=${question}&after=${after}`),
  /** `whose`: a participant's number, or a pid, which must not stand in an address. */
  explain: (slug: string, whose: string) =>
    call<Explanation>(
      `${conversation(slug)}/explain`,
      /^\d+$/.test(whose) ? { participant: Number(whose) } : { pid: whose },
    ),
  settings: (slug: string, cid: string, choices: Choices) =>
    call<unknown>(`${conversation(slug)}/settings`, { cid, ...choices }),
  /** `seen`: the versions of the items that it takes the place of. */
  setGuide: (slug: string, cid: string, guide: GuideUpload, seen: readonly string[]) =>
    call<unknown>(`${conversation(slug)}/guide`, { cid, guide, seen }),
  duplicate: (slug: string, title: string) =>
    call<Created>(`${conversation(slug)}/duplicate`, { title }),
  erase: (slug: string, title: string) => call<unknown>(`${conversation(slug)}/erase`, { title }),
  accounts: () => call<{ accounts: readonly Account[] }>(`${BASE}/accounts`),
  invite: (role: Me["role"]) => call<{ link: string }>(`${BASE}/accounts/invite`, { role }),
  changeAccount: (id: number, change: { role?: Me["role"]; disabled?: boolean }) =>
    call<unknown>(`${BASE}/accounts/${id}`, change),
  invitation: (secret: string) => call<{ role: Me["role"] }>(`${BASE}/invitation`, { secret }),
  accept: (secret: string, name: string, password: string) =>
    call<Me>(`${BASE}/invitation/accept`, { secret, name, password }),
  password: (old: string, next: string) => call<unknown>(`${BASE}/password`, { old, new: next }),
  signOutEverywhere: () => call<unknown>(`${BASE}/sign-out-everywhere`, {}),
};

function conversation(slug: string): string {
  return `${BASE}/conversations/${encodeURIComponent(slug)}`;
}

/** Where a file is downloaded from. Only the options that change this file are named. */
export function fileAddress(slug: string, name: FileName, options: FileOptions): string {
  const query = new URLSearchParams();
  const tables = name !== "data.json";
  if (tables && options.semicolon) query.set("delimiter", "semicolon");
  if (tables && options.noBom) query.set("bom", "no");
  if (options.everybody && name === "participant_data.csv") query.set("include", "all");
  if (options.run !== null && name !== "links.csv") query.set("run", String(options.run));
  const text = query.toString();
  return below(`${conversation(slug)}/files/${name}${text === "" ? "" : `?${text}`}`);
}

/** Where the guide is downloaded from. */
export function guideAddress(slug: string, form: "yaml" | "template"): string {
  return below(`${conversation(slug)}/guide?as=${form}`);
}

/** The problems that a refusal of a guide carries; null for any other. */
export function guideProblems(result: Result<unknown>): readonly Place[] | null {
  if (result.ok || result.refusal.code !== "guide") return null;
  const more: Refusal & { readonly problems?: unknown } = result.refusal;
  return Array.isArray(more.problems) ? more.problems.filter(isPlace) : [];
}

/** Whether a refusal says that nobody has an account yet. */
export function awaitsFirstRun(result: Result<unknown>): boolean {
  if (result.ok) return false;
  const more: Refusal & { readonly first_run?: unknown } = result.refusal;
  return more.first_run === true;
}

function isPlace(value: unknown): value is Place {
  return (
    typeof value === "object" &&
    value !== null &&
    "row" in value &&
    typeof value.row === "number" &&
    "column" in value &&
    typeof value.column === "string" &&
    "what" in value &&
    typeof value.what === "string"
  );
}
