/** The texts of the QR codes that a video shows at this moment. Never fails: a blurred one is none. */
export type ReadCodes = (video: HTMLVideoElement) => Promise<readonly string[]>;

interface OwnReader {
  detect(source: HTMLVideoElement): Promise<readonly { readonly rawValue: string }[]>;
}
type MakeOwn = new (options: { formats: string[] }) => OwnReader;

/** Whether there may be a camera to look with: browsers offer none without https. */
export const hasCamera = (): boolean => 'mediaDevices' in navigator;

/**
 * What the browser itself brings to read codes; where it brings nothing, as on iPhones, ours, which
 * only such phones keep. Fails when that one is neither kept nor to be had.
 */
export async function openReader(): Promise<ReadCodes> {
  if ('BarcodeDetector' in globalThis) {
    const own = new (Reflect.get(globalThis, 'BarcodeDetector') as MakeOwn)({
      formats: ['qr_code'],
    });
    return async (video) => {
      const found = await own.detect(video).catch(() => []);
      return found.map(({ rawValue }) => rawValue);
    };
  }
  const { makeQrReader } = await import('./qr-reader.ts');
  const read = makeQrReader();
  return (video) => Promise.resolve(read(video));
}
