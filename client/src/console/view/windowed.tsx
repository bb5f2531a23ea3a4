/** Long tables: only the rows in view are drawn. Works in any scroller, by where the table stands. */

import type { ComponentChildren, RefObject } from "preact";
import { useEffect, useRef, useState } from "preact/hooks";
import { type Span, visible } from "../numbers";

/** The height of every row in px, as console.css sets it for `.rows`. */
export const ROW = 38;

/** Which rows of `body`, a tbody that is as high as all of them, to draw. */
export function useSpan(body: RefObject<HTMLElement | null>, rows: number): Span {
  const [span, setSpan] = useState<Span>(() => visible(rows, ROW, 0, 600));
  useEffect(() => {
    let asked = 0;
    const measure = () => {
      asked = 0;
      const top = body.current?.getBoundingClientRect().top ?? 0;
      const next = visible(rows, ROW, -top, window.innerHeight);
      setSpan((old) => (old.first === next.first && old.count === next.count ? old : next));
    };
    const soon = () => {
      if (asked === 0) asked = requestAnimationFrame(measure);
    };
    measure();
    // Scroll events don't bubble, but they can be captured: whichever box scrolls.
    document.addEventListener("scroll", soon, { capture: true, passive: true });
    window.addEventListener("resize", soon);
    return () => {
      cancelAnimationFrame(asked);
      document.removeEventListener("scroll", soon, { capture: true });
      window.removeEventListener("resize", soon);
    };
  }, [body, rows]);
  return span;
}

/** The body of a table of `rows` rows, of which `draw` gives one. */
export function WindowedBody({
  rows,
  draw,
}: {
  rows: number;
  draw: (row: number) => ComponentChildren;
}) {
  const body = useRef<HTMLTableSectionElement>(null);
  const { first, count } = useSpan(body, rows);
  // One render may come between fewer rows and the next measure.
  const start = Math.min(first, rows);
  const end = Math.min(start + count, rows);
  return (
    <tbody ref={body}>
      <Spacer rows={start} />
      {Array.from({ length: end - start }, (_, i) => draw(start + i))}
      <Spacer rows={rows - end} />
    </tbody>
  );
}

/** One cell alone: one that spans a column that a narrow panel hides would bring it back. */
function Spacer({ rows }: { rows: number }) {
  if (rows === 0) return null;
  return (
    <tr class="spacer">
      <td style={{ blockSize: `${rows * ROW}px` }} />
    </tr>
  );
}
