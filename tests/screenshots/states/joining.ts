import { fillIn, newPhone, type Scene } from './scene.ts';

const IPHONE =
  'Mozilla/5.0 (iPhone; CPU iPhone OS 18_1 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/18.1 Mobile/15E148 Safari/604.1';

/** From the code to a phone that is ready and protected, and then locked. */
export async function takeJoining(scene: Scene): Promise<void> {
  const { camera, say, shift } = scene;
  const context = await newPhone(scene);
  const page = await context.newPage();
  await camera.state(page, 'join-code', async () => {
    await page.goto('/join');
    await page.locator('.input-code').waitFor();
  });
  await camera.state(page, 'join-nothing-typed', () =>
    page.locator('form button[type=submit]').click(),
  );
  await camera.state(page, 'join-refused', async () => {
    await page.locator('.input-code').fill('00000-00000');
    await fillIn(page, 'Nobody');
    await page.getByRole('alert').first().waitFor();
  });
  await camera.state(page, 'join-no-signal', () =>
    page.getByRole('button', { name: say('No signal? Take a turf from a screen or file') }).click(),
  );
  await camera.state(page, 'join-link', async () => {
    // A new hash alone loads nothing.
    await page.goto('about:blank');
    await page.goto(shift.second);
    await page.locator('input[autocomplete=name]').waitFor();
  });
  let letGo = (): void => {};
  const held = new Promise<void>((resolve) => (letGo = resolve));
  await context.route('**/v1/packet*', async (route) => {
    await held;
    await route.continue();
  });
  await camera.state(page, 'download-tutorial', async () => {
    await fillIn(page, 'Wanda');
    await page.locator('.tutorial').waitFor();
  });
  for (const card of [2, 3, 4]) {
    await camera.state(page, `tutorial-${card}`, () =>
      page.getByRole('button', { name: say('Next'), exact: true }).click(),
    );
  }
  await camera.state(page, 'download', () =>
    page.getByRole('button', { name: say('Understood') }).click(),
  );
  letGo();
  await camera.state(page, 'ready', () => page.locator('.join-ready').waitFor({ timeout: 60_000 }));
  await camera.state(page, 'protect', async () => {
    await page.locator('a[href="/protect"]').click();
    await page.locator('.protect').waitFor();
  });
  await camera.state(page, 'locked', async () => {
    const pins = page.locator('input[type=password]');
    await pins.nth(0).fill('482915');
    await pins.nth(1).fill('482915');
    await page.getByRole('button', { name: say('Use this PIN') }).click();
    await page.locator('.walk-header').waitFor();
    await page.goto('/walk');
    await page.locator('.ended').waitFor();
  });
  await camera.state(page, 'locked-wrong-pin', async () => {
    await page.locator('input[type=password]').fill('111111');
    await page.locator('form button[type=submit]').click();
    await page.locator('.field-error').waitFor();
  });
  await context.close();

  const iphone = await newPhone(scene, { userAgent: IPHONE });
  const safari = await iphone.newPage();
  await camera.state(safari, 'join-install', async () => {
    await safari.goto(shift.third);
    await safari.getByRole('img').first().waitFor();
  });
  await iphone.close();
}
