// What a tab of the browser keeps over a reload, but no longer. Never trusted: whoever reads checks.

/** What was kept under a name, as `check` accepts it; null if there is nothing good. */
export function recallSession<T>(name: string, check: (value: unknown) => T | null): T | null {
  try {
    const text = sessionStorage.getItem(`cellscope-${name}`);
    return text === null ? null : check(JSON.parse(text));
  } catch {
    return null; // no store, or something else's text
  }
}

export function keepSession(name: string, value: unknown): void {
  try {
    sessionStorage.setItem(`cellscope-${name}`, JSON.stringify(value));
  } catch {
    // Without a store it lasts until the page is left.
  }
}
