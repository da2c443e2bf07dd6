import { decodeQR } from 'qr/decode.js';

/** Of the longer side, in px: a code of 77 modules that fills half of the height has three for each. */
const LONGEST = 1000;

interface Picture {
  readonly width: number;
  readonly height: number;
  /** Red, green, blue and alpha of each pixel, row by row. */
  readonly data: Uint8ClampedArray;
}

/** The text of the code that a picture shows; none where it shows none that can be read. */
export function readPicture(picture: Picture): readonly string[] {
  try {
    return [decodeQR(picture)];
  } catch {
    return [];
  }
}

/** Reads the code that a video shows, picture by picture, for browsers that read none themselves. */
export function makeQrReader(): (video: HTMLVideoElement) => readonly string[] {
  const canvas = document.createElement('canvas');
  const context = canvas.getContext('2d', { willReadFrequently: true });
  return (video) => {
    const { videoWidth, videoHeight } = video;
    const scale = Math.min(1, LONGEST / Math.max(videoWidth, videoHeight, 1));
    const [width, height] = [Math.round(videoWidth * scale), Math.round(videoHeight * scale)];
    if (context === null || width === 0 || height === 0) return [];
    if (canvas.width !== width) canvas.width = width;
    if (canvas.height !== height) canvas.height = height;
    context.drawImage(video, 0, 0, width, height);
    return readPicture(context.getImageData(0, 0, width, height));
  };
}
