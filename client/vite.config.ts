import preact from "@preact/preset-vite";
import { defineConfig } from "vite";

// Pages are served at /c/SLUG and /console/..., so asset addresses must be absolute.
export default defineConfig({
  base: "/static/",
  plugins: [preact()],
  build: {
    outDir: "../server/turnout/web/static",
    emptyOutDir: true,
    // Phones that are some years old: the floor that docs promise.
    target: ["chrome99", "firefox97", "safari15.4"],
    rolldownOptions: { input: { index: "index.html", console: "console.html" } },
  },
});
