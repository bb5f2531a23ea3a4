import { expect, test } from "vitest";
import { href, parse } from "./routes";

test.each([
  ["/console", { screen: "list" }],
  ["/console/", { screen: "list" }],
  ["/console/new", { screen: "new" }],
  ["/console/sign-in", { screen: "sign-in" }],
  ["/console/first-run", { screen: "first-run" }],
  ["/console/ai-and-people", { screen: "conversation", slug: "ai-and-people" }],
  ["/console/ai-and-people/", { screen: "conversation", slug: "ai-and-people" }],
  ["/console/a/audience", { screen: "audience", slug: "a" }],
  ["/console/a/results", { screen: "results", slug: "a" }],
  ["/console/a/settings", { screen: "settings", slug: "a" }],
  ["/console/staff", { screen: "staff" }],
  ["/console/invitation", { screen: "invitation" }],
  ["/console/a/b", { screen: "unknown" }],
  ["/console/new/live", { screen: "unknown" }],
  ["/console/a/live/b", { screen: "unknown" }],
  ["/console/%3Cb%3E", { screen: "unknown" }],
  ["/elsewhere", { screen: "unknown" }],
] as const)("%s", (path, route) => {
  expect(parse(path)).toEqual(route);
});

test("every address leads back to its screen", () => {
  for (const path of [
    "/console",
    "/console/new",
    "/console/sign-in",
    "/console/a",
    "/console/invitation",
    "/console/staff",
    "/console/a/guide",
    "/console/a/match",
    "/console/a/results",
    "/console/a/settings",
  ]) {
    expect(href(parse(path))).toBe(path);
  }
  expect(href({ screen: "unknown" })).toBe("/console");
});
