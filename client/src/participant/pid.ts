// The pid of the address. It moves from the query into the fragment, which no browser ever sends, so
// that reload and "open in another browser" still know it. A damaged one is seen here, as the server
// would see it; whether one is on the list, only the server knows.

import { linkName } from "../device";
import { readPid } from "../pid";

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
    const same = nameOf("", trimmed);
    if (!values.has(same)) values.set(same, trimmed);
  }
  return values.size === 0 ? null : [...values.values()].join(" ").slice(0, LONGEST);
}

/** The name under which this browser keeps a link's things, whatever way its pid is spelt. */
export function nameOf(slug: string, pid: string): string {
  return linkName(slug, readPid(pid) ?? pid);
}
