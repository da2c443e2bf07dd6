/** Bytes of the largest voter file that is taken, unpacked. */
export const UPLOAD_LIMIT = 2 * 1024 ** 3;
