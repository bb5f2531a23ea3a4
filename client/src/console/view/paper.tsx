/** What is printed: it stands outside of the page, which stays off the paper while there is some. */

import { type ComponentChildren, render } from "preact";
import { useLayoutEffect, useRef } from "preact/hooks";

/** `onDrawn`: called once, when what is to be printed stands there. */
export function Paper({
  children,
  onDrawn,
}: {
  children: ComponentChildren;
  onDrawn?: () => void;
}) {
  const sheet = useRef<HTMLElement | null>(null);
  const drawn = useRef(onDrawn);
  useLayoutEffect(() => {
    const made = document.createElement("div");
    made.className = "paper";
    document.body.append(made);
    document.body.classList.add("has-paper");
    sheet.current = made;
    return () => {
      render(null, made);
      made.remove();
      document.body.classList.remove("has-paper");
    };
  }, []);
  useLayoutEffect(() => {
    if (sheet.current !== null) render(children, sheet.current);
  }, [children]);
  useLayoutEffect(() => {
    drawn.current?.();
  }, []);
  return null;
}
