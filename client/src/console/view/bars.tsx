/** A bar list, in the order it is given. The numbers carry it; the track is decoration. */

import type { Bar } from "../numbers";
import { share } from "./parts";
import { useWords } from "./words";

/** More than these would push the buttons off a laptop's screen. */
const MANY = 7;

export function Bars({ bars, small = false }: { bars: readonly Bar[]; small?: boolean }) {
  const { f, item } = useWords();
  if (bars.length === 0) return null;
  return (
    <ul class={small || bars.length > MANY ? "bars bars-s" : "bars"}>
      {bars.map((bar) => (
        <li key={bar.key} class={bar.key === "other" ? "is-quiet" : undefined}>
          <span dir="auto">{bar.key === "other" ? item.other : bar.label}</span>
          <span class="n">
            <b>{f.percent(bar.percent)}</b>
            {f.number(bar.n)}
          </span>
          <span class="track" aria-hidden="true">
            <i style={share(bar.share)} />
          </span>
        </li>
      ))}
    </ul>
  );
}
