import { expect, test } from "vitest";
import { svgAddress, svgFile, viewBox } from "./qr_picture";

const code = { number: 3, size: 21, path: "M0 0h7v1h-7zM9 0h1v1h-1z" };

test("the quiet zone of four modules stands around the code", () => {
  expect(viewBox(code)).toBe("-4 -4 29 29");
});

test("the file holds the dark modules on white and needs no page", () => {
  const file = svgFile(code);
  expect(file).toContain(`<path d="${code.path}" fill="#000"/>`);
  expect(file).toContain('<rect x="-4" y="-4" width="29" height="29" fill="#fff"/>');
  expect(decodeURIComponent(svgAddress(code))).toBe(`data:image/svg+xml,${file}`);
  expect(svgAddress(code)).not.toMatch(/[<>"#]/);
});
