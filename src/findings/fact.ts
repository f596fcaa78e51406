/**
 * What a demonstration finds to be so.
 *
 * @module
 */
import type { MikeyErrorCode } from '../../model/error.ts';
import type { CheckName } from '../../model/guard/catalogue.ts';

/** Octets with a name. */
export interface NamedOctets {
  readonly name: string;
  readonly octets: Uint8Array;
  /** Whether they are a key: then they are shown as a fingerprint only, unless somebody asks for secrets. */
  readonly secret: boolean;
}

/** Who turned something down, by which check. */
export interface NamedRefusal {
  readonly by: string;
  /** Undefined where the input could not even be computed with. */
  readonly check?: CheckName;
  readonly code: MikeyErrorCode;
  /** The clause or finding that the check comes from. */
  readonly clause: string;
}

/** Something that was computed and is so, or is not. */
export interface Fact {
  readonly text: string;
  readonly holds: boolean;
  /** What was compared, if octets were. */
  readonly octets?: readonly NamedOctets[];
  /** What was turned down, if something was to be. */
  readonly refusal?: NamedRefusal;
}
