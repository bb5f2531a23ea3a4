/** What staff call an item, in words. */

import type { StaffState } from "../../wire";
import { nameOf } from "../guide";

/** Empty for an item that is not in the guide. */
export function itemName(
  words: { readonly question: (n: number) => string; readonly message: (n: number) => string },
  state: StaffState | null,
  id: number | null,
): string {
  const found = nameOf(state?.items ?? [], id);
  if (found === null) return "";
  return found.kind === "message" ? words.message(found.number) : words.question(found.number);
}
