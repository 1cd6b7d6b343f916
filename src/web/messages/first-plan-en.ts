/** The words about the first choice, which is part of setting Tyst up, in English. */
import type { FirstPlanWords } from './first-plan-sv.js';

const longDay = new Intl.DateTimeFormat('en-GB', { dateStyle: 'long', timeZone: 'UTC' });
const quarterName = (quarter: string) => `quarter ${quarter.slice(6)} ${quarter.slice(0, 4)}`;

export const firstPlan: FirstPlanWords = {
  title: 'How many calls do you expect?',
  lead: 'How much Tyst counts depends on how large the line is. The fewer the calls, the fewer questions can be counted before the numbers become too unsure. The form asks only what is counted.',
  unsure:
    'If you are not sure, choose the smaller one. For the next quarter the supervisor can choose another plan.',
  until: (quarter, day) =>
    `The choice is for ${quarterName(quarter)}, which is under way. It can be changed until the first call handler signs in, and at the latest until the night before ${longDay.format(day)}. After that it stands for the rest of the quarter.`,
  without: 'Without a choice the quarter is counted as the smallest.',
  legend: 'Calls in a quarter',
  sizes: {
    tiny: { name: 'Fewer than 60', suits: 'Fewer than 20 a month' },
    small: { name: '60–249', suits: 'About 20–80 a month' },
    medium: { name: '250–999', suits: 'About 80–330 a month' },
    large: { name: '1,000 or more', suits: 'About 330 a month and up' },
  },
  submit: 'Save the choice',
  choose: 'Choose one of them first.',
  saved: (plan) => `The choice is saved. The quarter is counted by the plan “${plan}”.`,
  stands: (quarter, plan) =>
    `${quarterName(quarter)} has begun to be counted by the plan “${plan}”, and that stands. The supervisor chooses the plan of the quarters after it.`,
  back: 'To the overview',
  item: {
    name: 'Say about how many calls you expect',
    why: (quarter, day) =>
      `It decides what ${quarterName(quarter)} counts and what the form asks. Without a choice it is the least there is. Choose before the first call handler signs in, and by the night before ${longDay.format(day)} at the latest.`,
    link: 'To the choice',
    change: 'Change the choice',
  },
};
