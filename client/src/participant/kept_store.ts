// Where drafts, the outbox and the answers that the server has accepted are kept: one record for each
// link and question, so that two tabs never overwrite each other's whole.

import { createStore, delMany, entries, keys, promisifyRequest, type UseStore } from "idb-keyval";
import type { Answers, Kept } from "./answers";

export interface KeptStore {
  load(name: string): Promise<Answers>;
  /** Resolves when it is on disk: only then may an answer be sent for the first time. */
  save(name: string, question: number, kept: Kept): Promise<void>;
  /** Remove all of this link. */
  forget(name: string): Promise<void>;
}

export function storedAnswers(): KeptStore {
  const store: UseStore = createStore("turnout-answers", "answers");
  return {
    async load(name) {
      const all = await entries<string, Kept>(store);
      return Object.fromEntries(
        all
          .filter(([key]) => key.startsWith(`${name}\n`))
          .map(([key, kept]) => [Number(key.slice(name.length + 1)), kept]),
      );
    },
    // Committed at once: a page that goes away takes transactions with it that would commit later.
    save: (name, question, kept) =>
      store("readwrite", (answers) => {
        answers.put(kept, `${name}\n${question}`);
        const { transaction } = answers;
        transaction.commit();
        return promisifyRequest(transaction);
      }),
    async forget(name) {
      const all = await keys<string>(store);
      const own = all.filter((key) => key.startsWith(`${name}\n`));
      await delMany(own, store);
    },
  };
}

/** For browsers that store nothing: as long as the page lives. */
export function rememberedAnswers(): KeptStore {
  const all = new Map<string, Record<number, Kept>>();
  return {
    load: async (name) => ({ ...all.get(name) }),
    async save(name, question, kept) {
      all.set(name, { ...all.get(name), [question]: kept });
    },
    async forget(name) {
      all.delete(name);
    },
  };
}
