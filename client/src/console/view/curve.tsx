/** Who is here and how many answers come, drawn. The library is loaded with the first picture. */

import { useComputed } from "@preact/signals";
import { useEffect, useMemo, useRef, useState } from "preact/hooks";
import type uPlot from "uplot";
import { type Lines, lines, summary } from "../curve";
import { now } from "../session";
import { useLive } from "./commands";
import { useWords } from "./words";

const HEIGHT = 116;
const MINUTE = 60_000;

export function CurvePanel() {
  const { f, curve: words } = useWords();
  const live = useLive();
  const curve = useComputed(() => live.room.value.curve).value;
  const drawn = useMemo(() => lines(curve), [curve]);
  const from = drawn[0][0];
  return (
    <section class="panel curve-panel" aria-labelledby="curve-head">
      <div class="panel-head">
        <h2 id="curve-head">{words.title}</h2>
        <div class="legend push">
          <span>{words.here}</span>
          <span class="legend-answers">{words.answers}</span>
        </div>
      </div>
      {from === undefined || drawn[0].length < 2 ? (
        <p class="panel-body small quiet">{words.none}</p>
      ) : (
        <div class="panel-body curve-body" dir="ltr">
          <Picture drawn={drawn} />
          <div class="axis-ends" aria-hidden="true">
            <span>{f.time(from * 1000)}</span>
            <span>{words.now}</span>
          </div>
        </div>
      )}
    </section>
  );
}

function Picture({ drawn }: { drawn: Lines }) {
  const { f, curve: words } = useWords();
  const box = useRef<HTMLDivElement>(null);
  const plot = useRef<uPlot | null>(null);
  const [ready, setReady] = useState(false);
  const label = useSummary(drawn);
  useEffect(() => {
    let over = false;
    let stop = () => {};
    void import("./plot").then(({ draw }) => {
      if (over || box.current === null) return;
      const made = draw(box.current, HEIGHT, (n) => f.number(n));
      plot.current = made.plot;
      stop = made.stop;
      setReady(true);
    });
    return () => {
      over = true;
      stop();
      plot.current = null;
    };
  }, [f]);
  useEffect(() => {
    plot.current?.setData(drawn as unknown as uPlot.AlignedData);
  }, [drawn, ready]);
  return (
    <div
      ref={box}
      class="curve-picture"
      role="img"
      aria-label={
        label === null
          ? words.title
          : words.summary(
              f.time(label.from),
              f.time(label.to),
              label.first,
              label.most,
              label.last,
              label.came,
            )
      }
    />
  );
}

/** Once a minute, so that it can be listened to from end to end. */
function useSummary(drawn: Lines) {
  const minute = useComputed(() => Math.floor(now.value / MINUTE)).value;
  const latest = useRef(drawn);
  latest.current = drawn;
  // It is the minute that asks for a new one.
  return useMemo(() => summary(latest.current), [minute]);
}
