/** The decoder that browsers and Node have, as far as it is needed here. */
interface Decoder {
  decode(bytes: Uint8Array): string;
}
type DecoderMaker = new (
  label: string,
  options?: { readonly fatal?: boolean; readonly ignoreBOM?: boolean },
) => Decoder;

/** Turns bytes into text in the ways that voter files are written. */
export interface Letters {
  /** Null when the bytes are no well-formed UTF-8. */
  readonly utf8: (bytes: Uint8Array) => string | null;
  readonly windows1252: (bytes: Uint8Array) => string;
  readonly utf16le: (bytes: Uint8Array) => string;
  readonly utf16be: (bytes: Uint8Array) => string;
}

/** What Windows-1252 has where Latin-1 has controls; some decoders forget it. */
const HIGH = Array.from('€\u0081‚ƒ„…†‡ˆ‰Š‹Œ\u008dŽ\u008f\u0090‘’“”•–—˜™š›œ\u009džŸ');
const C1 = /[\u0080-\u009f]/g;

/** Letters by the platform’s own decoder, which is handed in: this room knows no platform. */
export function makeLetters(Maker: DecoderMaker): Letters {
  const strict = new Maker('utf-8', { fatal: true, ignoreBOM: true });
  const latin = new Maker('windows-1252');
  const little = new Maker('utf-16le', { ignoreBOM: true });
  const big = new Maker('utf-16be', { ignoreBOM: true });
  return {
    utf8: (bytes) => {
      try {
        return strict.decode(bytes);
      } catch {
        return null;
      }
    },
    windows1252: (bytes) =>
      latin.decode(bytes).replace(C1, (sign) => HIGH[sign.charCodeAt(0) - 0x80] ?? sign),
    utf16le: (bytes) => little.decode(bytes),
    utf16be: (bytes) => big.decode(bytes),
  };
}
