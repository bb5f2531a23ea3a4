/** Places in the guide: where an item goes when it is moved by keys or dragged. Pure. */

/** Behind which item (null: first) `id` goes when it moves by so many places, or as far as it can;
 * `undefined` where it stays. */
export function movedBy(ids: readonly number[], id: number, by: number): number | null | undefined {
  const at = ids.indexOf(id);
  const to = Math.min(ids.length - 1, Math.max(0, at + by));
  if (at < 0 || to === at) return undefined;
  return ids[to > at ? to : to - 1] ?? null;
}

/** Behind which item (null: first) something goes that is let go at `y`. `middles`: of the rows of
 * `ids`, in the same measure. */
export function droppedAt(
  ids: readonly number[],
  middles: readonly number[],
  y: number,
): number | null {
  const above = middles.filter((middle) => middle < y).length;
  return ids[above - 1] ?? null;
}

/** Whether `id` would stand elsewhere then. */
export function moves(ids: readonly number[], id: number, after: number | null): boolean {
  const at = ids.indexOf(id);
  return after !== id && after !== (ids[at - 1] ?? null);
}
