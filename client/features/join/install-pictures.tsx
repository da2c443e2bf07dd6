import type { ReactNode } from 'react';

interface FrameProps {
  /** What the picture shows, in words. */
  readonly label: string;
  readonly children: ReactNode;
}

/** The lower or upper part of a phone's screen; the one thing to tap stands out. */
function Frame({ label, children }: FrameProps) {
  return (
    <svg className="install-picture" viewBox="0 0 240 150" role="img" aria-label={label}>
      <rect className="pic-phone" x="1" y="1" width="238" height="148" rx="18" />
      {children}
    </svg>
  );
}

interface PictureProps {
  readonly label: string;
}

/** Safari's bar at the bottom with its Share sign. */
export function SharePicture({ label }: PictureProps) {
  return (
    <Frame label={label}>
      <rect className="pic-page" x="16" y="14" width="208" height="74" rx="8" />
      <path className="pic-line" d="M32 36h120M32 52h160M32 68h92" />
      <path className="pic-edge" d="M1 100h238" />
      <path className="pic-sign" d="M34 118l-8 8 8 8M70 118l8 8-8 8" />
      <path className="pic-sign" d="M160 118v18l10-5 10 5v-18zM204 116h16v20h-16z" />
      <circle className="pic-tap" cx="120" cy="125" r="21" />
      <path
        className="pic-tapped"
        d="M113 121h-4v14h22v-14h-4M120 128v-16M114.500 117l5.500-6 5.500 6"
      />
    </Frame>
  );
}

/** The list that Share opens, with its line Add to Home Screen. */
export function AddPicture({ label, words }: PictureProps & { readonly words: string }) {
  return (
    <Frame label={label}>
      <path className="pic-line" d="M24 24h92M24 44h70" />
      <path className="pic-sign" d="M204 16h12v14h-12zM204 38h12v12h-12z" />
      <rect className="pic-tap" x="10" y="60" width="220" height="38" rx="10" />
      <text className="pic-words" x="22" y="84">
        {words}
      </text>
      <path className="pic-tapped" d="M202 71h16v16h-16zM210 75v8M206 79h8" />
      <path className="pic-line" d="M24 116h84M24 134h104" />
      <path className="pic-sign" d="M204 110h12v10h-12zM204 129h12v10h-12z" />
    </Frame>
  );
}

/** The Home Screen with the app's own sign among others. */
export function OpenPicture({ label }: PictureProps) {
  return (
    <Frame label={label}>
      {[28, 84, 140, 196].flatMap((x) =>
        [18, 84].map((y) =>
          x === 84 && y === 18 ? null : (
            <rect
              key={`${x} ${y}`}
              className="pic-app"
              x={x - 14}
              y={y}
              width="40"
              height="40"
              rx="10"
            />
          ),
        ),
      )}
      <rect className="pic-tap" x="64" y="12" width="52" height="52" rx="13" />
      <path className="pic-tapped" d="M76 40l14-13 14 13M80 38v14h20v-14M87 52v-8h6v8" />
      <path className="pic-line" d="M72 74h36" />
    </Frame>
  );
}
