import type { ButtonHTMLAttributes, ComponentChildren } from "preact";

interface ButtonProps extends Omit<ButtonHTMLAttributes<HTMLButtonElement>, "class" | "className"> {
  look?: "primary" | "plain";
  children: ComponentChildren;
}

export function Button({ look, children, ...rest }: ButtonProps) {
  return (
    <button type="button" class={`button ${look ?? ""}`} {...rest}>
      {children}
    </button>
  );
}

interface IconButtonProps extends Omit<ButtonProps, "aria-label" | "title"> {
  /** What it does; read aloud and shown on hover. */
  label: string;
}

/** A square button whose face is one glyph. */
export function IconButton({ label, look, children, ...rest }: IconButtonProps) {
  return (
    <button type="button" class={`button icon ${look ?? ""}`} aria-label={label} title={label} {...rest}>
      <span aria-hidden="true">{children}</span>
    </button>
  );
}
