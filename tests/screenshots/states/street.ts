import { closeToast, joinQuietly, type Scene } from './scene.ts';

/** Turf that is not walked: a stall, and people to call. */
export async function takeStreet(scene: Scene): Promise<void> {
  const { camera, shift } = scene;
  const stall = await joinQuietly(scene, shift.stall, 'Stella');
  await camera.state(stall, 'stall-empty', () => stall.locator('.stall').waitFor());
  await camera.state(stall, 'stall-new', async () => {
    await stall.locator('.next-bar button').click();
    await stall.locator('.sheet').waitFor();
  });
  await camera.state(stall, 'stall-talk', async () => {
    await stall.locator('.sheet input').first().fill('Odalys');
    await stall.locator('.sheet-foot button').click();
    await stall.locator('.talk-page').waitFor();
    await closeToast(stall);
  });
  await camera.state(stall, 'stall-some', async () => {
    await stall.locator('.support-option').first().click();
    await stall.locator('.talk-foot button').click();
    await stall.locator('.stall').waitFor();
    await stall.locator('.stall-taps .result').first().click();
    await closeToast(stall);
  });
  await camera.state(stall, 'stall-person', () => stall.locator('.call-row-link').first().click());
  await stall.context().close();

  const calls = await joinQuietly(scene, shift.calls, 'Cal');
  await camera.state(calls, 'calls', () => calls.locator('.call-list').waitFor());
  await camera.state(calls, 'call', async () => {
    await calls.locator('.next-bar a').click();
    await calls.locator('.call-acts').waitFor();
  });
  await camera.state(calls, 'calls-some', async () => {
    await calls.locator('.result-voicemail').click();
    await calls.locator('.call-list').waitFor();
    await calls.locator('.list-filter .segment').nth(2).click();
    await closeToast(calls);
  });
  await calls.context().close();
}
