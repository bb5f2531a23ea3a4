// For tests: as much of a document as drawing needs, so that what stands on a screen can be read
// without a browser. It lays nothing out and runs no events.

export class FakeNode {
  readonly ownerDocument = null;
  readonly style = { setProperty: () => {} };
  readonly attributes: { name: string; value: string }[] = [];
  readonly namespaceURI = "http://www.w3.org/1999/xhtml";
  childNodes: FakeNode[] = [];
  parentNode: FakeNode | null = null;
  value = "";

  /** The element's name, or #text. */
  readonly localName: string;
  data: string;

  constructor(localName: string, data = "") {
    this.localName = localName;
    this.data = data;
  }

  get nodeType(): number {
    return this.localName === "#text" ? 3 : 1;
  }
  get firstChild(): FakeNode | null {
    return this.childNodes[0] ?? null;
  }
  get nextSibling(): FakeNode | null {
    const { childNodes = [] } = this.parentNode ?? {};
    return childNodes[childNodes.indexOf(this) + 1] ?? null;
  }
  insertBefore(node: FakeNode, before: FakeNode | null): FakeNode {
    node.remove();
    const at = before === null ? this.childNodes.length : this.childNodes.indexOf(before);
    this.childNodes.splice(at, 0, node);
    node.parentNode = this;
    return node;
  }
  appendChild(node: FakeNode): FakeNode {
    return this.insertBefore(node, null);
  }
  removeChild(node: FakeNode): void {
    this.childNodes = this.childNodes.filter((one) => one !== node);
    node.parentNode = null;
  }
  remove(): void {
    this.parentNode?.removeChild(this);
  }
  contains(): boolean {
    return false;
  }
  setAttribute(name: string, value: string): void {
    this.attributes.push({ name, value });
  }
  removeAttribute(): void {}
  addEventListener(): void {}
  removeEventListener(): void {}
  focus(): void {}

  attribute(name: string): string | undefined {
    return this.attributes.filter((one) => one.name === name).at(-1)?.value;
  }
  /** All below it, itself too, in order. */
  *all(): Generator<FakeNode> {
    yield this;
    for (const child of this.childNodes) yield* child.all();
  }
  /** What people read, a blank between the parts. */
  get text(): string {
    const parts = [...this.all()].map((one) => (one.localName === "#text" ? one.data : ""));
    return parts.join(" ").replace(/\s+/g, " ").trim();
  }
}

export const fakeDocument = {
  createElement: (name: string) => new FakeNode(name),
  createElementNS: (_: string, name: string) => new FakeNode(name),
  createTextNode: (text: string) => new FakeNode("#text", text),
  getElementById: () => null,
  title: "",
};
