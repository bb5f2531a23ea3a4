/**
 * The addresses of the staff page. Pure. Only names of screens and slugs stand in what a server sees of
 * them, never a pid: whose percentage is explained stands in the fragment. The secrets of first-run
 * links and invitations stay there too, and are taken out at once.
 */

import { below, door } from "../address";
import { readPid } from "../pid";

export type Route =
  | { readonly screen: Fixed | "list" | "unknown" }
  | {
      readonly screen: "conversation" | Part;
      readonly slug: string;
      /** On the results' page: whose percentage is explained, by number or pid. */
      readonly whose?: string;
    };

type Fixed = "new" | "sign-in" | "first-run" | "invitation" | "staff";
/** The pages of a conversation; without one, its phase chooses. */
export type Part = "guide" | "schedule" | "audience" | "live" | "results" | "match" | "settings";

/** In the order of their tabs. */
export const PARTS: readonly Part[] = [
  "guide",
  "schedule",
  "audience",
  "live",
  "results",
  "match",
  "settings",
];

const FIXED: ReadonlySet<string> = new Set<Fixed>([
  "new",
  "sign-in",
  "first-run",
  "invitation",
  "staff",
]);
const PART: ReadonlySet<string> = new Set<Part>(PARTS);
const SLUG = /^[A-Za-z0-9][A-Za-z0-9_-]*$/;

export function parse(pathname: string, fragment = ""): Route {
  const [root, second, third, ...more] = door(pathname)
    .split("/")
    .filter((part) => part !== "");
  if (root !== "console" || more.length > 0) return { screen: "unknown" };
  if (second === undefined) return { screen: "list" };
  if (FIXED.has(second) && third === undefined) {
    return { screen: second as Fixed };
  }
  if (!SLUG.test(second) || FIXED.has(second)) return { screen: "unknown" };
  if (third === undefined) return { screen: "conversation", slug: second };
  if (!PART.has(third)) return { screen: "unknown" };
  const whose = third === "results" ? whoseOf(fragment) : null;
  return { screen: third as Part, slug: second, ...(whose !== null && { whose }) };
}

/** A participant's number, or a pid however it is written; null for any other fragment. */
function whoseOf(fragment: string): string | null {
  const written = fragment.replace(/^#/, "");
  return /^[1-9]\d{0,8}$/.test(written) ? written : readPid(written);
}

export function href(route: Route): string {
  const whose = "whose" in route ? `#${route.whose}` : "";
  return below(path(route)) + whose;
}

function path(route: Route): string {
  switch (route.screen) {
    case "list":
    case "unknown":
      return "/console";
    case "conversation":
      return `/console/${route.slug}`;
    case "new":
    case "sign-in":
    case "first-run":
    case "invitation":
    case "staff":
      return `/console/${route.screen}`;
    default:
      return `/console/${route.slug}/${route.screen}`;
  }
}
