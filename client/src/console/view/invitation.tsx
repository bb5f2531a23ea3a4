/** An invitation: what it gives, and the account that is made with it. */

import { useSignal } from "@preact/signals";
import { useEffect } from "preact/hooks";
import type { Result } from "../../api";
import { secret } from "../session";
import { type Me, staffApi } from "../staff_api";
import { NewAccount } from "./accounts";
import { Lone } from "./frame";
import { Refused } from "./parts";
import { useWords } from "./words";

/** It was used, or is too old. */
const OVER = "account_over";

export function Invitation() {
  const { invitation: words, staff } = useWords();
  const answer = useSignal<Result<{ role: Me["role"] }> | null>(null);
  const given = secret.value;
  useEffect(() => {
    answer.value = null;
    if (given === "") return;
    let over = false;
    const ask = async () => {
      const result = await staffApi.invitation(given);
      if (!over) answer.value = result;
    };
    void ask();
    return () => {
      over = true;
    };
  }, [given, answer]);

  if (given === "") {
    return (
      <Lone title={words.noSecret.title}>
        <p class="lead">{words.noSecret.more}</p>
      </Lone>
    );
  }
  const result = answer.value;
  if (result !== null && !result.ok && result.refusal.code === OVER) {
    return (
      <Lone title={words.over.title}>
        <p class="lead">{words.over.more}</p>
      </Lone>
    );
  }
  return (
    <Lone title={words.title}>
      {result === null && <p class="lead">{words.checking}</p>}
      {result !== null && !result.ok && <Refused refusal={result.refusal} />}
      {result?.ok && (
        <>
          <p class="lead">{words.lead(staff.roles[result.value.role])}</p>
          <p class="quiet">{staff.may[result.value.role]}</p>
          <NewAccount
            make={(name, password) => staffApi.accept(given, name, password)}
            button={words.button}
          />
        </>
      )}
    </Lone>
  );
}
