/**
 * Described messages and verifications as text.
 *
 * @module
 */
import { paint, type Paint } from '../report/theme.ts';
import type { DescribedField } from './describe.ts';
import type { Verification } from './verify.ts';

/** How to print. */
export interface RenderOptions {
  /** Columns; long values are folded. */
  readonly width: number;
  readonly color: boolean;
  readonly showSecrets: boolean;
}

/** Columns of offset and length. */
const gutter = 12;

/** A described message, one line a field: offset, length, name, value, meaning, clause. */
export function messageText(message: DescribedField, options: RenderOptions): string {
  const painted = paint(options.color);
  return message.children.flatMap((child) => lines(child, 0, { ...options, painted })).join('\n');
}

function lines(
  field: DescribedField,
  depth: number,
  options: RenderOptions & { readonly painted: Paint },
): readonly string[] {
  const { painted, width } = options;
  const place = `${field.offset}`.padStart(5) + `+${field.length}`.padEnd(gutter - 5);
  const indent = '  '.repeat(depth);
  if (field.children.length > 0) {
    const head = `${painted.dim(place)}${indent}${painted.bold(field.name)}  ${painted.dim(field.clause)}`;
    return [head, ...field.children.flatMap((child) => lines(child, depth + 1, options))];
  }
  const label = `${indent}${field.name}`;
  const meaning = field.meaning === undefined ? '' : `  ${painted.cyan(field.meaning)}`;
  if (typeof field.value !== 'string') {
    return [`${painted.dim(place)}${label}  ${field.value ?? ''}${meaning}  ${painted.dim(field.clause)}`];
  }
  const room = Math.max(16, width - gutter - label.length - 2);
  const folded = field.value.match(new RegExp(`.{1,${Math.floor(room / 2) * 2}}`, 'g')) ?? ['(empty)'];
  const text = field.meaning?.startsWith('"') ? [painted.cyan(field.meaning)] : folded;
  const rest = text.slice(1).map((part) => `${' '.repeat(gutter + label.length + 2)}${part}`);
  const note = field.meaning === undefined || field.meaning.startsWith('"') ? '' : meaning;
  return [`${painted.dim(place)}${label}  ${text[0] ?? ''}${note}  ${painted.dim(field.clause)}`, ...rest];
}

/** What the given keys showed about a message. */
export function verificationText(verifications: readonly Verification[], options: RenderOptions): string {
  const painted = paint(options.color);
  return verifications
    .flatMap((one) => {
      const sign = one.holds === undefined ? painted.yellow('?') : one.holds ? painted.green('ok') : painted.red('NO');
      const keys = (one.keys ?? []).map((key) => {
        const value = options.showSecrets
          ? Buffer.from(key.octets).toString('hex')
          : `${key.octets.length} octets (--show-secrets)`;
        return `     ${key.type}  ${value}`;
      });
      return [`  ${sign} ${one.text}  ${painted.dim(one.clause)}`, ...keys];
    })
    .join('\n');
}
