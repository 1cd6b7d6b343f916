/** The words of the plan page in English. */
import { percent } from './numerals.js';
import type { PlanWords } from './plan-sv.js';

const longDay = new Intl.DateTimeFormat('en-GB', { dateStyle: 'long', timeZone: 'UTC' });

export const plan: PlanWords = {
  title: 'Plan',
  lead: 'The plan is the list of what a quarter counts, and the form asks nothing else. The more is counted, the less sure every number is.',
  noCalls:
    'The choice is made from published numbers and from what you know. Nothing on the page comes from calls that are not published.',
  quarter: 'Quarter',
  begun: (quarter) => `${quarter} has begun, so its plan stands.`,
  stands: (name) => `In force now: “${name}”.`,
  follows: 'The plan holds for the quarters after it too, until another is chosen.',
  begins: {
    midnight: (day) =>
      `It can be changed until the midnight before ${longDay.format(day)}, when the quarter begins. After that it stands.`,
    'first-handler': (day) =>
      `It can be changed until the first call handler signs in, and at the latest until the night before ${longDay.format(day)}. After that it stands.`,
    'first-import': 'It can be changed until the first file is read into the quarter. After that it stands.',
  },
  choose: 'Choose a plan',
  presets: {
    tiny: { name: 'tiny', suits: 'Under 60 calls a quarter, under 20 a month' },
    small: { name: 'small', suits: '60–249 calls a quarter, about 20–80 a month' },
    medium: { name: 'medium', suits: '250–999 calls a quarter, about 80–330 a month' },
    large: { name: 'large', suits: '1,000 calls or more a quarter, about 330 a month and up' },
    own: { name: 'your own', suits: 'Tables that you choose yourselves' },
  },
  recommended: 'Recommended',
  recommendedWhy: 'going by the published quarters',
  inertia:
    'The recommendation changes only when two quarters running were larger or smaller than the plan is meant for.',
  noRecommendation:
    'A recommendation comes with the first published quarter. Rather begin too small than too large.',
  sure: 'How sure the numbers will be',
  sureOf: {
    contacts: 'All contacts',
    conversations: 'Support and advice calls',
    table: 'An answer in a usual table',
  },
  plusMinus: (calls) => `± ${calls}`,
  notGiven: 'not counted',
  form: 'The form',
  formLength: (questions, presses) =>
    `${questions === 1 ? '1 question' : `${questions} questions`}, about ${presses} key presses`,
  questions: 'What is counted',
  counted: 'counted',
  notCounted: 'not counted',
  grouped: 'in groups',
  byMonth: 'Month by month',
  crossed: 'Two questions in one table',
  crossTables: (tables) => (tables === 1 ? '1 table' : `${tables} tables`),
  check: 'Check the sums',
  counts: 'The plan has',
  tables: (count) => (count === 1 ? '1 table' : `${count} tables`),
  cost: 'Cost',
  costValue: (cost) => `${cost}, the most cells that one call is counted in`,
  sigma: 'Chance in every number',
  sigmaValue: (sigma, sigma2) => `σ ${sigma} (σ² ${sigma2})`,
  threshold: 'Threshold',
  thresholdValue: (threshold) => `${threshold}, no numbers are shown below it`,
  step: 'Rounding',
  stepValue: (step) => (step === 1 ? 'whole numbers' : `nearest ${step}`),
  twenty: 'A count of 20 is shown as',
  twentyValue: (value, uncertainty) => `about ${value} ± ${uncertainty}`,
  twentyUnder: (threshold) => `“fewer than ${threshold}”`,
  twentyOften: (share, threshold) => `but ${percent(share)} times in 100 as “fewer than ${threshold}”`,
  protection: 'Protection',
  levels: {
    normal: {
      name: 'Normal',
      why: 'rho 0.5: whoever knows everything else guesses right at most 70 times in 100 whether a call is there, and at most 76 which of two stories it told.',
    },
    strict: {
      name: 'Strict',
      why: 'rho 0.125: at most 60 times in 100 whether a call is there, and at most 64 which of two stories it told. The chance in the numbers doubles. For lines where the same person often calls several times.',
    },
    other: { name: 'Other', why: 'The protection that the plan has now.' },
  },
  own: {
    title: 'Your own tables',
    start: 'Begin from',
    table: (number) => `Table ${number}`,
    rows: 'Question',
    by: 'Split by',
    nothing: 'nothing',
    level: 'Level',
    leaf: 'every answer',
    top: 'groups',
    month: 'Month',
    remove: (number) => `Remove table ${number}`,
    add: 'Add a table',
    few: 'The plan needs at least one table.',
    many: 'A plan has at most 60 tables.',
    twice: 'Two tables are alike. Remove one of them.',
    same: 'A table cannot split a question by itself.',
    wrong: 'A table does not fit the questions. Have another look at it.',
  },
  outcome: 'What it comes to',
  stood: 'How the quarter is counted',
  listed: 'Tables of the plan',
  submit: (quarter) => `Choose the plan for ${quarter}`,
  chosen: (name, quarter) => `“${name}” is chosen for ${quarter}.`,
  problems: {
    'quarter-begun': 'The quarter has begun, so its plan stands. Choose a later quarter.',
    'over-budget': 'The plan protects too little: rho may be at most 0.5.',
    'invalid-request': 'The plan does not fit the questions of the quarter. Have another look at the tables.',
    'not-found': 'There is no such quarter.',
  },
};
