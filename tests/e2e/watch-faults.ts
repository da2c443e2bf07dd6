import type { BrowserContext } from '@playwright/test';

/**
 * Everything that a page is kept from doing, and every fault that it throws and every dialog that
 * it opens by itself, from now on.
 */
export async function watchFaults(context: BrowserContext): Promise<string[]> {
  const faults: string[] = [];
  await context.exposeBinding('tellFault', (_, said: string) => faults.push(said));
  await context.addInitScript(() => {
    document.addEventListener('securitypolicyviolation', (event) => {
      const { effectiveDirective, blockedURI, sample } = event;
      const tell: unknown = Reflect.get(window, 'tellFault');
      if (typeof tell === 'function') tell(`${effectiveDirective} ${blockedURI} ${sample}`);
    });
  });
  context.on('dialog', (dialog) => {
    // A page that asks before it is left: ours, about work that is not saved.
    if (dialog.type() === 'beforeunload') {
      void dialog.accept();
      return;
    }
    faults.push(`dialog ${dialog.message()}`);
    void dialog.dismiss();
  });
  context.on('weberror', (error) => faults.push(String(error.error())));
  context.on('console', (message) => {
    if (/Content Security Policy|Trusted/i.test(message.text())) faults.push(message.text());
  });
  return faults;
}
