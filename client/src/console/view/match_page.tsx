/** Who of the researcher's own list came. Nothing of that list leaves the page. */

import { useLive } from "./commands";
import { PageFrame } from "./sections";

export function MatchPage() {
  const live = useLive();
  const state = live.state.value;
  if (state === null) return null;
  return (
    <PageFrame state={state} here="match">
      {null}
    </PageFrame>
  );
}
