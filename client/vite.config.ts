import preact from "@preact/preset-vite";
import { defineConfig } from "vite";

export default defineConfig({
  // Files find each other wherever they are; in the pages, which are served at /c/SLUG and
  // /console/..., the server puts its own path in place of the dot (turnout/web/pages.py).
  base: "./",
  plugins: [preact()],
  build: {
    outDir: "../server/turnout/web/static",
    emptyOutDir: true,
    // Phones that are some years old: the floor that docs promise.
    target: ["chrome99", "firefox97", "safari15.4"],
    rolldownOptions: { input: { index: "index.html", console: "console.html" } },
  },
});
