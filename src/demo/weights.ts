/**
 * How often each answer comes in the made-up calls of the demo. The numbers are relative to each other. They follow
 * what lines against violent extremism have published about themselves: half of the conversations with schools and
 * social services, under a third with relatives; religious before right-wing before a little left-wing extremism;
 * over half about minors; a third repeat contacts. Nobody publishes real call records.
 */

/** Relative frequency by code; 0 and absent are the same. */
export type Weights = Readonly<Record<string, number>>;

/** January to December: fewer calls when schools are closed. */
export const months: readonly number[] = [9, 9, 10, 8, 9, 6, 4, 7, 10, 10, 11, 7];

/** Contacts that do not become a conversation. */
export const otherKinds: Weights = { silent: 40, hangup: 35, wrong_number: 15, prank: 7, abusive: 3 };

export const channel: Weights = { phone: 70, callback: 8, voicemail: 2, chat: 13, email: 7 };

/** Channels in which there is no length to measure. */
export const untimed: ReadonlySet<string> = new Set(['email', 'voicemail']);

export const daypart: Weights = { night: 1, morning: 44, afternoon: 38, evening: 17 };

export const environment: Weights = {
  islamist: 39,
  right: 26,
  left: 4,
  fixation: 7,
  mixed: 4,
  other: 4,
  none: 7,
  unknown: 9,
};

/** Who calls, where the environment is one of `politicalMilieus`. */
export const relationPolitical: Weights = {
  parent: 18,
  sibling: 3,
  partner: 3,
  relative: 3,
  friend: 7,
  school: 30,
  social_services: 20,
  health_care: 2,
  police_prison: 2,
  other_professional: 3,
  civil_society: 2,
  public: 4,
  self: 4,
  unknown: 2,
};

export const politicalMilieus: ReadonlySet<string> = new Set(['right', 'left', 'fixation']);

/** Who calls about any other environment. */
export const relation: Weights = {
  parent: 20,
  sibling: 6,
  partner: 3,
  relative: 3,
  friend: 4,
  school: 22,
  social_services: 28,
  health_care: 3,
  police_prison: 2,
  other_professional: 4,
  civil_society: 3,
  public: 2,
  self: 1,
  unknown: 1,
};

/** The age of callers who may be children; everybody else is an adult. */
export const callerAge: Weights = { child: 12, adult: 82, unknown: 6 };

export const perhapsChildren: ReadonlySet<string> = new Set([
  'self',
  'sibling',
  'friend',
  'public',
  'unknown',
]);

/** The age of the person a school calls about. */
export const ageAtSchool: Weights = { '0-12': 8, '13-15': 46, '16-17': 34, '18-25': 7, '26+': 1, unknown: 4 };

export const age: Weights = { '0-12': 3, '13-15': 19, '16-17': 25, '18-25': 34, '26+': 12, unknown: 7 };

export const gender: Weights = { male: 74, female: 20, other: 1, unknown: 5 };

/** The share of conversations about no environment that are about no one person either. */
export const NO_PERSON_SHARE = 0.5;

export const concern: Weights = {
  views: 26,
  online: 19,
  contact: 17,
  active: 9,
  travel: 6,
  violence: 8,
  leave: 3,
  targeted: 4,
  info: 11,
  unknown: 2,
};

/** What comes on top of `concern` where the environment is religious. */
export const concernReligious: Weights = { travel: 9 };

export const area: Weights = {
  SE110: 24,
  SE232: 17,
  SE224: 14,
  SE123: 5,
  SE121: 4,
  SE122: 3,
  SE124: 4,
  SE125: 3,
  SE211: 3,
  SE212: 2,
  SE213: 2,
  SE214: 0.4,
  SE221: 1,
  SE231: 3,
  SE311: 4,
  SE312: 2,
  SE313: 3,
  SE321: 2,
  SE322: 1,
  SE331: 2,
  SE332: 2,
  abroad: 1,
  unknown: 6,
};

export const language: Weights = { sv: 86, en: 5, other: 3, interpreter: 5, interpreter_missing: 1 };

export const contact: Weights = { first: 63, repeat: 34, unknown: 3 };

export const length: Weights = { under_10: 12, '10-29': 31, '30-59': 43, '60+': 14 };

export const outcome: Weights = {
  listened: 28,
  advised: 56,
  handover: 5,
  urgent: 2,
  will_return: 7,
  ended_early: 2,
};

/** The share of questions for information that lead to no referral. */
export const NO_REFERRAL_SHARE = 0.6;

/** How many referrals are thought of; two of them may be the same. */
export const referralCount: Weights = { 1: 55, 2: 33, 3: 12 };

export const referral: Weights = {
  social_services: 30,
  child_report: 8,
  coordinator: 14,
  school_health: 12,
  bup: 9,
  police: 10,
  exit: 7,
  helpline: 5,
  psychiatry: 3,
  primary_care: 3,
  faith: 2,
  other_ngo: 3,
  womens_shelter: 1,
  security_service: 2,
  emergency: 1,
  knowledge: 7,
};

/** What comes on top of `referral`, and when; a negative number takes away. */
export const referralDanger: Weights = { police: 25, security_service: 8 };
export const dangers: ReadonlySet<string> = new Set(['violence', 'travel']);
export const referralProfessional: Weights = { knowledge: 25, coordinator: 10 };
export const professionals: ReadonlySet<string> = new Set([
  'school',
  'social_services',
  'other_professional',
]);
export const referralAdult: Weights = { bup: -9, school_health: -10, child_report: -8 };
export const adults: ReadonlySet<string> = new Set(['18-25', '26+']);
