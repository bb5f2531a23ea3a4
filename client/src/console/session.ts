/**
 * Who is signed in and which screen is shown, as signals, and the ways to change them. Addresses go
 * through the history API; no secret is ever kept here or in an address.
 */

import { signal } from "@preact/signals";
import type { Result } from "../api";
import { dropWritings } from "./kept_writing";
import { href, parse, type Route } from "./routes";
import { awaitsFirstRun, type Me, staffApi } from "./staff_api";

/** `loading` until the server said who we are. */
export type Who =
  | { readonly kind: "loading" }
  | { readonly kind: "away" }
  | { readonly kind: "nobody"; readonly firstRun: boolean }
  | { readonly kind: "somebody"; readonly me: Me };

/** What the address bar says. */
function here(): Route {
  return parse(location.pathname, location.hash);
}

export const who = signal<Who>({ kind: "loading" });
export const route = signal<Route>(here());
/** This machine's clock in ms, once a second: for what must count along. */
export const now = signal(Date.now());
/** The secret of a first-run link or an invitation, from the fragment, until it is spent. */
export const secret = signal("");

/** Where to go after signing in. */
let wanted: Route = { screen: "list" };

export function go(to: Route, how: "push" | "replace" = "push"): void {
  const address = href(to);
  if (address !== location.pathname + location.hash) {
    if (how === "push") history.pushState(null, "", address);
    else history.replaceState(null, "", address);
  }
  route.value = to;
}

export function begin(): void {
  takeSecret();
  window.addEventListener("popstate", () => {
    route.value = here();
  });
  // Such a link pasted into an open tab changes the fragment alone.
  window.addEventListener("hashchange", takeSecret);
  setInterval(() => {
    now.value = Date.now();
  }, 1_000);
  void askWho();
}

/** The secret must not stay in the address, where history and screenshots would keep it. */
function takeSecret(): void {
  const { screen } = route.value;
  if ((screen !== "first-run" && screen !== "invitation") || location.hash.length < 2) return;
  secret.value = location.hash.slice(1);
  history.replaceState(null, "", location.pathname);
}

export async function askWho(): Promise<void> {
  const result = await staffApi.me();
  if (result.ok) {
    dropWritings({ butBy: result.value.name });
    who.value = { kind: "somebody", me: result.value };
  } else if (result.status === 401) signedOut(result);
  else who.value = { kind: "away" };
}

/** For any answer that says we are signed out. Gives whether it did. */
export function signedOut(result: Result<unknown>): boolean {
  if (result.ok || result.refusal.code !== "signed_out") return false;
  who.value = { kind: "nobody", firstRun: awaitsFirstRun(result) };
  askToSignIn();
  return true;
}

/** To the sign-in screen, remembering where we were. */
export function askToSignIn(): void {
  const { screen } = route.value;
  if (screen === "sign-in" || screen === "first-run" || screen === "invitation") return;
  wanted = route.value;
  go({ screen: "sign-in" }, "replace");
}

/** After signing in: `me` is asked again, because only it tells the public address. */
export async function signedIn(): Promise<void> {
  secret.value = "";
  await askWho();
  const to = wanted;
  wanted = { screen: "list" };
  go(to, "replace");
}

/** `everywhere`: every session of this account ends, not only this one. */
export async function signOut(everywhere = false): Promise<void> {
  const result = await (everywhere ? staffApi.signOutEverywhere() : staffApi.signOut());
  if (!result.ok && result.status !== 401) return askWho();
  wanted = { screen: "list" };
  dropWritings({ butBy: null });
  who.value = { kind: "nobody", firstRun: false };
  go({ screen: "sign-in" });
}
