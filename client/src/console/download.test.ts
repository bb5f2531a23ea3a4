import { afterEach, describe, expect, it, vi } from "vitest";
import { download, fileName } from "./download";

afterEach(() => {
  vi.unstubAllGlobals();
});

function answers(response: Response | Error) {
  vi.stubGlobal("fetch", () =>
    response instanceof Error ? Promise.reject(response) : Promise.resolve(response),
  );
}

it.each([
  ["attachment; filename=\"s-a.csv\"; filename*=UTF-8''%D8%B4%20-%20a.csv", "ش - a.csv"],
  ['attachment; filename="streets-answers.csv"', "streets-answers.csv"],
  ["attachment", ""],
])("reads the name in %j", (header, name) => expect(fileName(header)).toBe(name));

describe("a download", () => {
  it("is the file, under the server's name", async () => {
    answers(
      new Response("a,b\r\n", {
        headers: { "Content-Disposition": 'attachment; filename="x.csv"' },
      }),
    );
    const result = await download("/x");
    if (!result.ok) throw new Error(result.refusal.code);
    expect(result.value.name).toBe("x.csv");
    expect(await result.value.blob.text()).toBe("a,b\r\n");
  });

  it("is a refusal in the server's words", async () => {
    const refusal = { code: "no_room", why: "Not enough disk." };
    answers(new Response(JSON.stringify(refusal), { status: 507 }));
    expect(await download("/x")).toEqual({ ok: false, status: 507, refusal });
  });

  it.each(["", "<h1>Bad gateway</h1>"])("is never a page of errors such as %j", async (text) => {
    answers(new Response(text, { status: 502 }));
    const refusal = { code: "unreadable", why: "" };
    expect(await download("/x")).toEqual({ ok: false, status: 502, refusal });
  });

  it("is offline where no server answers, or the line breaks on the way", async () => {
    const refusal = { code: "offline", why: "" };
    answers(new TypeError("failed"));
    expect(await download("/x")).toEqual({ ok: false, status: 0, refusal });
    const broken = new ReadableStream({
      pull: (controller) => controller.error(new TypeError("broken")),
    });
    answers(new Response(broken));
    expect(await download("/x")).toEqual({ ok: false, status: 0, refusal });
  });
});
