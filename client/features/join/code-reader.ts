/** What some browsers bring to read a QR; where it is not, the code is typed. */
export interface CodeReader {
  detect(source: HTMLVideoElement): Promise<readonly { readonly rawValue: string }[]>;
}
export type MakeReader = new (options: { formats: string[] }) => CodeReader;

/** Null where this browser reads no codes, or has no camera. */
export function findReader(): MakeReader | null {
  const there = 'BarcodeDetector' in globalThis && 'mediaDevices' in navigator;
  return there ? (Reflect.get(globalThis, 'BarcodeDetector') as MakeReader) : null;
}
