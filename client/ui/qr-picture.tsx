import { useMemo } from 'react';
import { encode } from 'uqr';

export interface QrPictureProps {
  readonly text: string;
  /** Its accessible name. */
  readonly label: string;
}

/** A QR code as one SVG path: dark on white in every scheme, since some cameras read nothing else. */
export function QrPicture({ text, label }: QrPictureProps) {
  const { path, size } = useMemo(() => draw(text), [text]);
  return (
    <svg
      className="qr-picture"
      viewBox={`0 0 ${size} ${size}`}
      role="img"
      aria-label={label}
      shapeRendering="crispEdges"
    >
      <rect width={size} height={size} fill="#fff" />
      <path d={path} fill="#000" />
    </svg>
  );
}

function draw(text: string): { readonly path: string; readonly size: number } {
  const { data, size } = encode(text, { ecc: 'M', border: 4 });
  let path = '';
  data.forEach((row, y) => {
    row.forEach((dark, x) => {
      if (dark) path += `M${x} ${y}h1v1h-1z`;
    });
  });
  return { path, size };
}
