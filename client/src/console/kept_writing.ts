/**
 * What somebody typed about an item and has not saved yet, kept in this tab alone until it is saved,
 * thrown away, its author signs out, or somebody else signs in.
 */

import { read, unsaved, type Writing } from "./writing";

const PREFIX = "turnout.writing";

/** Where it stands. `by`: the name of the author's account. */
export interface Spot {
  readonly by: string;
  readonly slug: string;
  /** Null for a new one. */
  readonly item: number | null;
}

function name({ by, slug, item }: Spot): string {
  return `${all(by)}${slug} ${item ?? "new"}`;
}

function all(by: string): string {
  return `${PREFIX} ${encodeURIComponent(by)} `;
}

/** Storage may be forbidden or full; then what is typed lasts as long as its dialog. */
function tried<T>(use: () => T, otherwise: T): T {
  try {
    return use();
  } catch (error) {
    if (error instanceof DOMException) return otherwise;
    throw error;
  }
}

export function keptWriting(spot: Spot): Writing | null {
  return read(tried(() => sessionStorage.getItem(name(spot)), null));
}

export function keepWriting(spot: Spot, writing: Writing): void {
  if (!unsaved(writing)) dropWriting(spot);
  else tried(() => sessionStorage.setItem(name(spot), JSON.stringify(writing)), undefined);
}

export function dropWriting(spot: Spot): void {
  tried(() => sessionStorage.removeItem(name(spot)), undefined);
}

/** All of this tab, but those by this account. A session may lapse without anybody signing out. */
export function dropWritings({ butBy }: { butBy: string | null }): void {
  tried(() => {
    const names = Object.keys(sessionStorage).filter((one) => one.startsWith(PREFIX));
    for (const one of names) {
      if (butBy === null || !one.startsWith(all(butBy))) sessionStorage.removeItem(one);
    }
  }, undefined);
}
