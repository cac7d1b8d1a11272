// Small hooks that the views of the predictor share.
import { useEffect, useRef, useState } from "preact/hooks";
import { failureOf } from "../../engine/client.ts";
import type { Failure } from "../../types.ts";

/** The value of a promise; the last good one stays until the next is there, unless `group` has changed. */
export function useLatest<T>(
  key: string | null,
  group: string,
  make: () => Promise<T>,
): { value: T | null; failure: Failure | null; pending: boolean } {
  const [state, setState] = useState<{ key: string | null; group: string; value: T | null; failure: Failure | null }>({
    key: null,
    group,
    value: null,
    failure: null,
  });
  const latest = useRef(make);
  latest.current = make;
  useEffect(() => {
    if (key === null) return;
    let wanted = true;
    latest.current().then(
      (value) => wanted && setState({ key, group, value, failure: null }),
      (error: unknown) => {
        const failure = failureOf(error);
        if (wanted && failure) setState({ key, group, value: null, failure });
      },
    );
    return () => void (wanted = false);
  }, [key, group]);
  const fits = state.group === group;
  return {
    value: fits ? state.value : null,
    failure: fits && state.key === key ? state.failure : null,
    pending: state.key !== key,
  };
}
