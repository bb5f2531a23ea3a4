// Languages: which one, how numbers and times look in it, and where its texts are. A language is one
// file in a catalogue folder, a function from `Formats` to texts; nothing else needs to know of it.

/** How numbers, times and places are written in one language. Times are ms since 1970, UTC. */
export interface Formats {
  readonly locale: string;
  number(value: number): string;
  /** A whole percentage, 0 to 100. */
  percent(value: number): string;
  /** Day and time in an IANA zone; without one, in this device's. */
  dayTime(at: number, zone?: string): string;
  time(at: number, zone?: string): string;
  /** The place that a zone is named for. */
  place(zone: string): string;
  /** "4:12", from whole seconds. */
  clock(seconds: number): string;
  plural(count: number): Intl.LDMLPluralRule;
}

export function formats(locale: string): Formats {
  const number = new Intl.NumberFormat(locale);
  const percent = new Intl.NumberFormat(locale, { style: "percent", maximumFractionDigits: 0 });
  const two = new Intl.NumberFormat(locale, { minimumIntegerDigits: 2 });
  const rules = new Intl.PluralRules(locale);
  const show = (at: number, zone: string | undefined, options: Intl.DateTimeFormatOptions) =>
    new Intl.DateTimeFormat(locale, zone ? { ...options, timeZone: zone } : options).format(at);
  return {
    locale,
    number: (value) => number.format(value),
    percent: (value) => percent.format(value / 100),
    dayTime: (at, zone) =>
      show(at, zone, {
        weekday: "long",
        day: "numeric",
        month: "long",
        hour: "numeric",
        minute: "2-digit",
      }),
    time: (at, zone) => show(at, zone, { hour: "numeric", minute: "2-digit" }),
    place: (zone) => (zone.split("/").pop() ?? zone).replaceAll("_", " "),
    clock: (seconds) => `${number.format(Math.floor(seconds / 60))}:${two.format(seconds % 60)}`,
    plural: (count) => rules.select(count),
  };
}

/** This device's IANA zone. */
export function ownZone(): string {
  return new Intl.DateTimeFormat().resolvedOptions().timeZone;
}

/** Whether this browser knows the zone; it throws for one it doesn't. */
export function knowsZone(zone: string): boolean {
  try {
    new Intl.DateTimeFormat("en", { timeZone: zone });
    return zone !== "";
  } catch (error) {
    if (error instanceof RangeError) return false;
    throw error;
  }
}

/** Which of the languages at hand to use: `{language: its file's name, locale: for Intl}`. A reader's
 * region is kept where the language fits (en-GB writes dates otherwise than en-US). */
export function choose(
  wanted: readonly string[],
  have: readonly string[],
  fallback: string,
): { readonly language: string; readonly locale: string } {
  for (const locale of wanted) {
    const lower = locale.toLowerCase();
    const language = have.find(
      (one) => lower === one.toLowerCase() || lower.split("-")[0] === one.toLowerCase(),
    );
    if (language !== undefined) return { language, locale };
  }
  return { language: fallback, locale: fallback };
}

/** The module of a language: its texts are its default export. */
export interface CatalogueFile<Texts> {
  readonly default: (formats: Formats) => Texts;
}

/** Load the reader's language and turn the page its way. `catalogue`: `import.meta.glob` of the folder,
 * one file a language, English among them. */
export async function load<Texts>(
  catalogue: Readonly<Record<string, () => Promise<CatalogueFile<Texts>>>>,
  wanted: readonly string[],
): Promise<Texts> {
  const files = new Map(
    Object.entries(catalogue).map(([path, file]) => [path.replace(/^.*\/|\.ts$/g, ""), file]),
  );
  const { language, locale } = choose(wanted, [...files.keys()], "en");
  const file = files.get(language);
  if (file === undefined) throw new Error("the catalogue has no English");
  document.documentElement.lang = language;
  document.documentElement.dir = RIGHT_TO_LEFT.has(language.split("-")[0] ?? "") ? "rtl" : "ltr";
  return (await file()).default(formats(locale));
}

const RIGHT_TO_LEFT = new Set(["ar", "fa", "he", "ur"]);
