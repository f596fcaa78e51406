/**
 * Colours of the terminal, and whether to use them.
 *
 * @module
 */

/** The looks that text can have. */
const looks = ['bold', 'dim', 'red', 'green', 'yellow', 'blue', 'magenta', 'cyan'] as const;

/** Paints text in each look, or leaves it as it is. */
export type Paint = Readonly<Record<(typeof looks)[number], (text: string) => string>>;

/** SGR codes: on and off. */
const codes: Readonly<Record<keyof Paint, readonly [number, number]>> = {
  bold: [1, 22],
  dim: [2, 22],
  red: [31, 39],
  green: [32, 39],
  yellow: [33, 39],
  blue: [34, 39],
  magenta: [35, 39],
  cyan: [36, 39],
};

/**
 * Makes painters.
 *
 * @param color - false: every function gives its text back unchanged
 */
export function paint(color: boolean): Paint {
  const painters = looks.map((look) => {
    const [on, off] = codes[look];
    const painter = (text: string): string => (color ? `\u001b[${on}m${text}\u001b[${off}m` : text);
    return [look, painter] as const;
  });
  return Object.fromEntries(painters) as Paint;
}

/** What of a stream and the environment decides about colour. */
export interface Terminal {
  readonly isTTY?: boolean | undefined;
  readonly columns?: number | undefined;
}

/** Whether to colour: NO_COLOR and TERM=dumb forbid it, FORCE_COLOR demands it, otherwise terminals get it. */
export function shouldColor(stream: Terminal, env: NodeJS.ProcessEnv): boolean {
  if (env['NO_COLOR']) return false;
  if (env['FORCE_COLOR'] && env['FORCE_COLOR'] !== '0') return true;
  return stream.isTTY === true && env['TERM'] !== 'dumb';
}

/** Columns of a stream; 100 where nobody knows. Never below 40. */
export function widthOf(stream: Terminal, env: NodeJS.ProcessEnv): number {
  const said = Number(env['COLUMNS']);
  return Math.max(40, stream.columns ?? (Number.isInteger(said) && said > 0 ? said : 100));
}

/** Whether the terminal can be trusted with box-drawing characters. */
export function speaksUnicode(env: NodeJS.ProcessEnv): boolean {
  const locale = env['LC_ALL'] ?? env['LC_CTYPE'] ?? env['LANG'] ?? '';
  return env['TERM'] !== 'dumb' && (locale === '' || /utf-?8/i.test(locale));
}
