import { defineConfig } from "vite";

export default defineConfig({
  base: "/static/",
  publicDir: "src/static",
  css: {
    // govuk-frontend carries one media query for old browsers that the CSS compiler refuses; it drops that rule alone.
    lightningcss: { errorRecovery: true },
  },
  build: {
    manifest: "manifest.json",
    outDir: "dist",
    target: "es2022",
    // Workers and icons stay files of their own: the content security policy allows no data: scripts.
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    // The map library alone is larger than the usual limit; it loads after the list is painted.
    chunkSizeWarningLimit: 1100,
    rollupOptions: { input: { public: "src/public.ts" } },
  },
  worker: { format: "es" },
  test: { include: ["src/**/*.test.ts"] },
} as Parameters<typeof defineConfig>[0]);
