import './shell/trusted-types.ts';
import { early } from './start-early.ts';
import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import './ui/theme.css';
import './ui/pieces.css';
import { App } from './app.tsx';
import { showKeptDisplay } from './shell/display.ts';
import { isControlled, registerWorker } from './shell/service-worker.ts';

showKeptDisplay();
const root = document.getElementById('root');
if (root === null) throw new Error('index.html has no #root');

async function draw(box: HTMLElement): Promise<void> {
  await early;
  createRoot(box).render(
    <StrictMode>
      <App />
    </StrictMode>,
  );
}
void draw(root);
/** Where there is a worker already, a newer one is looked for after the first picture. In ms. */
const AFTER = 1_500;
if (import.meta.env.PROD) setTimeout(registerWorker, isControlled() ? AFTER : 0);
