import type { ComponentProps, ReactNode } from 'react';
import { buttonClass, type ButtonLook } from './button.tsx';
import { joinClasses } from './join-classes.ts';

export interface IconButtonProps extends Omit<ComponentProps<'button'>, 'children'> {
  readonly icon: ReactNode;
  /** Its accessible name, also shown when the pointer rests on it. */
  readonly label: string;
  readonly variant?: ButtonLook['variant'];
}

/** A square button with a picture and a name. */
export function IconButton({
  icon,
  label,
  variant = 'quiet',
  className,
  ...rest
}: IconButtonProps) {
  return (
    <button
      type="button"
      {...rest}
      aria-label={label}
      title={label}
      className={joinClasses(buttonClass({ variant }), 'button-icon', className)}
    >
      {icon}
    </button>
  );
}
