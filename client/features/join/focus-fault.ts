/** Brings the first field of a form that is not as it should be into sight, once that is drawn. */
export function focusFault(form: HTMLFormElement | null): void {
  requestAnimationFrame(() =>
    form?.querySelector<HTMLElement>('[aria-invalid="true"], [data-fault] input')?.focus(),
  );
}
