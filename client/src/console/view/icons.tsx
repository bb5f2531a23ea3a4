/** The few pictures of the staff page. All are decoration beside words, so none is read out. */

const PATHS = {
  check: "m5 12.500 4.500 4.500L19 7.500",
  warn: "M12 4 2.800 20h18.400L12 4Zm0 6v5m0 2.500v.1",
  stop: "M12 3a9 9 0 1 0 0 18 9 9 0 0 0 0-18Zm-3.500 5.500 7 7m0-7-7 7",
  info: "M12 3a9 9 0 1 0 0 18 9 9 0 0 0 0-18Zm0 8v5m0-8.500v.1",
  search: "M11 4.500a6.500 6.500 0 1 0 0 13 6.500 6.500 0 0 0 0-13ZM16 16l4.500 4.500",
  download: "M12 4v11m0 0-4.500-4.500M12 15l4.500-4.500M5 20h14",
  copy: "M9 9h11v11H9zM5 15H4V4h11v1",
  plus: "M12 5v14M5 12h14",
  more: "m6 9.500 6 6 6-6",
  up: "M12 19V5m0 0-6 6m6-6 6 6",
  file: "M6 3h8l5 5v13H6zM14 3v5h5",
  clock: "M12 3a9 9 0 1 0 0 18 9 9 0 0 0 0-18Zm0 4.500V12l3 2",
  mute: "M4 9.500h3.500L12 5.500v13l-4.500-4H4zM16 10l4.500 4.500m0-4.500L16 14.500",
  qr: "M4 4h6v6H4zM14 4h6v6h-6zM4 14h6v6H4zM14 14h2.500v2.500M20 14v6h-6v-1.500",
  grip: "M9 6v.1M15 6v.1M9 12v.1M15 12v.1M9 18v.1M15 18v.1",
  lock: "M5 10.500h14v10H5zM8 10.500V8a4 4 0 0 1 8 0v2.500",
  undo: "M8 5 4 9l4 4M4 9h10a5.500 5.500 0 0 1 0 11h-3",
  back: "M10 6 4 12l6 6M4 12h16",
} as const;

export type IconName = keyof typeof PATHS;

export function Icon({ name, flip = false }: { name: IconName; flip?: boolean }) {
  return (
    <svg class={flip ? "ic ic-flip" : "ic"} viewBox="0 0 24 24" aria-hidden="true">
      <path d={PATHS[name]} />
    </svg>
  );
}

/** The tally mark: four strokes and one across. */
export function Mark() {
  return (
    <svg
      viewBox="0 0 24 24"
      aria-hidden="true"
      fill="none"
      stroke="currentColor"
      stroke-width="2.4"
      stroke-linecap="round"
    >
      <path d="M5 5v14M9.700 5v14M14.300 5v14M19 5v14" />
      <path d="M2.500 16 21.500 8" />
    </svg>
  );
}
