import type { ComponentChildren } from "preact";
import { dismiss, useStore } from "../state/state.ts";
import { IconButton } from "./button.tsx";
import { Icon } from "./icon.tsx";

interface NoticeProps {
  kind: "info" | "warning" | "error";
  children: ComponentChildren;
  onDismiss?: () => void;
}

/** A message in its place: what is the matter and what can be done. */
export function Notice({ kind, children, onDismiss }: NoticeProps) {
  return (
    <div class={`notice ${kind}`} role={kind === "error" ? "alert" : "status"}>
      <div class="grow">{children}</div>
      {onDismiss && (
        <IconButton look="plain" label="Dismiss" onClick={onDismiss}>
          <Icon name="close" />
        </IconButton>
      )}
    </div>
  );
}

/** The page's own notices, below its header. */
export function PageNotices() {
  const notices = useStore((state) => state.notices);
  if (notices.length === 0) return null;
  return (
    <div class="notices">
      {notices.map(({ id, kind, text }) => (
        <Notice key={id} kind={kind} onDismiss={() => dismiss(id)}>
          {text}
        </Notice>
      ))}
    </div>
  );
}
