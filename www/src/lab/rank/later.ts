/** Work that need not be done in the task that answers a press. */
import { useEffect, useState } from "preact/hooks";

/** The value, one task later: what it was before is drawn first, so that neither holds up the page for long. */
export function useLater<T extends object>(value: T): T {
  const [shown, show] = useState(value);
  useEffect(() => {
    if (value === shown) return;
    const timer = setTimeout(() => show(value));
    return () => clearTimeout(timer);
  }, [value]);
  return shown;
}
