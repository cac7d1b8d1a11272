import { useState } from "preact/hooks";
import { SPACE_IDS, SPACES } from "../space/spaces.ts";
import { notify, store, switchSpace, useStore, type Theme } from "../state/state.ts";
import { setTheme } from "./theme.ts";
import { Button } from "../ui/button.tsx";
import { Icon } from "../ui/icon.tsx";
import { lazily } from "../ui/lazy.tsx";
import { Select } from "../ui/select.tsx";
import { writeFragment } from "../state/url.ts";

const About = lazily(() => import("./about.tsx").then((module) => module.About));

const THEMES: { value: Theme; label: string }[] = [
  { value: "auto", label: "System" },
  { value: "light", label: "Light" },
  { value: "dark", label: "Dark" },
];

export function Header() {
  const theme = useStore((state) => state.theme);
  const intro = useStore((state) => state.introOpen);
  const [about, setAbout] = useState(false);
  return (
    <header class="header">
      <h1>Cellscope</h1>
      <SpaceSwitch />
      <span class="tagline grow">What a network cell tells before it is trained</span>
      <Button look="plain" aria-expanded={intro} onClick={() => store.set({ introOpen: !intro })}>
        Intro
      </Button>
      <Button look="plain" onClick={() => setAbout(true)}>
        About
      </Button>
      <CopyLink />
      <Select label="Theme" bare value={theme} options={THEMES} onChange={setTheme} />
      {about && <About onClose={() => setAbout(false)} />}
    </header>
  );
}

/** Goes to another search space; the work in each is kept. */
function SpaceSwitch() {
  const space = useStore((state) => state.space);
  return (
    <span class="space-switch">
      <Select
        label="Search space"
        bare
        value={space}
        options={SPACE_IDS.map((id) => ({ value: id, label: SPACES[id].label }))}
        onChange={switchSpace}
      />
    </span>
  );
}

/** Copies the address with everything that a link carries. */
function CopyLink() {
  const [copied, setCopied] = useState(false);
  const copy = async () => {
    const link = `${location.href.replace(/#.*$/, "")}${writeFragment(store.get())}`;
    try {
      await navigator.clipboard.writeText(link);
      setCopied(true);
      setTimeout(() => setCopied(false), 1500);
    } catch {
      notify("warning", "The browser did not allow copying; the address bar holds the same link.");
    }
  };
  return (
    <Button look="plain" onClick={() => void copy()}>
      <Icon name="link" />
      <span role="status" class="link-text">
        {copied ? "Copied" : "Link"}
      </span>
    </Button>
  );
}
