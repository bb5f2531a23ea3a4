/** Participant Data for a screen: read when it opens, and again when the conversation moved on. */

import { useComputed, useSignal } from "@preact/signals";
import { useCallback, useEffect, useRef } from "preact/hooks";
import type { Refusal } from "../../wire";
import { isInterim } from "../lifecycle";
import type { People } from "../match/people";
import { fetchPeople } from "../participant_data";
import { now, signedOut } from "../session";
import { useLive } from "./commands";

export type PeopleData =
  | { readonly kind: "loading" }
  | { readonly kind: "failed"; readonly refusal: Refusal }
  /** `at`: when it was read, in ms of this machine's clock; `interim`: answers could still come. */
  | {
      readonly kind: "got";
      readonly people: People;
      readonly at: number;
      readonly interim: boolean;
    };

/** `again` reads anew; what was there stays on screen until then. */
export function useParticipantData(): {
  readonly data: PeopleData;
  readonly again: () => void;
} {
  const live = useLive();
  const data = useSignal<PeopleData>({ kind: "loading" });
  const newest = useRef(0);
  const phase = useComputed(() => live.state.value?.phase).value;
  const single = useComputed(() => live.state.value?.links === "single").value;
  const interim = useComputed(() => {
    const state = live.state.value;
    return state !== null && isInterim(state, now.value + live.room.value.skew);
  }).value;
  const again = useCallback(async () => {
    newest.current++;
    const mine = newest.current;
    const result = await fetchPeople(live.slug);
    if (mine !== newest.current || signedOut(result)) return;
    data.value = result.ok
      ? { kind: "got", people: result.value, at: Date.now(), interim }
      : { kind: "failed", refusal: result.refusal };
  }, [live, data, interim]);
  // Another phase has another file.
  useEffect(() => {
    if (!single) void again();
    return () => {
      // What comes now is for a screen that is gone.
      newest.current++;
    };
  }, [again, single, phase]);
  return { data: data.value, again: () => void again() };
}
