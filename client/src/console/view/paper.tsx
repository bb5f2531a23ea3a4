/** What is printed: it stands outside of the page, which stays off the paper while there is some. */

import { type ComponentChildren, render } from "preact";
import { useEffect, useRef } from "preact/hooks";

export function Paper({ children }: { children: ComponentChildren }) {
  const sheet = useRef<HTMLElement | null>(null);
  useEffect(() => {
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
  useEffect(() => {
    if (sheet.current !== null) render(children, sheet.current);
  }, [children]);
  return null;
}
