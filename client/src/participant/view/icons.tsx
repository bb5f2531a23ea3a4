// The drawings: all from strokes, none carries meaning without a word beside it.

const PATHS = {
  arrow: <path d="M5 12h14m-5.5-5.5L19 12l-5.5 5.5" />,
  tick: <path d="m5 12.500 4.500 4.500L19 7.500" />,
  cross: <path d="m6 6 12 12M18 6 6 18" />,
  clock: (
    <>
      <circle cx="12" cy="12" r="8.5" />
      <path d="M12 7.500V12l3 2" />
    </>
  ),
  warning: (
    <>
      <path d="M12 4 2.800 19.500h18.400L12 4Zm0 6v4.500" />
      <circle cx="12" cy="17" r=".6" fill="currentColor" />
    </>
  ),
  offline: (
    <>
      <path d="M3 3l18 18M8.500 15.500a5 5 0 0 1 7 0M5.500 12.300a9.500 9.500 0 0 1 4.300-2.400M2.500 9a14 14 0 0 1 4-2.500M12 5c3.600 0 7 1.500 9.500 4M15 10.300a9.500 9.500 0 0 1 3.500 2" />
      <circle cx="12" cy="19" r=".8" fill="currentColor" />
    </>
  ),
  eye: (
    <>
      <path d="M2.500 12S6 5.500 12 5.500 21.500 12 21.500 12 18 18.500 12 18.500 2.500 12 2.500 12Z" />
      <circle cx="12" cy="12" r="2.8" />
    </>
  ),
  phone: (
    <>
      <rect x="7" y="2.5" width="10" height="19" rx="2.5" />
      <path d="M11 18.500h2" />
    </>
  ),
  lock: (
    <>
      <rect x="5" y="10.500" width="14" height="10" rx="2" />
      <path d="M8 10.500V8a4 4 0 0 1 8 0v2.500" />
    </>
  ),
  people: (
    <>
      <circle cx="9" cy="8.5" r="3.5" />
      <path d="M2.500 19.500c.6-3.600 3.200-5.500 6.500-5.500s5.900 1.900 6.500 5.500M15.500 5.300a3.500 3.500 0 0 1 0 6.400M18 14.500c2 .8 3.200 2.500 3.500 5" />
    </>
  ),
} as const;

export type IconName = keyof typeof PATHS;

export function Icon({ name }: { name: IconName }) {
  return (
    <svg class={name === "arrow" ? "ic ic-flip" : "ic"} viewBox="0 0 24 24" aria-hidden="true">
      {PATHS[name]}
    </svg>
  );
}

/** Four strokes and one across: you were counted. */
export function TallyMark() {
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
