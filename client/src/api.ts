// The HTTP calls, typed. A refusal is a value, like an answer; so is a server that can't be reached.
// Nothing here retries, and no pid, proof or token ever stands in an address.

import { below } from "./address";
import type { About, Check, Join, Joined, Nonce, Ready, Refusal, TakeoverAsked } from "./wire";

export type Result<T> =
  | { readonly ok: true; readonly value: T }
  | { readonly ok: false; readonly status: number; readonly refusal: Refusal };

/** Codes that this side adds: `offline` (nothing came back), `unreadable` (it was no JSON). */
export type LocalCode = "offline" | "unreadable";

/** `PATIENCE`: milliseconds after which a call that hangs counts as offline. */
export const PATIENCE = 15_000;

/** One call. `path`: of the server. `body` makes it a POST of JSON. Refusals may carry more fields than Refusal names. */
export async function call<T>(path: string, body?: unknown): Promise<Result<T>> {
  const init: RequestInit = { credentials: "same-origin", cache: "no-store" };
  if (body !== undefined) {
    init.method = "POST";
    init.headers = { "Content-Type": "application/json" };
    init.body = JSON.stringify(body);
  }
  const stop = new AbortController();
  const timer = setTimeout(() => stop.abort(), PATIENCE);
  try {
    const response = await fetch(below(path), { ...init, signal: stop.signal });
    const text = await response.text();
    return read<T>(response.status, text);
  } catch (error) {
    if (error instanceof TypeError || error instanceof DOMException) return offline;
    throw error;
  } finally {
    clearTimeout(timer);
  }
}

const offline: Result<never> = { ok: false, status: 0, refusal: { code: "offline", why: "" } };

/** What a status and a body say. Exported for its tests. */
export function read<T>(status: number, text: string): Result<T> {
  const value = json(text);
  if (status >= 200 && status < 300) {
    if (value !== undefined) return { ok: true, value: value as T };
    // 204, or an empty answer where none was promised.
    if (text === "") return { ok: true, value: undefined as T };
  }
  if (isRefusal(value)) return { ok: false, status, refusal: value };
  return { ok: false, status, refusal: { code: "unreadable", why: "" } };
}

function json(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    if (error instanceof SyntaxError) return undefined;
    throw error;
  }
}

function isRefusal(value: unknown): value is Refusal {
  return (
    typeof value === "object" && value !== null && "code" in value && typeof value.code === "string"
  );
}

/** The participant's calls for one conversation. */
export function participantApi(slug: string) {
  const base = `/api/c/${encodeURIComponent(slug)}`;
  return {
    about: () => call<About>(base),
    check: (body: Check) => call<Ready>(`${base}/check`, body),
    nonce: () => call<Nonce>(`${base}/nonce`, {}),
    join: (body: Join) => call<Joined>(`${base}/join`, body),
    takeover: (body: Join) => call<TakeoverAsked>(`${base}/takeover`, body),
    forget: (body: Join) => call<unknown>(`${base}/forget`, body),
    /** It carries nothing of the link. */
    damaged: () => call<unknown>(`${base}/damaged`, {}),
    /** Staff who want to take part leave the console first. */
    signOut: () => call<unknown>("/api/console/sign-out", {}),
  };
}

export type ParticipantApi = ReturnType<typeof participantApi>;
