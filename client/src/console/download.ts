/**
 * A file of the server's as a value, so that a refusal can be said in words: a plain link would save
 * the refusal as if it were the file.
 */

import type { Result } from "../api";
import { read } from "../api";

export interface Downloaded {
  readonly name: string;
  readonly blob: Blob;
}

/** The server makes a whole file before its first byte, so this is long. Milliseconds without a byte
 * after which a download counts as offline. */
export const PATIENCE = 60_000;

export async function download(address: string): Promise<Result<Downloaded>> {
  const stop = new AbortController();
  let timer = setTimeout(() => stop.abort(), PATIENCE);
  const goOn = () => {
    clearTimeout(timer);
    timer = setTimeout(() => stop.abort(), PATIENCE);
  };
  try {
    const init: RequestInit = {
      credentials: "same-origin",
      cache: "no-store",
      signal: stop.signal,
    };
    const response = await fetch(address, init);
    if (!response.ok) return asRefusal(response.status, await response.text());
    const name = fileName(response.headers.get("Content-Disposition") ?? "");
    return { ok: true, value: { name, blob: await collected(response, goOn) } };
  } catch (error) {
    if (error instanceof TypeError || error instanceof DOMException) {
      return { ok: false, status: 0, refusal: { code: "offline", why: "" } };
    }
    throw error;
  } finally {
    clearTimeout(timer);
  }
}

function asRefusal(status: number, text: string): Result<never> {
  const result = read<never>(status, text);
  return result.ok ? { ok: false, status, refusal: { code: "unreadable", why: "" } } : result;
}

async function collected(response: Response, goOn: () => void): Promise<Blob> {
  const type = response.headers.get("Content-Type") ?? "";
  const reader = response.body?.getReader();
  const pieces: Uint8Array<ArrayBuffer>[] = [];
  for (;;) {
    const next = await reader?.read();
    if (next === undefined || next.done) return new Blob(pieces, { type });
    pieces.push(next.value);
    goOn();
  }
}

/** What the server calls the file, in whatever script (RFC 5987). */
export function fileName(disposition: string): string {
  const long = /filename\*=UTF-8''([^;]+)/i.exec(disposition)?.[1];
  if (long !== undefined) return decodeURIComponent(long);
  return /filename="([^"]*)"/i.exec(disposition)?.[1] ?? "";
}

/** How long a browser may take to ask for what it saves. */
const KEPT = 60_000;

/** Hand a file to the person, as the browser does with downloads. */
export function save({ name, blob }: Downloaded): void {
  const link = document.createElement("a");
  link.href = URL.createObjectURL(blob);
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), KEPT);
}
