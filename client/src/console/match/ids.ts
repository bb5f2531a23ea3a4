/** Participant ids as lists hold them: bare, in another case, or inside a whole link. Pure. */

import { readPid, unquoted } from "../../pid";
import { BLANKS } from "./text";

/** Characters of a cell that are searched; mail filters make links long. */
const MAX_LINK = 4_000;
/** Characters of a bare id that are looked at. */
const MAX_BARE = 500;
/** Characters of an id. */
const SHORTEST = 17;
const IN_LINK = new RegExp(`pid[${BLANKS}]*=[${BLANKS}]*([^${BLANKS}&#?<>"']*)`, "gi");

/** The id that a cell holds, as itself or as `pid=` inside an address; null if it holds none, a damaged
 * one, or several that differ. */
export function idIn(cell: string): string | null {
  if (cell.length < SHORTEST) return null;
  const bare = cell.length <= MAX_BARE ? readPid(cell) : null;
  if (bare !== null) return bare;
  const text = unquoted(unquoted(cell.slice(0, MAX_LINK))).normalize("NFKC");
  const pids = new Set([...text.matchAll(IN_LINK)].map(([, raw]) => readPid(raw ?? "")));
  const [pid] = pids;
  return pids.size === 1 && pid !== undefined ? pid : null;
}
