import preact from "@preact/preset-vite";
import { defineConfig, type Plugin } from "vite";

/** The participant page's first program is small and asks for the rest; the rest is asked for with it. */
const ahead: Plugin = {
  name: "ahead",
  transformIndexHtml: {
    order: "post",
    handler(html, { path, bundle = {} }) {
      if (path !== "/index.html") return [];
      const chunks = Object.values(bundle).filter((one) => one.type === "chunk");
      const main = chunks.find(({ facadeModuleId }) =>
        facadeModuleId?.endsWith("/participant/main.tsx"),
      );
      if (main === undefined) throw new Error("the participant page has no main program");
      return [main.fileName, ...main.imports]
        .filter((file) => !html.includes(file))
        .map((file) => ({
          tag: "link",
          attrs: { rel: "modulepreload", crossorigin: true, href: `./${file}` },
          injectTo: "head",
        }));
    },
  },
};

export default defineConfig({
  // Files find each other wherever they are; in the pages, which are served at /c/SLUG and
  // /console/..., the server puts its own path in place of the dot (turnout/web/pages.py).
  base: "./",
  plugins: [preact(), ahead],
  build: {
    outDir: "../server/turnout/web/static",
    emptyOutDir: true,
    // Browsers that know no modulepreload find the files a little later.
    modulePreload: { polyfill: false },
    // Phones that are some years old: the floor that docs promise.
    target: ["chrome99", "firefox97", "safari15.4"],
    rolldownOptions: { input: { index: "index.html", console: "console.html" } },
  },
});
