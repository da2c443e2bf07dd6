import './shell/trusted-types.ts';
import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import './ui/theme.css';
import './ui/pieces.css';
import { App } from './app.tsx';
import { openEarly } from './features/walk/open-early.ts';
import { showKeptDisplay } from './shell/display.ts';
import { registerWorker } from './shell/service-worker.ts';

showKeptDisplay();
openEarly();
const root = document.getElementById('root');
if (root === null) throw new Error('index.html has no #root');

createRoot(root).render(
  <StrictMode>
    <App />
  </StrictMode>,
);
if (import.meta.env.PROD) registerWorker();
