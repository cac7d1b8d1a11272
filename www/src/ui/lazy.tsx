import type { ComponentType } from "preact";
import { useEffect, useState } from "preact/hooks";
import { notify } from "../state/state.ts";

/** A component whose code is fetched when it is first shown, or when `ready` is called. */
export type LazyComponent<Props> = ComponentType<Props> & {
  /** Whether the code is there; if not, the reader has been told. */
  ready(): Promise<boolean>;
};

/** Nothing stands in the component's place until its code is there. */
export function lazily<Props extends object>(load: () => Promise<ComponentType<Props>>): LazyComponent<Props> {
  let loaded: ComponentType<Props> | null = null;
  const ready = () =>
    load().then(
      (component) => {
        loaded = component;
        return true;
      },
      () => {
        notify("error", "A part of the page could not be loaded. Check the connection and reload.");
        return false;
      },
    );
  function Lazy(props: Props) {
    const [, show] = useState(loaded !== null);
    useEffect(() => {
      if (!loaded) void ready().then((there) => there && show(true));
    }, []);
    const Component = loaded;
    return Component ? <Component {...props} /> : null;
  }
  return Object.assign(Lazy, { ready });
}
