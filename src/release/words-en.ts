/** The words of a release's files in English. */
import { listed } from './intl.js';
import type { Words } from './words-sv.js';

export const releaseEn: Words = {
  quarterly: 'Quarterly report',
  yearly: 'Annual report',
  quarterName: (year, quarter) => `quarter ${quarter} ${year}`,
  yearName: (year) => `the year ${year}`,
  subtitle: 'Statistics from an anonymous support line',
  issued: (day) => `Issued ${day}`,
  revision: (number, reason) => `Revision ${number}. Reason: ${reason}`,
  approximate:
    'The numbers are approximate on purpose. We add a small random deviation so that nobody who contacted us can be recognised.',
  reading: 'How to read the numbers',
  readings: [
    '± is the uncertainty of the protection, and of that alone. About one number in twenty lies further from the truth than that.',
    '“Fewer than” does not mean “a few”: it may also be none.',
    '“Not shown”: the group is too small or too uniform to be broken down.',
    'Shares are worked out from the numbers shown, in whole per cent, their uncertainty in percentage points. Of fewer than 50 there are none.',
    'A difference between two periods is given only where it is larger than the protection and chance together usually make. Where none is given, things may still have changed.',
    'The numbers count contacts, not persons. Somebody who got in touch three times is counted three times.',
  ],
  keyFigures: 'Key figures',
  contacts: 'All contacts',
  conversations: 'Conversations with support or advice',
  contactsWhy: 'Calls, chats and others, silent and broken off ones too. Contacts, not persons.',
  conversationsWhy: 'Those of the contacts in which somebody was given support or advice.',
  notInPlan: 'Not among the tables of the period',
  change: {
    more: (calls, before) => `About ${calls} more than ${before}.`,
    fewer: (calls, before) => `About ${calls} fewer than ${before}.`,
    atLeastMore: (calls, before) => `At least about ${calls} more than ${before}.`,
    atLeastFewer: (calls, before) => `At least about ${calls} fewer than ${before}.`,
    row: {
      more: (answer, calls) => `${answer}, about ${calls} more`,
      fewer: (answer, calls) => `${answer}, about ${calls} fewer`,
      atLeastMore: (answer, calls) => `${answer}, at least about ${calls} more`,
      atLeastFewer: (answer, calls) => `${answer}, at least about ${calls} fewer`,
    },
    rows: (before, rows) =>
      `Differences from ${before} that are larger than the protection and chance usually make: ${rows.join('; ')}.`,
    why: 'The difference is larger than the protection and chance usually make. What is behind it the numbers do not say, nor how common extremism is.',
  },
  unanswered: 'Unanswered calls',
  unansweredWhy:
    'Calls that nobody answered, where no message was left and nobody called back. Exact numbers from the telephone system. Such calls are part of no other number in the report.',
  universe: { all: 'Counts all contacts.', conversation: 'Counts conversations with support or advice.' },
  share: 'share',
  shareSure: '± of the share',
  percent: (share) => `${share}%`,
  shareOf: {
    all: 'Shares are of all contacts, their ± in percentage points.',
    conversation: 'Shares are of all conversations with support or advice, their ± in percentage points.',
    row: 'Shares are of the number of the row, their ± in percentage points.',
  },
  upTo: (calls) => `The uncertainty of the protection in this table is ± ${calls}.`,
  upToEach: (each) =>
    `The uncertainty of the protection is ${each.map(({ calls, periods }) => `± ${calls} for ${listed.en(periods)}`).join(each.length > 2 ? '; ' : ' and ')}.`,
  upToYear: (year, quarter) =>
    `The uncertainty of the protection is ± ${year} for the year and ± ${quarter} for a quarter.`,
  upToTotal: (calls) => `For conversations with support or advice it is ± ${calls}, as for their total.`,
  inFives: 'Numbers are rounded to the nearest five.',
  several: {
    referral: 'One call may have several referrals, so the sum is larger than the number of calls.',
    other: 'One call may have several of the answers, so the sum is larger than the number of calls.',
  },
  monthsWhy:
    'The months do not always add up to the quarter. Each month is published on its own when it is over, and the quarter is then estimated from all that was counted.',
  csvShares:
    'Shares are not in the CSV file, whose columns are fixed. They stand with their uncertainty in tables.xlsx, tables.json and the report.',
  foreword: 'Foreword',
  forewordElsewhere: 'The foreword is in Swedish only.',
  quarters: {
    title: 'Quarter by quarter',
    quarter: 'Quarter',
    name: (quarter) => `quarter ${quarter}`,
    more: ({ shown, all, quarterly }) =>
      `The year shows more numbers than its quarters. When four quarters are added up, the numbers become about four times as large but the deviation only twice as large. Of the ${all} numbers in the tables, ${shown} are shown for the year, and ${quarterly} on average for a quarter.`,
    sums: 'The numbers of the year are not always the sums of those shown for its quarters. The year adds up the estimates of the quarters before anything is rounded or hidden.',
    missing: (tables) =>
      `The tables of the year lack ${listed.en(tables.map((table) => `“${table}”`))}. The quarters did not count them alike, so that they cannot be added up.`,
    inGroups: (tables) =>
      `In the year ${listed.en(tables.map((table) => `“${table}”`))} are counted in groups, because some quarter counted the groups alone.`,
    files: (year) =>
      `In the CSV file the rows of the year have the period ${year}, and those of the quarters ${year}-Q1 to ${year}-Q4. The quarters are parts of the year: do not add them to it.`,
  },
  answer: 'Answer',
  number: 'Number',
  code: 'Code',
  under: (threshold) => `fewer than ${threshold}`,
  withheld: 'not shown',
  rowWithheld: 'Not shown. The group is too small or too uniform to be broken down.',
  withheldMark: '– means that the number is not shown.',
  hidden: 'Hidden answers together',
  hiddenWhy: 'Hidden answers together are all answers of the table that are not shown one by one.',
  hiddenOf: (number) => `Hidden answers together: ${number}.`,
  marks: {
    under: (threshold) => `< ${threshold} means fewer than ${threshold}, and may also be none.`,
  },
  method: 'Method and protection',
  methods: [
    'Whoever calls is promised that nobody will know. So only a few codes from a public list are kept of a contact, with no clock time, name, number or free text, in an envelope that a single key opens. Every night the contacts of the day are counted and forgotten, and the key is destroyed.',
    'The queries that were decided before the counting began are asked, and no others. To the answer of each belongs a random deviation, the sum of two draws (discrete Gaussian): one is in the counters from the start, the other is added when the period is over. Each is drawn once only. The true numbers are never written down.',
  ],
  guarantee: {
    title: 'What the protection promises',
    who: 'Think of somebody who knows all other contacts of a quarter, and for whom it is an even guess. After reading all that is published about the quarter they guess right at most this often (in brackets under the stricter setting):',
    rows: [
      ['Is this contact among them?', '70 times in 100 (60)'],
      [
        'Which of two stories did the contact tell? That it took place is known already, from a telephone bill for instance.',
        '76 times in 100 (64)',
      ],
    ],
    before: 'What the reader knew before, no protection can take back.',
  },
  made: 'How the numbers are made',
  estimates:
    'The numbers are estimates in which the answers to all queries of the quarter are weighed together. On average they are neither too high nor too low, and tables agree with each other and with the totals. Rounding can move a number by one step.',
  earlier: (quarters) =>
    `The counting of ${listed.en(quarters)} began with version 0.1 of Tyst, and the numbers from there are shown as it showed them: all with the same kind of deviation, and in the smaller plans each as it was drawn, so that tables need not agree with each other.`,
  makings: [
    'Numbers just over the threshold are more often too high than too low: had they come out lower, they would not be shown.',
    '“Fewer than” a threshold may also be none.',
    '± is about the protection alone, not about the chance in how many people call.',
    'Two rows of one table may differ by up to 1.7 times ± because of the protection alone.',
    'Between two periods a difference is given only if it is more than three times the standard deviation of protection and chance together, because a report compares dozens of numbers. Where none is given, there may still be one.',
    'One call may have several referrals, so their sum is larger than the number of calls.',
    'Months and years need not match the quarters. A month is published on its own when it is over, and a year adds up the estimates of its quarters before anything is rounded or hidden.',
    'Every query with its weights and its variance (sigma²), and the threshold and the rounding of each table, stand in manifest.json.',
  ],
  quoting: 'When you quote',
  quotings: [
    'Say “about”, and give the uncertainty: “about 45 (± 7)”.',
    'Work out no shares of fewer than 50 contacts, and round shares to whole per cent.',
    'Never put an exact count beside these numbers, from a telephone bill for instance. It undoes the protection of that number.',
    'The numbers do not reconcile with other sources to the unit, and are not meant to.',
    'More contacts do not mean that extremism grows. They may as well mean that more people know of the line.',
  ],
  certificate: 'Certificate of method',
  certificates: (closed, year) => [
    `${year ? 'The last quarter of the year' : 'The quarter'} was published on ${closed}. In the database transaction that writes the numbers of a quarter down, what they were counted from is taken out of the database. Then the log of the database is switched.`,
    'The period cannot be counted again: what it was counted from is gone, the deviations were not kept and cannot be made again, and the database refuses a second close.',
  ],
  facts: {
    plan: 'Table plan',
    rho: 'Level of protection (rho, zero-concentrated differential privacy for one contact)',
    vocabulary: 'Version of the vocabulary',
    software: 'Software',
  },
  presets: { tiny: 'tiny', small: 'small', medium: 'medium', large: 'large', own: 'own' },
  verify:
    'This report is part of a signed release. manifest.json lists each file with its checksum, and manifest.json.sig is the signature (Ed25519). A changed file is found by tyst verify or on the website of the line.',
  contents: 'Contents',
  sheet: 'Sheet',
  table: 'Table',
  counts: 'Counts',
  threshold: 'Least number shown',
  step: 'Rounded to',
  shareHead: 'Share',
  shareRow: 'Share of the row',
  points: '± percentage points',
};
