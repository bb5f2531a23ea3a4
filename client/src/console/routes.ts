/**
 * The addresses of the staff page. Pure. Only names of screens and slugs stand in them, never a pid;
 * the secrets of first-run links and invitations stay in the fragment and are taken out at once.
 */

import { below, door } from "../address";

export type Route =
  | { readonly screen: Fixed | "list" | "unknown" }
  | { readonly screen: "conversation" | Part; readonly slug: string };

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

export function parse(pathname: string): Route {
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
  return PART.has(third) ? { screen: third as Part, slug: second } : { screen: "unknown" };
}

export function href(route: Route): string {
  return below(path(route));
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
