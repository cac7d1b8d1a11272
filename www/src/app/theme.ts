// Light or dark: the system's choice unless the switch says otherwise. The choice is the one thing kept between visits.
import { store, type Theme } from "../state/state.ts";

const KEY = "cellscope-theme";
const dark = matchMedia("(prefers-color-scheme: dark)");

function stored(): Theme {
  try {
    const value = localStorage.getItem(KEY);
    return value === "light" || value === "dark" ? value : "auto";
  } catch {
    return "auto"; // storage may be switched off
  }
}

function apply(): void {
  const { theme } = store.get();
  document.documentElement.dataset.theme = theme === "auto" ? (dark.matches ? "dark" : "light") : theme;
}

/** Calls `listener` after the colours of the page have changed; returns how to stop. For canvases. */
export function onThemeChange(listener: () => void): () => void {
  const observer = new MutationObserver(listener);
  observer.observe(document.documentElement, { attributes: true, attributeFilter: ["data-theme"] });
  return () => observer.disconnect();
}

export function setTheme(theme: Theme): void {
  store.set({ theme });
  try {
    if (theme === "auto") localStorage.removeItem(KEY);
    else localStorage.setItem(KEY, theme);
  } catch {
    // Not kept, then.
  }
}

export function startTheme(): void {
  store.set({ theme: stored() });
  apply();
  dark.addEventListener("change", apply);
  store.subscribe((now, before) => now.theme !== before.theme && apply());
}
