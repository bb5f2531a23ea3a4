/** The drawing itself, in a file of its own, so that its library is loaded only where it is needed. */

import uPlot from "uplot";
import "uplot/dist/uPlot.min.css";
import { grid, type Lines } from "../curve";

/** Two lines and three gridlines in `box`, as wide as it is, in the colours of its style sheet. */
export function draw(
  box: HTMLElement,
  height: number,
  number: (n: number) => string,
): { readonly plot: uPlot; readonly stop: () => void } {
  const color = (name: string) => () => getComputedStyle(box).getPropertyValue(name).trim();
  const font = () => `12px ${getComputedStyle(box).fontFamily}`;
  const ticks = (self: uPlot) => [...grid(self.data as unknown as Lines)];
  const line = (name: string) => ({ stroke: color(name), width: 2, points: { show: false } });
  const plot = new uPlot(
    {
      width: Math.max(1, box.clientWidth),
      height,
      padding: [8, 4, 4, 0],
      legend: { show: false },
      cursor: { show: false },
      select: { show: false, left: 0, top: 0, width: 0, height: 0 },
      series: [{}, line("--bar"), line("--bar-2")],
      axes: [
        { show: false },
        {
          size: 44,
          gap: 6,
          font: font(),
          stroke: color("--ink-2"),
          grid: { stroke: color("--grid"), width: 1 },
          ticks: { show: false },
          splits: ticks,
          values: (_, splits) => splits.map(number),
        },
      ],
      scales: {
        y: {
          range: (self) => {
            const [low, , high] = grid(self.data as unknown as Lines);
            return [low, high];
          },
        },
      },
    },
    [[], [], []],
    box,
  );
  const wide = new ResizeObserver(() => {
    if (box.clientWidth > 0 && box.clientWidth !== plot.width) {
      plot.setSize({ width: box.clientWidth, height });
    }
  });
  wide.observe(box);
  const dark = matchMedia("(prefers-color-scheme: dark)");
  const again = () => plot.redraw(false, true);
  dark.addEventListener("change", again);
  return {
    plot,
    stop: () => {
      wide.disconnect();
      dark.removeEventListener("change", again);
      plot.destroy();
    },
  };
}
