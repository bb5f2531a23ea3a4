/**
 * What a refusal says to its reader: the catalogue's words by its reason, else by its code; else the
 * server's own sentence, which is English. Pure.
 */

import type { CommandRefused, Refusal } from "../wire";
import type { Words } from "./catalogue/en";

export type Reason = NonNullable<CommandRefused["reason"]>;

/** What both kinds of refusal have: of a request, and of a command over the socket. */
export type Refusing = Pick<Refusal, "code" | "why" | "reason" | "number">;

/** A sentence of the catalogue; some tell a number. */
export type Sentence = string | ((n: number) => string);

/** `served`: in the server's words. */
export interface Told {
  readonly text: string;
  readonly served: boolean;
}

/** A newer server may know reasons and codes that this page doesn't. */
export function told({ code, why, reason, number }: Refusing, words: Words["refusal"]): Told {
  const found = named(words.reasons, reason) ?? named(words.codes, code);
  if (typeof found === "string") return { text: found, served: false };
  if (found !== undefined && number !== undefined) return { text: found(number), served: false };
  return { text: why, served: true };
}

function named(words: Readonly<Record<string, Sentence>>, name = ""): Sentence | undefined {
  return Object.hasOwn(words, name) ? words[name] : undefined;
}
