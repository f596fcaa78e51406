/**
 * How wide a text can get. A picture does not know the font that it will be read in, so these are upper bounds for the usual ones.
 *
 * @module
 */

/** Characters that are narrow, or wide, in every sans serif font. */
const narrow = new Set("iljtfrI .,:;'|()[]/");
const wide = new Set('mwMW');

/**
 * Width of a text in a bold sans serif font, as wide as DejaVu Sans Bold and Verdana Bold have it.
 *
 * @param size - font size in pixels
 * @returns pixels
 */
export function boldWidth(text: string, size: number): number {
  let ems = 0;
  for (const letter of text)
    ems += narrow.has(letter) ? 0.5 : wide.has(letter) ? 1.11 : /[A-Z]/.test(letter) ? 0.87 : 0.72;
  return ems * size;
}

/**
 * Width of a text in a sans serif font.
 *
 * @param size - font size in pixels
 * @returns pixels
 */
export function plainWidth(text: string, size: number): number {
  return boldWidth(text, size) * 0.92;
}

/**
 * Width of a text in a font with fixed pitch: none in use is wider than 0.61 em.
 *
 * @param size - font size in pixels
 * @returns pixels
 */
export function monoWidth(text: string, size: number): number {
  return text.length * size * 0.62;
}
