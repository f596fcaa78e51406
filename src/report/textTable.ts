/**
 * Tables for the terminal.
 *
 * @module
 */

/** A table: heads, and rows of as many cells. */
export interface TextTable {
  readonly heads: readonly string[];
  readonly rows: readonly (readonly string[])[];
}

/**
 * Lines of a table: the first column left, all others right.
 *
 * @param table - cells without colour
 * @returns the line of the heads, then one for each row
 */
export function tableLines({ heads, rows }: TextTable): readonly string[] {
  const all = [heads, ...rows];
  const widths = heads.map((_, column) => Math.max(...all.map((row) => (row[column] ?? '').length)));
  return all.map((row) =>
    row
      .map((cell, column) =>
        column === 0 ? cell.padEnd(widths[column] ?? 0) : cell.padStart((widths[column] ?? 0) + 2),
      )
      .join('')
      .trimEnd(),
  );
}

/** The fullest of several forms of a table that fits; undefined if none does. */
export function fittingTable(forms: readonly TextTable[], width: number): readonly string[] | undefined {
  return forms.map(tableLines).find((lines) => lines.every((line) => line.length <= width));
}

/** Breaks text into lines, at spaces where there are some. @param indent - in front of every line but the first */
export function wrapped(
  text: string,
  { width, indent = '' }: { readonly width: number; readonly indent?: string },
): string {
  const lines = text.split(' ').reduce<readonly string[]>((before, word) => {
    const last = before.at(-1);
    if (last === undefined) return [word];
    if (last.length + 1 + word.length <= width) return [...before.slice(0, -1), `${last} ${word}`];
    return [...before, `${indent}${word}`];
  }, []);
  return lines.join('\n');
}
