/**
 * The addresses of the staff page. Pure. Only names of screens and slugs stand in them; the
 * first-run secret stays in the fragment and is taken out at once.
 */

export type Route =
  | { readonly screen: "list" | "new" | "sign-in" | "first-run" | "unknown" }
  | { readonly screen: "conversation" | "links"; readonly slug: string };

const FIXED = new Set(["new", "sign-in", "first-run"]);
const SLUG = /^[A-Za-z0-9][A-Za-z0-9_-]*$/;

export function parse(pathname: string): Route {
  const [root, second, third, ...more] = pathname.split("/").filter((part) => part !== "");
  if (root !== "console" || more.length > 0) return { screen: "unknown" };
  if (second === undefined) return { screen: "list" };
  if (FIXED.has(second) && third === undefined) {
    return { screen: second as "new" | "sign-in" | "first-run" };
  }
  if (!SLUG.test(second) || FIXED.has(second)) return { screen: "unknown" };
  if (third === undefined) return { screen: "conversation", slug: second };
  return third === "links" ? { screen: "links", slug: second } : { screen: "unknown" };
}

export function href(route: Route): string {
  switch (route.screen) {
    case "list":
    case "unknown":
      return "/console";
    case "conversation":
      return `/console/${route.slug}`;
    case "links":
      return `/console/${route.slug}/links`;
    default:
      return `/console/${route.screen}`;
  }
}
