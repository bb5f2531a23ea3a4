// The pid of the address. It moves from the query into the fragment, which no browser ever sends, so
// that reload and "open in another browser" still know it. What a damaged one means, the server says.

import { linkName } from "../device";

/** The longest that the server looks at; what is longer is damaged anyhow. */
const LONGEST = 500;

export interface Address {
  /** As it came, trimmed: empty or a placeholder too. Null without any. */
  readonly pid: string | null;
  /** What the address bar should hold after the path. */
  readonly rest: string;
}

/** A pid of the query wins over one of the fragment: it is the link that was tapped just now. */
export function readAddress(search: string, fragment: string): Address {
  const query = new URLSearchParams(search);
  const found = take(query);
  const pid = found ?? take(new URLSearchParams(fragment.replace(/^#/, "")));
  const left = query.toString();
  const hash = pid === null ? fragment : `#pid=${encodeURIComponent(pid)}`;
  return { pid, rest: `${left && `?${left}`}${hash}` };
}

/** Take all `pid`s out. Several that differ go on together, which makes them damaged. */
function take(parameters: URLSearchParams): string | null {
  const values = new Map<string, string>();
  for (const [name, value] of [...parameters]) {
    if (name.toLowerCase() !== "pid") continue;
    parameters.delete(name);
    const trimmed = value.trim().slice(0, LONGEST);
    const same = linkName("", trimmed);
    if (!values.has(same)) values.set(same, trimmed);
  }
  return values.size === 0 ? null : [...values.values()].join(" ").slice(0, LONGEST);
}

/** The conversation's part of /c/SLUG. */
export function slugOf(path: string): string {
  return decodeURIComponent(path.replace(/^\/c\//, "").replace(/\/.*$/, ""));
}
