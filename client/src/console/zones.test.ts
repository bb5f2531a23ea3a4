import { describe, expect, test } from "vitest";
import { ownZone } from "../i18n";
import { allZones, comesTwice, dayOf, localAt, offsetAt, utcOffset, withOffset } from "./zones";

test.each([
  ["2026-11-26T16:00", "Europe/Berlin", "2026-11-26T16:00:00+01:00"],
  ["2026-07-01T09:30", "Europe/Berlin", "2026-07-01T09:30:00+02:00"],
  ["2026-07-01T09:30:00", "America/New_York", "2026-07-01T09:30:00-04:00"],
  ["2026-07-01T09:30", "Asia/Kolkata", "2026-07-01T09:30:00+05:30"],
  ["2026-07-01T09:30", "America/St_Johns", "2026-07-01T09:30:00-02:30"],
  ["2026-07-01T00:00", "UTC", "2026-07-01T00:00:00+00:00"],
  ["2026-01-01T00:15", "Pacific/Kiritimati", "2026-01-01T00:15:00+14:00"],
])("%s in %s is %s", (local, zone, iso) => {
  expect(withOffset(local, zone)).toBe(iso);
});

describe("when the clocks change in Berlin", () => {
  test("02:30 does not exist in spring", () => {
    expect(withOffset("2026-03-29T02:30", "Europe/Berlin")).toBeNull();
  });
  test("of 02:30 in autumn the first one is meant", () => {
    expect(withOffset("2026-10-25T02:30", "Europe/Berlin")).toBe("2026-10-25T02:30:00+02:00");
  });
  test("the hours around it are as they are", () => {
    expect(withOffset("2026-03-29T03:00", "Europe/Berlin")).toBe("2026-03-29T03:00:00+02:00");
    expect(withOffset("2026-03-29T01:59", "Europe/Berlin")).toBe("2026-03-29T01:59:00+01:00");
  });
});

test.each(["", "tomorrow", "2026-13-40T99:99", "2026-11-26"])("%j is no time", (local) => {
  expect(withOffset(local, "UTC")).toBeNull();
});

test("the offset is of the instant, below the second too", () => {
  expect(offsetAt("Asia/Tokyo", 1_764_000_000_999)).toBe(540);
});

test("the own zone and UTC can always be chosen, once each", () => {
  const zones = allZones();
  expect(zones[0]).toBe(ownZone());
  expect(zones.filter((zone) => zone === "UTC")).toHaveLength(1);
});

test.each(["Europe/Berlin", "Asia/Kolkata", "America/St_Johns", "UTC"])(
  "an instant as %s shows it is the same instant again",
  (zone) => {
    const instant = Date.parse("2026-07-01T12:34:00Z");
    expect(Date.parse(withOffset(localAt(zone, instant), zone) ?? "")).toBe(instant);
  },
);

test.each([
  ["2026-10-25T02:30", "Europe/Berlin", true],
  ["2026-10-25T02:00", "Europe/Berlin", true],
  ["2026-10-25T03:00", "Europe/Berlin", false],
  ["2026-10-25T01:59", "Europe/Berlin", false],
  ["2026-04-05T01:45", "Australia/Lord_Howe", true],
  ["2026-03-29T02:30", "Europe/Berlin", false],
  ["2026-07-01T12:00", "UTC", false],
])("%s comes twice in %s: %s", (local, zone, twice) => {
  expect(comesTwice(local, zone)).toBe(twice);
});

test.each([
  ["Europe/Berlin", "UTC+1"],
  ["America/St_Johns", "UTC-3:30"],
  ["Asia/Kathmandu", "UTC+5:45"],
  ["UTC", "UTC"],
])("%s in winter is %s", (zone, name) => {
  expect(utcOffset(zone, Date.parse("2026-11-26T12:00:00Z"))).toBe(name);
});

test("a day of long ago has its year", () => {
  expect(dayOf("en-GB", Date.parse("2024-11-26T12:00:00Z"))).toBe("26 Nov 2024");
});

test("a zone under another name than the browser lists can still be shown as chosen", () => {
  expect(allZones("Asia/Kolkata").filter((zone) => zone === "Asia/Kolkata")).toHaveLength(1);
});
