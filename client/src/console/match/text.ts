/**
 * The bytes of a dropped list as text, or what the file is instead. Pure. The same rules as the
 * server's `turnout.guides.source.text_of`, which `turnout match` reads its files with.
 */

/** What Python takes for blanks, to put into the brackets of a pattern; `\s` differs a little. */
export const BLANKS =
  "\\t-\\r\\x1c-\\x20\\x85\\xa0\\u1680\\u2000-\\u200a\\u2028\\u2029\\u202f\\u205f\\u3000";
const SOMETHING = new RegExp(`[^${BLANKS}]`);

export const MAX_BYTES = 50 * 1024 * 1024;

/** What a file is that is no text of ours. */
export type Kind =
  | "workbook"
  | "oldWorkbook"
  | "protected"
  | "picture"
  | "pdf"
  | "compressed"
  | "utf32";

/** Why a file can't be read. `row`: as a spreadsheet program numbers it; `line`: of the file, 0 where
 * it can't be told. */
export type Fault =
  | { readonly kind: "big" | "empty" | "wide" | "noIds" | "nul" | "unread" }
  | { readonly kind: "other"; readonly what: Kind }
  | { readonly kind: "encoding"; readonly line: number }
  | { readonly kind: "quote"; readonly row: number };

const BEGINNINGS: readonly (readonly [readonly number[], Kind])[] = [
  [[0x50, 0x4b, 3, 4], "workbook"],
  [[0x50, 0x4b, 5, 6], "compressed"],
  [[0xd0, 0xcf, 0x11, 0xe0], "oldWorkbook"],
  [[0x89, 0x50, 0x4e, 0x47], "picture"],
  [[0xff, 0xd8, 0xff], "picture"],
  [[0x47, 0x49, 0x46, 0x38], "picture"],
  [[0x25, 0x50, 0x44, 0x46], "pdf"],
  [[0x1f, 0x8b], "compressed"],
  [[0xff, 0xfe, 0, 0], "utf32"],
  [[0, 0, 0xfe, 0xff], "utf32"],
];
const MARKS: readonly (readonly [readonly number[], string])[] = [
  [[0xef, 0xbb, 0xbf], "utf-8"],
  [[0xff, 0xfe], "utf-16le"],
  [[0xfe, 0xff], "utf-16be"],
];
/** A workbook with a password is a stream of this name in the container of the old ones. */
const PROTECTED = [..."EncryptedPackage"].join("\0");

/** The text of a file: UTF-8 with or without a byte order mark, or UTF-16 with one. */
export function textOf(bytes: Uint8Array<ArrayBuffer>): string | Fault {
  if (bytes.length > MAX_BYTES) return { kind: "big" };
  const other = BEGINNINGS.find(([beginning]) => beginsWith(bytes, beginning));
  if (other !== undefined)
    return { kind: "other", what: isProtected(bytes) ? "protected" : other[1] };
  const [mark, encoding] = MARKS.find(([one]) => beginsWith(bytes, one)) ?? [[], "utf-8"];
  const body = bytes.subarray(mark.length);
  const text = decoded(body, encoding);
  if (text === null) {
    return { kind: "encoding", line: encoding === "utf-8" ? faultyLine(body) : 0 };
  }
  if (text.includes("\0")) return { kind: "nul" };
  return SOMETHING.test(text) ? text : { kind: "empty" };
}

function beginsWith(bytes: Uint8Array, beginning: readonly number[]): boolean {
  return beginning.every((byte, i) => bytes[i] === byte);
}

function isProtected(bytes: Uint8Array<ArrayBuffer>): boolean {
  return new TextDecoder("latin1").decode(bytes).includes(PROTECTED);
}

function decoded(bytes: Uint8Array<ArrayBuffer>, encoding: string): string | null {
  try {
    return new TextDecoder(encoding, { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch (error) {
    if (error instanceof TypeError) return null;
    throw error;
  }
}

const LINE_FEED = 0x0a;
const RETURN = 0x0d;

/** The first line that is not UTF-8. No byte of a longer character looks like an end of line. */
function faultyLine(bytes: Uint8Array<ArrayBuffer>): number {
  let line = 1;
  let start = 0;
  for (let i = 0; i < bytes.length; i++) {
    const end = bytes[i] === LINE_FEED || (bytes[i] === RETURN && bytes[i + 1] !== LINE_FEED);
    if (!end) continue;
    if (decoded(bytes.subarray(start, i), "utf-8") === null) return line;
    line++;
    start = i + 1;
  }
  return line;
}
