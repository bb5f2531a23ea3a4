/** A QR code as a picture that stands alone, for a file. Pure. */

import type { QrCode } from "./staff_api";

/** Light modules around it, so that readers find it. */
export const QUIET = 4;

export function viewBox({ size }: QrCode): string {
  const side = size + 2 * QUIET;
  return `${-QUIET} ${-QUIET} ${side} ${side}`;
}

/** An SVG that any program opens: dark on white, whatever the page's colours are. */
export function svgFile(code: QrCode): string {
  const side = code.size + 2 * QUIET;
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="${viewBox(code)}" shape-rendering="crispEdges">`,
    `<rect x="${-QUIET}" y="${-QUIET}" width="${side}" height="${side}" fill="#fff"/>`,
    `<path d="${code.path}" fill="#000"/></svg>`,
  ].join("");
}

/** Where a link leads to this file. The code's own link is not readable in it. */
export function svgAddress(code: QrCode): string {
  return `data:image/svg+xml,${encodeURIComponent(svgFile(code))}`;
}
