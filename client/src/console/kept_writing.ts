/**
 * What somebody typed about an item and has not saved yet, kept in this tab alone until it is saved,
 * thrown away, or its author signs out.
 */

import { read, unsaved, type Writing } from "./writing";

const PREFIX = "turnout.writing";

function name(slug: string, item: number | null): string {
  return `${PREFIX} ${slug} ${item ?? "new"}`;
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

export function keptWriting(slug: string, item: number | null): Writing | null {
  return read(tried(() => sessionStorage.getItem(name(slug, item)), null));
}

export function keepWriting(slug: string, writing: Writing): void {
  if (!unsaved(writing)) dropWriting(slug, writing.item);
  else
    tried(
      () => sessionStorage.setItem(name(slug, writing.item), JSON.stringify(writing)),
      undefined,
    );
}

export function dropWriting(slug: string, item: number | null): void {
  tried(() => sessionStorage.removeItem(name(slug, item)), undefined);
}

/** All of this tab. */
export function dropWritings(): void {
  tried(() => {
    const names = Object.keys(sessionStorage).filter((one) => one.startsWith(PREFIX));
    for (const one of names) sessionStorage.removeItem(one);
  }, undefined);
}
