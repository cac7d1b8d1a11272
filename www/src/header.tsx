import { redo, undo, useStore, type Theme } from "./state.ts";
import { setTheme } from "./theme.ts";
import { IconButton } from "./ui/button.tsx";
import { Select } from "./ui/select.tsx";

const THEMES: { value: Theme; label: string }[] = [
  { value: "auto", label: "System theme" },
  { value: "light", label: "Light" },
  { value: "dark", label: "Dark" },
];

export function Header() {
  const theme = useStore((state) => state.theme);
  const canUndo = useStore((state) => state.history.past.length > 0);
  const canRedo = useStore((state) => state.history.future.length > 0);
  return (
    <header class="header">
      <h1>Cellscope</h1>
      <span class="tagline grow">What a network cell looks like before training, and what that tells</span>
      <IconButton label="Undo (Ctrl+Z)" disabled={!canUndo} onClick={undo}>
        ↶
      </IconButton>
      <IconButton label="Redo (Ctrl+Shift+Z)" disabled={!canRedo} onClick={redo}>
        ↷
      </IconButton>
      <Select label="Theme" bare value={theme} options={THEMES} onChange={setTheme} />
    </header>
  );
}
