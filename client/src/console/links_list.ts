/**
 * The links of a conversation as a table: which are shown, how many there are of each kind, and what
 * stands beside each. Pure.
 */

import { pidFits } from "./numbers";
import type { Link, Links } from "./staff_api";

export type Filter = "all" | "unused" | "joined" | "refused";
export const FILTERS: readonly Filter[] = ["all", "unused", "joined", "refused"];

/** `some`: there are links that nobody downloaded yet, behind those that somebody did. */
export type Taken = "none" | "some" | "all";

export function takenOf({ taken_at, added_at }: Pick<Links, "taken_at" | "added_at">): Taken {
  if (taken_at === null) return "none";
  return added_at !== null && added_at > taken_at ? "some" : "all";
}

/** Who joined, by pid, as the live line tells it: newer than the fetched table. */
export type Joined = ReadonlySet<string>;

export function hasJoined(link: Link, joined: Joined): boolean {
  return link.joined || joined.has(link.pid);
}

function belongs(link: Link, filter: Filter, joined: Joined): boolean {
  switch (filter) {
    case "all":
      return true;
    case "unused":
      return !hasJoined(link, joined);
    case "joined":
      return hasJoined(link, joined);
    case "refused":
      return link.refused !== null;
  }
}

/** In link order; `query` is any part of a pid. */
export function shown(
  links: readonly Link[],
  filter: Filter,
  query: string,
  joined: Joined,
): readonly Link[] {
  return links.filter((link) => belongs(link, filter, joined) && pidFits(link.pid, query));
}

/** How many there are of each kind, whatever is searched for. */
export function counts(links: readonly Link[], joined: Joined): Readonly<Record<Filter, number>> {
  const of = (filter: Filter) => links.filter((link) => belongs(link, filter, joined)).length;
  return {
    all: links.length,
    unused: of("unused"),
    joined: of("joined"),
    refused: of("refused"),
  };
}

/** Why the last device that came with a link was kept out, as far as the page has words for it. */
export type Why = "other_device" | "full" | "over" | "removed" | "else";

export function whyRefused(link: Link): Why | null {
  const { refused } = link;
  switch (refused) {
    case null:
      return null;
    case "other_device":
    case "full":
    case "over":
    case "removed":
      return refused;
    default:
      return "else";
  }
}

/** The numbers from `first` to `last` as typed, within the links that there are; null if they are no
 * such numbers. */
export function range(
  first: string,
  last: string,
  links: number,
): readonly [number, number] | null {
  const from = whole(first);
  const to = whole(last);
  return from >= 1 && from <= to && to <= links ? [from, to] : null;
}

function whole(typed: string): number {
  return /^\s*\d{1,6}\s*$/.test(typed) ? Number(typed) : 0;
}
