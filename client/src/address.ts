// Where this page's server is: everything stands below the path of its public address, which the
// server writes into the page. Whoever makes or reads an address or keeps something by name asks here.

/** `/turnout` for a server at https://example.org/turnout; empty for one that has its host alone. */
const base = globalThis.document?.documentElement.dataset.base ?? "";

/** The address of a path of the server's, such as `/api/console/me`. */
export function below(path: string): string {
  return base + path;
}

/** A page's own path, as the server's doors are written: without what stands before them. */
export function door(pathname: string): string {
  return pathname.startsWith(`${base}/`) ? pathname.slice(base.length) : pathname;
}

/** The conversation's part of /c/SLUG. */
export function slugOf(path: string): string {
  return decodeURIComponent(
    door(path)
      .replace(/^\/c\//, "")
      .replace(/\/.*$/, ""),
  );
}

/** The name under which this browser keeps a conversation's things. All servers of a host share what
 * the browser keeps, and may have conversations with the same slug. */
export function keptAs(slug: string): string {
  return base === "" ? slug : `${base}/${slug}`;
}
