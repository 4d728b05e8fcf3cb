// Compile the style sheets, mirror the pages' for right-to-left, and gather the script and the fonts.
// Usage: node build.mjs TARGET (in a folder with node_modules)
import { copyFileSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import rtlcss from "rtlcss";
import * as sass from "sass";

const target = process.argv[2];
mkdirSync(join(target, "fonts"), { recursive: true });

const compiled = (sheet) => sass.compile(sheet, { style: "compressed", loadPaths: ["node_modules"], quietDeps: true }).css;
const css = compiled("civic.scss");
writeFileSync(join(target, "civic.css"), css);
writeFileSync(join(target, "civic.rtl.css"), rtlcss.process(css));
// Documents for paper are all ours and know no left and right: one sheet serves both directions.
writeFileSync(join(target, "document.css"), compiled("document.scss"));

// The map that the script names is not served, so the name goes.
const script = readFileSync("node_modules/govuk-frontend/dist/govuk/govuk-frontend.min.js", "utf8");
writeFileSync(join(target, "govuk-frontend.min.js"), script.replace(/\n?\/\/# sourceMappingURL=.*\s*$/, "\n"));

const fonts = {
  "@fontsource-variable/atkinson-hyperlegible-next": [
    "atkinson-hyperlegible-next-latin-wght-normal",
    "atkinson-hyperlegible-next-latin-ext-wght-normal",
    "atkinson-hyperlegible-next-latin-wght-italic",
    "atkinson-hyperlegible-next-latin-ext-wght-italic",
  ],
  "@fontsource-variable/noto-sans-arabic": ["noto-sans-arabic-arabic-wght-normal"],
  "@fontsource/opendyslexic": ["opendyslexic-latin-400-normal", "opendyslexic-latin-700-normal"],
  "@fontsource/vazirmatn": ["vazirmatn-arabic-400-normal", "vazirmatn-arabic-700-normal"],
};
for (const [from, names] of Object.entries(fonts)) {
  for (const name of names) {
    copyFileSync(join("node_modules", from, "files", `${name}.woff2`), join(target, "fonts", `${name}.woff2`));
  }
}

// For the browser tests only, and never served.
copyFileSync("node_modules/axe-core/axe.min.js", join(target, "axe.min.js"));
