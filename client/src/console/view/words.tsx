/** The sentences, for every view. */

import { createContext, Fragment } from "preact";
import { useContext } from "preact/hooks";
import type { Around } from "../around";
import type { Words } from "../catalogue/en";

export const WordsContext = createContext<Words | null>(null);

export function useWords(): Words {
  const words = useContext(WordsContext);
  if (words === null) throw new Error("no words: a view outside of WordsContext");
  return words;
}

/** A sentence with its number in bold. */
export function Bold({ around: [before, number, after] }: { around: Around }) {
  return (
    <Fragment>
      {before}
      <b class="num">{number}</b>
      {after}
    </Fragment>
  );
}
