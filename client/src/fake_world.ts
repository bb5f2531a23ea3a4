// For tests: a world whose clock moves and whose lines speak only when told to.

import type { Line, World } from "./socket";

export class FakeLine implements Line {
  onopen: Line["onopen"] = null;
  onmessage: Line["onmessage"] = null;
  onclose: Line["onclose"] = null;
  sent: string[] = [];
  closedWith: number | undefined;
  send(data: string): void {
    this.sent.push(data);
  }
  close(code?: number): void {
    this.closedWith = code;
  }
  open(): void {
    this.onopen?.(undefined as never);
  }
  say(message: object | string): void {
    this.onmessage?.({ data: typeof message === "string" ? message : JSON.stringify(message) });
  }
  fail(code: number, reason = ""): void {
    this.onclose?.({ code, reason });
  }
}

export class FakeWorld implements World {
  time = 0;
  chance = 1;
  lines: FakeLine[] = [];
  #due: { id: number; at: number; run: () => void }[] = [];
  #ids = 0;
  connect(): Line {
    const line = new FakeLine();
    this.lines.push(line);
    return line;
  }
  later(run: () => void, ms: number): number {
    this.#ids += 1;
    this.#due.push({ id: this.#ids, at: this.time + ms, run });
    return this.#ids;
  }
  cancel(id: number): void {
    this.#due = this.#due.filter((one) => one.id !== id);
  }
  now(): number {
    return this.time;
  }
  random(): number {
    return this.chance;
  }
  pass(ms: number): void {
    const end = this.time + ms;
    for (;;) {
      const next = this.#due.sort((a, b) => a.at - b.at)[0];
      if (!next || next.at > end) break;
      this.cancel(next.id);
      this.time = next.at;
      next.run();
    }
    this.time = end;
  }
  get line(): FakeLine {
    const line = this.lines.at(-1);
    if (!line) throw new Error("no line");
    return line;
  }
}
