import type { ComponentType } from "preact";
import { useEffect, useState } from "preact/hooks";
import { notify } from "../state.ts";

/** A component whose code is fetched when it is first shown. Nothing stands in its place until then. */
export function lazily<Props extends object>(load: () => Promise<ComponentType<Props>>): ComponentType<Props> {
  let loaded: ComponentType<Props> | null = null;
  return function Lazy(props: Props) {
    const [, show] = useState(loaded !== null);
    useEffect(() => {
      if (loaded) return;
      load().then(
        (component) => {
          loaded = component;
          show(true);
        },
        () => notify("error", "A part of the page could not be loaded. Check the connection and reload."),
      );
    }, []);
    const Component = loaded;
    return Component ? <Component {...props} /> : null;
  };
}
