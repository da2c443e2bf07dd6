import { useMemo } from 'react';
import { encode } from 'uqr';

export interface QrPictureProps {
  readonly text: string;
  /** Its accessible name. */
  readonly label: string;
  /** One of many that pass, on a screen that nothing soils: with less to mend it, it is coarser. */
  readonly plain?: boolean;
}

/** A QR code as one SVG path: dark on white in every scheme, since some cameras read nothing else. */
export function QrPicture({ text, label, plain = false }: QrPictureProps) {
  const { path, size } = useMemo(() => draw(text, plain ? 'L' : 'M'), [text, plain]);
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

function draw(text: string, ecc: 'L' | 'M'): { readonly path: string; readonly size: number } {
  const { data, size } = encode(text, { ecc, border: 4 });
  let path = '';
  data.forEach((row, y) => {
    row.forEach((dark, x) => {
      if (dark) path += `M${x} ${y}h1v1h-1z`;
    });
  });
  return { path, size };
}
