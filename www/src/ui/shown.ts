import { createContext } from "preact";
import { useContext } from "preact/hooks";

/** Whether the panel around is the one in sight: others stay as they are, and need not draw or animate. */
export const ShownContext = createContext(true);
export const useShown = (): boolean => useContext(ShownContext);
