// The calls that prove this device's key over a fresh nonce: join, take-over, forget. They never retry
// but once, where a nonce ran out on the way.

import type { ParticipantApi, Result } from "../api";
import type { Device, Use } from "../device";
import type { Join } from "../wire";

/** Whose link it is: the pid as it stands there, null for the single link. */
export interface Link {
  readonly slug: string;
  readonly pid: string | null;
}

/** The calls that carry a proof, and for what. */
export type Proved = Exclude<Use, "hello">;
type Value<U extends Proved> =
  Awaited<ReturnType<ParticipantApi[U]>> extends Result<infer T> ? T : never;

export async function proved<U extends Proved>(
  api: ParticipantApi,
  device: Device,
  link: Link,
  use: U,
): Promise<Result<Value<U>>> {
  const call = api[use] as (body: Join) => Promise<Result<Value<U>>>;
  const first = await once(api, device, link, use, call);
  // A nonce may have run out on the way; a second refusal is the browser's.
  if (first.ok || first.refusal.code !== "proof") return first;
  return once(api, device, link, use, call);
}

async function once<T>(
  api: ParticipantApi,
  device: Device,
  { slug, pid }: Link,
  use: Proved,
  call: (body: Join) => Promise<Result<T>>,
): Promise<Result<T>> {
  const { attempt } = device;
  const body = pid === null ? { attempt } : { attempt, pid };
  if (device.keys === null) return call(body);
  const fresh = await api.nonce();
  if (!fresh.ok) return fresh;
  const { nonce } = fresh.value;
  const proof = await device.prove({ nonce, slug, pid: pid ?? "", attempt, use });
  return call(proof === null ? body : { ...body, proof });
}

/** Nothing came back, or nothing that the server itself said. */
export function unreached(result: Result<unknown>): boolean {
  if (result.ok) return false;
  const { code } = result.refusal;
  return code === "offline" || code === "unreadable";
}
