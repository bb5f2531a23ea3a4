// What this browser keeps for one link: its key (which it cannot export), the `attempt` of its join,
// the number of its newest tab; and the proofs it signs. No trait of the browser is ever collected.

import { createStore, del, entries, get, type UseStore, update } from "idb-keyval";
import { keptAs } from "./address";

/** The stored record. `keys` is null where the browser can make none (plain http off localhost);
 * `pid`: as it stood in the link, empty for the single link. */
export interface DeviceRecord {
  readonly pid: string;
  readonly attempt: string;
  readonly tab: number;
  readonly keys: CryptoKeyPair | null;
  readonly joined: boolean;
}

export interface Device extends DeviceRecord {
  /** A signed proof, or null without a key: then the cookie serves alone. */
  prove(claims: Claims): Promise<string | null>;
}

export type Use = "join" | "hello" | "takeover" | "forget";

/** What a proof covers besides the page's origin. `attempt` is "" for hello. */
export interface Claims {
  readonly nonce: string;
  readonly slug: string;
  readonly pid: string;
  readonly attempt: string;
  readonly use: Use;
}

/** The name under which a link's things are kept. Spellings that the server reads as one pid are one
 * name here, so that the same link typed in capitals finds the same key. */
export function linkName(slug: string, pid: string): string {
  const plain = pid.normalize("NFKC").toLowerCase();
  const read = plain.replaceAll("o", "0").replace(/[il]/g, "1");
  return `${keptAs(slug)}\n${read.replace(/[^\p{L}\p{N}]/gu, "")}`;
}

export function hex(bytes: Uint8Array): string {
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");
}

function randomBytes(count: number): Uint8Array {
  return crypto.getRandomValues(new Uint8Array(count));
}

/** A random UUID (version 4). crypto.randomUUID is missing on plain http. */
export function uuid(bytes: Uint8Array = randomBytes(16)): string {
  const marked = bytes.map((byte, at) =>
    at === 6 ? (byte & 0x0f) | 0x40 : at === 8 ? (byte & 0x3f) | 0x80 : byte,
  );
  return hex(marked).replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, "$1-$2-$3-$4-$5");
}

function base64url(bytes: Uint8Array): string {
  const text = String.fromCharCode(...bytes);
  return btoa(text).replaceAll("+", "-").replaceAll("/", "_").replace(/=+$/, "");
}

function encode(value: unknown): string {
  return base64url(new TextEncoder().encode(JSON.stringify(value)));
}

/** A compact JWS (ES256) over these claims. WebCrypto's raw r||s is what JWS wants. */
export async function sign(keys: CryptoKeyPair, claims: Claims, origin: string): Promise<string> {
  const { kty, crv, x, y } = await crypto.subtle.exportKey("jwk", keys.publicKey);
  const header = { typ: "turnout-proof+jwt", alg: "ES256", jwk: { kty, crv, x, y } };
  const { nonce, slug, pid, attempt, use } = claims;
  const signed = `${encode(header)}.${encode({ nonce, aud: origin, slug, pid, attempt, use })}`;
  const signature = await crypto.subtle.sign(
    { name: "ECDSA", hash: "SHA-256" },
    keys.privateKey,
    new TextEncoder().encode(signed),
  );
  return `${signed}.${base64url(new Uint8Array(signature))}`;
}

async function makeKeys(): Promise<CryptoKeyPair | null> {
  // Absent where the page is no secure context, whatever the types say.
  const subtle = crypto.subtle as SubtleCrypto | undefined;
  if (subtle === undefined) return null;
  return subtle.generateKey({ name: "ECDSA", namedCurve: "P-256" }, false, ["sign", "verify"]);
}

/** Where devices are kept. In memory where the browser stores nothing. */
export interface DeviceStore {
  read(name: string): Promise<DeviceRecord | undefined>;
  /** Change one record in one transaction. */
  change(name: string, how: (old: DeviceRecord | undefined) => DeviceRecord): Promise<DeviceRecord>;
  /** The links of a conversation that have joined here. */
  joined(slug: string): Promise<readonly DeviceRecord[]>;
  /** Forget a link and its key. */
  remove(name: string): Promise<void>;
}

function joinedOf(slug: string, all: Iterable<readonly [string, DeviceRecord]>): DeviceRecord[] {
  return [...all]
    .filter(([name, record]) => name.startsWith(`${keptAs(slug)}\n`) && record.joined)
    .map(([, record]) => record);
}

export function storedDevices(): DeviceStore {
  const store: UseStore = createStore("turnout-devices", "devices");
  return {
    read: (name) => get<DeviceRecord>(name, store),
    async change(name, how) {
      await update<DeviceRecord>(name, how, store);
      const record = await get<DeviceRecord>(name, store);
      if (record === undefined) throw new Error("a record that was just written is gone");
      return record;
    },
    joined: async (slug) => joinedOf(slug, await entries<string, DeviceRecord>(store)),
    remove: (name) => del(name, store),
  };
}

export function rememberedDevices(): DeviceStore {
  const records = new Map<string, DeviceRecord>();
  return {
    read: async (name) => records.get(name),
    async change(name, how) {
      const record = how(records.get(name));
      records.set(name, record);
      return record;
    },
    joined: async (slug) => joinedOf(slug, records),
    async remove(name) {
      records.delete(name);
    },
  };
}

/** The stored ones if this browser can store a key, else those in memory. */
export async function devicesHere(): Promise<{ devices: DeviceStore; forgets: boolean }> {
  try {
    const devices = storedDevices();
    await devices.read("");
    return { devices, forgets: false };
  } catch (error) {
    // Blocked storage shows as a DOMException, or as no indexedDB at all.
    if (!(error instanceof DOMException || error instanceof ReferenceError)) throw error;
    return { devices: rememberedDevices(), forgets: true };
  }
}

/** This link's device: made at the first call (before the first POST), the same ever after, whichever
 * tab came first. Each call raises the tab's number: call it once a page load and at "use here". */
export async function openDevice(devices: DeviceStore, name: string, pid: string): Promise<Device> {
  const old = await devices.read(name);
  const keys = old ? old.keys : await makeKeys();
  const attempt = hex(randomBytes(16));
  const record = await devices.change(name, (known) =>
    known ? { ...known, pid, tab: known.tab + 1 } : { pid, attempt, tab: 1, keys, joined: false },
  );
  return withProofs(record);
}

/** Note whether this link has joined here, so that a reload goes on without a tap. */
export async function noteJoined(
  devices: DeviceStore,
  name: string,
  device: Device,
  joined: boolean,
): Promise<Device> {
  const record = await devices.change(name, (known) => ({ ...(known ?? bare(device)), joined }));
  return withProofs({ ...record, tab: device.tab });
}

function bare({ pid, attempt, tab, keys, joined }: DeviceRecord): DeviceRecord {
  return { pid, attempt, tab, keys, joined };
}

function withProofs(record: DeviceRecord): Device {
  const { keys } = record;
  return {
    ...record,
    prove: async (claims) => (keys ? sign(keys, claims, location.origin) : null),
  };
}
