/** What happened while this screen was away, from what it showed before and what is so now. Pure. */

import type { StaffState } from "../wire";

export type Change = "added" | "sent" | "closed" | "skipped" | "withdrawn" | "corrected";

/** `items`: ids; of what was sent, the last one last. */
export type Happening =
  | { readonly kind: "phase"; readonly phase: StaffState["phase"] }
  | { readonly kind: Change; readonly items: readonly number[] };

const ORDER: readonly Change[] = ["added", "sent", "closed", "skipped", "withdrawn", "corrected"];

export function meanwhile(before: StaffState, after: StaffState): readonly Happening[] {
  const happened: Happening[] = [];
  if (before.phase !== after.phase) happened.push({ kind: "phase", phase: after.phase });
  const changed = new Map<Change, number[]>();
  const old = new Map(before.items.map((entry) => [entry.item.id, entry]));
  const bySending = [...after.items].sort((a, b) => (a.sent_at ?? 0) - (b.sent_at ?? 0));
  for (const entry of bySending) {
    const was = old.get(entry.item.id);
    const change = changeOf(was, entry);
    if (change !== null) changed.set(change, [...(changed.get(change) ?? []), entry.item.id]);
  }
  // Sending closes what was open: nothing to tell beside it.
  if (changed.has("sent")) changed.delete("closed");
  for (const kind of ORDER) {
    const items = changed.get(kind);
    if (items !== undefined) happened.push({ kind, items });
  }
  return happened;
}

type Entry = StaffState["items"][number];

function changeOf(was: Entry | undefined, is: Entry): Change | null {
  if (is.sent_at !== undefined && is.sent_at !== was?.sent_at) return "sent";
  if (was === undefined) return "added";
  if (was.status !== is.status) {
    if (is.status === "closed" || is.status === "skipped" || is.status === "withdrawn") {
      return is.status;
    }
  }
  return was.item.text === is.item.text ? null : "corrected";
}
