/**
 * A demonstration of a finding: the attack, or the ambiguity, carried out over octets twice. Once without what protects against it, or in the
 * other reading; and once with it. What comes out is facts that were computed, never words.
 *
 * @module
 * @see docs/findings.md
 */
import type { FindingId } from '../../spec/findings/index.ts';
import type { CheckName } from '../../model/guard/catalogue.ts';
import { strictProfile, type Allowance, type Profile } from '../../model/guard/profile.ts';
import type { Fact } from './fact.ts';
import { Story } from './story.ts';

/** One half of a demonstration. */
export interface Shown {
  /** What is switched off, or how the text is read. */
  readonly setting: string;
  /** What happened, in order. */
  readonly facts: readonly Fact[];
  /** Whether all facts hold, and there are any. */
  readonly ok: boolean;
}

/** Both halves. */
export interface Demonstrated {
  readonly withoutProtection: Shown;
  readonly withProtection: Shown;
}

/** What protects. */
export interface Protection {
  /** Checks that are left out in the first half. */
  readonly checks: readonly CheckName[];
  /** Checks behind those, which would stop the attack too: they are left out in the first half as well. */
  readonly secondLine: readonly CheckName[];
  /** Allowances that are given in the first half. */
  readonly allowances: readonly Allowance[];
  /** A rule or a reading that is no check, in words: the first half does the other thing. */
  readonly rule: string | undefined;
}

/** A demonstration. */
export interface Demonstration {
  readonly id: FindingId;
  /** One line: what is shown. */
  readonly title: string;
  readonly protection: Protection;
  /**
   * Carries it out with fresh keys.
   *
   * @param profile - the profile of the second half; default the strict one. With another one tests see that the protection is what protects.
   */
  readonly run: (profile?: Profile) => Demonstrated;
}

/** What a demonstration is made of. */
interface DemonstrationSpec {
  readonly id: FindingId;
  readonly title: string;
  readonly checks?: readonly CheckName[];
  readonly secondLine?: readonly CheckName[];
  readonly allowances?: readonly Allowance[];
  readonly rule?: string;
  /** How the first half is set, if that is not plain from checks, allowances and rule. */
  readonly setting?: string;
  readonly unprotected: (story: Story, profile: Profile) => void;
  readonly shielded: (story: Story, profile: Profile) => void;
}

/** Makes a demonstration of two halves that tell their stories. */
export function demonstration(spec: DemonstrationSpec): Demonstration {
  const { id, title, checks = [], secondLine = [], allowances = [], rule } = spec;
  return {
    id,
    title,
    protection: { checks, secondLine, allowances, rule },
    run: (profile = strictProfile) => {
      const weak: Profile = {
        ...strictProfile,
        allow: new Set(allowances),
        without: new Set([...checks, ...secondLine]),
      };
      return {
        withoutProtection: tell(spec.setting ?? settingOf({ checks, secondLine, allowances, rule }), (story) =>
          spec.unprotected(story, weak),
        ),
        withProtection: tell('as we do it', (story) => spec.shielded(story, profile)),
      };
    },
  };
}

function tell(setting: string, act: (story: Story) => void): Shown {
  const story = new Story();
  act(story);
  const { facts } = story;
  return { setting, facts, ok: facts.length > 0 && facts.every((fact) => fact.holds) };
}

function settingOf({ checks: first, secondLine, allowances, rule }: Protection): string {
  const checks = [...first, ...secondLine];
  const parts = [
    ...(checks.length > 0 ? [`without the check${checks.length > 1 ? 's' : ''} ${checks.join(', ')}`] : []),
    ...(allowances.length > 0 ? [`with ${allowances.join(', ')} allowed`] : []),
    ...(rule === undefined ? [] : [`without the rule that ${rule}`]),
  ];
  return parts.join(', ');
}
