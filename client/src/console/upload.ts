/**
 * A guide file on its way to the server, and the organiser's choices before they are sent. Pure.
 */

import { withOffset } from "./zones";

export const MAX_BYTES = 4 * 1024 * 1024;

/** Why a file is not even sent; null if it is. `size` in bytes. */
export function refusedFile(name: string, size: number): "workbook" | "big" | null {
  if (/\.(xls|xlsb|ods|numbers)$/i.test(name)) return "workbook";
  return size > MAX_BYTES ? "big" : null;
}

export function base64(bytes: Uint8Array): string {
  let binary = "";
  // In pieces, because a function takes only so many arguments.
  for (let i = 0; i < bytes.length; i += 8_192) {
    binary += String.fromCharCode(...bytes.subarray(i, i + 8_192));
  }
  return btoa(binary);
}

/** What stands in the form, as typed. */
export interface Draft {
  readonly title: string;
  readonly max: string;
  readonly duration: string;
  readonly starts: string;
  readonly zone: string;
}

export type Field = "title" | "max" | "duration" | "starts";

export const MAX_PARTICIPANTS = 100_000;
export const MAX_MINUTES = 24 * 60;

/** The fields that can't be sent like this. */
export function faults(draft: Draft): ReadonlySet<Field> {
  const found = new Set<Field>();
  if (draft.title.trim() === "") found.add("title");
  if (!within(draft.max, MAX_PARTICIPANTS)) found.add("max");
  if (!within(draft.duration, MAX_MINUTES)) found.add("duration");
  if (draft.starts !== "" && withOffset(draft.starts, draft.zone) === null) found.add("starts");
  return found;
}

function within(typed: string, most: number): boolean {
  const whole = /^\s*\d{1,9}\s*$/.test(typed) ? Number(typed) : 0;
  return whole >= 1 && whole <= most;
}
