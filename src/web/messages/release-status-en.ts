/** The words about the next release, and the calendar of those to come, in English. */
import type { ReleaseStatusWords } from './release-status-sv.js';

export const releaseStatus: ReleaseStatusWords = {
  title: 'What comes next',
  ready: (period) => `${period} is published and can be issued.`,
  toReleases: 'To the releases',
  withoutUnanswered: (months) => `Unanswered calls are not typed in for ${months}.`,
  withoutAny: 'No unanswered calls are typed in for the period.',
  typeIn: 'Type them in on the statistics page before you issue, if the report is to have them.',
  open: 'The releases are open. What you issue can at once be read by anybody at',
  running: (period, day) => `${period} is going on. It closes by itself on ${day} at 04.`,
  resting: (period, day) =>
    `${period} is over. It closes by itself on ${day} at 04, so that calls saved late are in time.`,
  due: (period, day) =>
    `${period} was to close on ${day} at 04, and closes as soon as Tyst gets to it. If that takes more than a few minutes, whoever runs Tyst needs to have a look.`,
  waitsFor: 'The quarter waits for',
  months: {
    coming: (month, day) => `${month}, which has not begun and closes on ${day}`,
    running: (month, day) => `${month}, which is going on and closes on ${day}`,
    resting: (month, day) => `${month}, which is over and closes on ${day}`,
    due: (month, day) => `${month}, which was to close on ${day}`,
  },
  out: (months) => `Published of the quarter: ${months}.`,
  calendarTitle: 'Calendar of releases to come',
  calendarWhy:
    'Subscribe to the days in a calendar. It says which period may be published when and nothing else, and may be given to anybody.',
  calendarAddress: 'Address',
  copy: 'Copy',
  copied: 'The address is copied.',
  subscribe: 'Open in the calendar',
};
