/**
 * `decode`: shows every field of messages, and with keys verifies and decrypts them.
 *
 * @module
 */
import { MikeyError } from '../../model/error.ts';
import type { Message } from '../../model/message/message.ts';
import { messageTypeName } from '../../model/modes/messageTypeName.ts';
import { describeMessage, type DescribedField } from '../decode/describe.ts';
import { findMessages, type FoundMessage } from '../decode/input.ts';
import { messageText, verificationText } from '../decode/render.ts';
import { verifyMessages, type Verification } from '../decode/verify.ts';
import { paint } from '../report/theme.ts';
import { bytes } from '../run/byteRun.ts';
import { decode } from '../wire/codec.ts';
import { readInput } from './files.ts';
import { exit, hexOctets, type ExitCode, type Io } from './io.ts';

/** Options as the command line gives them. */
export interface DecodeArguments {
  readonly psk: readonly string[];
  readonly tpk: readonly string[];
  readonly showSecrets?: boolean;
  readonly json?: boolean;
}

/** A message of the input: decoded and described, or what is wrong with it. */
type Decoded =
  | {
      readonly ok: true;
      readonly origin: string;
      readonly message: Message<Uint8Array>;
      readonly described: DescribedField;
    }
  | { readonly ok: false; readonly origin: string; readonly error: MikeyError };

/**
 * Decodes a file.
 *
 * @returns fails if a message is malformed, or a MAC does not hold under the keys given
 * @throws UsageError
 */
export function decodeCommand(path: string, args: DecodeArguments, io: Io): ExitCode {
  const given = {
    psk: args.psk.map((text) => hexOctets(text, '--psk')),
    tpk: args.tpk.map((text) => hexOctets(text, '--tpk')),
  };
  const decoded = decodeAll(readInput(path, io));
  const readable = decoded.every((one) => one.ok);
  const messages = decoded.flatMap((one) => (one.ok ? [one.message] : []));
  const verifications = readable ? verifyMessages(bytes, messages, given) : [];
  if (args.json) io.out(`${JSON.stringify(jsonOf(decoded, verifications, args.showSecrets === true), null, 2)}\n`);
  else print(decoded, verifications, { args, io });
  return readable && verifications.every((one) => one.holds !== false) ? exit.ok : exit.fails;
}

/** Decodes all messages that the input holds; an input without any counts as one that is malformed. */
function decodeAll(input: Uint8Array): readonly Decoded[] {
  const attempt = <T>(body: () => T, otherwise: (error: MikeyError) => T): T => {
    try {
      return body();
    } catch (error) {
      if (error instanceof MikeyError) return otherwise(error);
      throw error;
    }
  };
  return attempt(
    () =>
      findMessages(input).map((found) =>
        attempt(
          () => decodeOne(found),
          (error) => ({ ok: false, origin: found.origin, error }),
        ),
      ),
    (error): readonly Decoded[] => [{ ok: false, origin: 'the input', error }],
  );
}

function decodeOne({ octets, origin }: FoundMessage): Decoded {
  return { ok: true, origin, message: decode('Message', octets).message, described: describeMessage(octets) };
}

function print(
  decoded: readonly Decoded[],
  verifications: readonly Verification[],
  { args, io }: { readonly args: DecodeArguments; readonly io: Io },
): void {
  const options = { width: io.width, color: io.color, showSecrets: args.showSecrets === true };
  const painted = paint(io.color);
  decoded.forEach((one, index) => {
    if (!one.ok) {
      const { code, message, offset, path, clause } = one.error;
      const where = [offset === undefined ? '' : `offset ${offset}`, path ?? '', clause ?? ''].filter(
        (part) => part !== '',
      );
      io.err(`mikey-ticket: ${one.origin}: ${code}: ${message}${where.length > 0 ? ` (${where.join(', ')})` : ''}\n`);
      return;
    }
    const name = messageTypeName(one.message.header.dataType);
    io.out(`${painted.bold(name)}  ${one.described.length} octets, ${one.origin}\n`);
    io.out(`${messageText(one.described, options)}\n`);
    const own = verifications.filter((verification) => verification.message === index);
    if (own.length > 0) io.out(`${verificationText(own, options)}\n`);
    if (index < decoded.length - 1) io.out('\n');
  });
}

/** One document: the message or the error; for an input with several messages, all of them under `messages`. */
function jsonOf(decoded: readonly Decoded[], verifications: readonly Verification[], showSecrets: boolean): unknown {
  const each = decoded.map((one, index) => {
    if (!one.ok) {
      const { code, clause, offset, path, message } = one.error;
      return { ok: false, origin: one.origin, error: { code, clause, offset, path, message } };
    }
    const verified = verifications
      .filter((verification) => verification.message === index)
      .map(({ what, holds, text, clause, keys }) => ({
        what,
        holds: holds ?? null,
        text,
        clause,
        ...(keys
          ? { keys: keys.map((key) => ({ type: key.type, octets: key.octets.length, ...valueOf(key, showSecrets) })) }
          : {}),
      }));
    const message = { type: messageTypeName(one.message.header.dataType), ...one.described };
    return { ok: true, origin: one.origin, message, ...(verified.length > 0 ? { verified } : {}) };
  });
  const [first] = each;
  return each.length === 1 ? first : { ok: each.every((one) => one.ok), messages: each };
}

function valueOf(key: { readonly octets: Uint8Array }, show: boolean): { readonly value?: string } {
  return show ? { value: Buffer.from(key.octets).toString('hex') } : {};
}
