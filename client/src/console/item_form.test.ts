import { describe, expect, test } from "vitest";
import type { StaffItem } from "../wire";
import { draftOf, itemFaults, locked, type TypedItem, typedItem } from "./item_form";

const choice: StaffItem = {
  item: {
    id: 3,
    type: "multiple_choice",
    number: 2,
    text: "Which?",
    options: [{ text: "One" }, { text: "Two\nlines" }, { text: "None", exclusive: true }],
    other: true,
    duration: 20,
  },
  status: "queued",
  version: "1",
  section: "First",
  auto_close: true,
};

const fresh = (more: Partial<TypedItem>): TypedItem => ({ ...typedItem(null), ...more });

describe("what is sent", () => {
  test("an item that was not touched is the same", () => {
    expect(draftOf(typedItem(choice), choice)).toEqual({
      type: "multiple_choice",
      text: "Which?",
      options: choice.item.options,
      other: true,
      randomize: false,
      duration: 20,
      auto_close: true,
      section: "First",
    });
  });

  test("options are lines, blank ones left out, exclusive ones marked", () => {
    const typed = fresh({
      type: "multiple_choice",
      text: " Which? ",
      options: "One\n\n Two \nExclusive: None",
    });
    expect(draftOf(typed, null)).toEqual({
      type: "multiple_choice",
      text: "Which?",
      options: [{ text: "One" }, { text: "Two" }, { text: "None", exclusive: true }],
      other: false,
      randomize: false,
    });
  });

  test("only what its type knows", () => {
    const more = { options: "One\nTwo", other: true, min: "0", max: "10", step: "0.5" };
    const text = "How?";
    expect(draftOf(fresh({ ...more, text }), null)).toEqual({ type: "open_text", text });
    expect(draftOf(fresh({ ...more, text, type: "number" }), null)).toEqual({
      type: "number",
      text,
      min: 0,
      max: 10,
      step: 0.5,
    });
    const scale = fresh({ ...more, text, type: "scale", minLabel: "low", maxLabel: "high" });
    expect(draftOf(scale, null)).toEqual({
      type: "scale",
      text,
      min: 0,
      max: 10,
      min_label: "low",
      max_label: "high",
    });
  });

  test("a new item begins in the section it is put into", () => {
    expect(draftOf({ ...typedItem(null, "Second"), text: "Why?" }, null).section).toBe("Second");
  });
});

describe("what is wrong", () => {
  const good = { text: "Why?" };

  test.each([
    [{}, ["text"]],
    [{ text: " " }, ["text"]],
    [good, []],
    [{ ...good, type: "single_choice", options: " \n" }, ["options"]],
    [{ ...good, type: "single_choice", options: "", other: true }, []],
    [{ ...good, type: "single_choice", options: "Yes" }, []],
    [{ ...good, type: "scale", min: "1", max: "5" }, []],
    [{ ...good, type: "scale", min: "5", max: "5" }, ["bounds"]],
    [{ ...good, type: "scale", min: "", max: "5" }, ["bounds"]],
    [{ ...good, type: "number", min: "-1.5", max: "5", step: "0.5" }, []],
    [{ ...good, type: "number", min: "0", max: "5", step: "0" }, ["bounds"]],
    [{ ...good, type: "number", min: "0", max: "five" }, ["bounds"]],
    [{ ...good, duration: "90" }, []],
    [{ ...good, duration: "1.5" }, ["duration"]],
    [{ ...good, duration: "0" }, ["duration"]],
    [{ ...good, autoClose: true }, ["duration"]],
  ] as const)("%j: %j", (typed, fields) => {
    expect([...itemFaults(fresh(typed), null)]).toEqual(fields);
  });
});

describe("what can't change any more", () => {
  const sent = { ...choice, sent_at: 5 };

  test("nothing before it was sent", () => {
    expect(locked(null, false)).toEqual({
      type: false,
      other: false,
      bounds: false,
      options: null,
    });
    expect(locked(choice, false).type).toBe(false);
  });

  test("the type once sent, the options once answered", () => {
    expect(locked(sent, false)).toEqual({
      type: true,
      other: true,
      bounds: false,
      options: "sent",
    });
    expect(locked(sent, true)).toMatchObject({ bounds: true, options: "answered" });
  });
});
