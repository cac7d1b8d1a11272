// Starts the browser, the same way for tests and benches.
import { chromium } from "./packages.mjs";

const FLAGS = [
  "--no-sandbox", // tests often run as root, where Chromium has no sandbox
  "--disable-background-networking",
  "--disable-component-update",
  "--disable-gpu",
  "--disable-sync",
  "--no-first-run",
];

/** Starts the browser that CHROME names. */
export const launch = () => chromium.launch({ executablePath: process.env.CHROME, args: FLAGS });
