// Reading a pid kindly: in links that were tapped, and in the lists that researchers drop.

/** The pid that was meant, or null if what is left of it cannot be one of ours: the server's
 * `read_pid` (domain/links.py), which forgives the same things. */
export function readPid(raw: string): string | null {
  const text = unquoted(unquoted(raw))
    .normalize("NFKC")
    .replace(/[\p{C}\p{Z}]/gu, "")
    .replace(/pid=/gi, "")
    .replace(/^[^\p{L}\p{N}]+|[^\p{L}\p{N}]+$/gu, "")
    .toLowerCase();
  const read = text.slice(0, 1) + text.slice(1).replaceAll("o", "0").replace(/[il]/g, "1");
  return /^p[0-9a-hjkmnp-tv-z]{16}$/.test(read) ? read : null;
}

/** Percent-decoded where that makes text; the rest as it is. */
export function unquoted(text: string): string {
  return text.replace(/(?:%[0-9a-f]{2})+/gi, (coded) => {
    const bytes = coded.slice(1).split("%");
    return new TextDecoder().decode(Uint8Array.from(bytes, (byte) => Number.parseInt(byte, 16)));
  });
}
