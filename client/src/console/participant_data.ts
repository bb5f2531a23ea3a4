/** Participant Data with everybody, from the files' door, as values: what each link came to. */

import type { Result } from "../api";
import { download } from "./download";
import { type People, readPeople } from "./match/people";
import { fileAddress, PLAIN } from "./staff_api";

export async function fetchPeople(slug: string): Promise<Result<People>> {
  const options = { ...PLAIN, everybody: true, noBom: true };
  const file = await download(fileAddress(slug, "participant_data.csv", options));
  if (!file.ok) return file;
  const people = readPeople(new Uint8Array(await file.value.blob.arrayBuffer()));
  return people === null
    ? { ok: false, status: 0, refusal: { code: "unreadable", why: "" } }
    : { ok: true, value: people };
}
