import type { ComponentProps, ReactNode } from 'react';
import { joinClasses } from './join-classes.ts';

export interface ButtonLook {
  /** One primary button a screen; `normal` beside it; `quiet` for what is seldom used. */
  readonly variant?: 'primary' | 'normal' | 'quiet' | 'danger';
  readonly size?: 'normal' | 'large';
  readonly wide?: boolean;
}

/** The classes of a button, for links that look like one. */
export function buttonClass({ variant = 'normal', size = 'normal', wide = false }: ButtonLook) {
  return joinClasses(
    'button',
    `button-${variant}`,
    size === 'large' && 'button-large',
    wide && 'button-wide',
  );
}

export interface ButtonProps extends ButtonLook, ComponentProps<'button'> {
  readonly icon?: ReactNode;
  /** Shows that the press was taken; the width stays and a second press does nothing. */
  readonly busy?: boolean;
}

/** A button is a verb. */
export function Button(props: ButtonProps) {
  const { variant, size, wide, icon, busy, className, children, onClick, ...rest } = props;
  const look: ButtonLook = { variant, size, wide };
  return (
    <button
      type="button"
      {...rest}
      className={joinClasses(buttonClass(look), className)}
      aria-busy={busy === true ? true : undefined}
      aria-disabled={busy === true ? true : undefined}
      onClick={busy === true ? (event) => event.preventDefault() : onClick}
    >
      {icon}
      <span>{children}</span>
    </button>
  );
}
