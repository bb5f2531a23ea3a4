/** The list of conversations: what is searched for, and what starts next. Pure. */

import type { Listed } from "./staff_api";

/** From so many on it can be searched. */
export const MANY = 8;

/** Whether every word that was typed stands somewhere in its title or its address. */
export function fits(row: Listed, query: string): boolean {
  const there = `${row.title} ${row.slug}`.toLowerCase();
  return query
    .toLowerCase()
    .split(/\s+/)
    .every((word) => there.includes(word));
}

/** The one that starts next, of those that have not started; null where none is planned. */
export function nextStart(
  rows: readonly Listed[],
  now: number,
): { readonly row: Listed; readonly at: number } | null {
  let next: { row: Listed; at: number } | null = null;
  for (const row of rows) {
    const { starts_at: at } = row;
    const waits = row.phase === "draft" || row.phase === "published";
    if (at === null || !waits || at < now) continue;
    if (next === null || at < next.at) next = { row, at };
  }
  return next;
}

/** Those that people can answer in now. */
export function running(rows: readonly Listed[]): readonly Listed[] {
  return rows.filter(({ phase }) => phase === "live" || phase === "flex");
}
