/** What will be counted: a quarter's plan of tables, and the unanswered calls that stand beside its numbers. */
import { choosePlanSchema, quarterPlanSchema } from '../plan-choice.js';
import { setUnansweredSchema, unansweredListSchema, unansweredSchema } from '../unanswered.js';
import { endpoint } from './endpoint.js';

const planPath = '/api/v1/plan/:quarter';
const monthPath = '/api/v1/unanswered/:month';
const access = ['supervisor'] as const;

const plan = {
  quarter: '2027-Q1',
  begun: false,
  begins: { with: 'midnight', on: '2027-01-01' },
  chosen: true,
  preset: 'small',
  rho: 0.5,
  cost: 9,
  sigma2: 9,
  threshold: 10,
  step: 1,
  tables: [{ id: 'concern', rows: 'concern', level: 'leaf' }],
  recommended: 'small',
};
const unanswered = { month: '2026-10', calls: 12 };

export const getPlan = endpoint({
  operationId: 'getPlan',
  method: 'get',
  path: planPath,
  access: ['supervisor', 'administrator'],
  summary: "A quarter's plan: its tables, cost and noise, and whether or from when it stands",
  replies: { 200: { description: 'The plan', schema: quarterPlanSchema, example: plan } },
  problems: [],
});

export const putPlan = endpoint({
  operationId: 'putPlan',
  method: 'put',
  path: planPath,
  access: ['supervisor', 'administrator'],
  summary:
    'Choose the plan of a quarter that has not begun; later quarters follow it. An administrator chooses that of the quarter of installation alone',
  body: choosePlanSchema,
  example: { preset: 'small', rho: 0.5 },
  replies: { 200: { description: 'Chosen', schema: quarterPlanSchema, example: plan } },
  problems: ['quarter-begun', 'over-budget'],
});

export const listUnanswered = endpoint({
  operationId: 'listUnanswered',
  method: 'get',
  path: '/api/v1/unanswered',
  access,
  summary: 'Unanswered calls of each month that somebody typed in: exact, and from another system',
  replies: {
    200: {
      description: 'In the order of the months',
      schema: unansweredListSchema,
      example: { months: [unanswered] },
    },
  },
  problems: [],
});

export const putUnanswered = endpoint({
  operationId: 'putUnanswered',
  method: 'put',
  path: monthPath,
  access,
  summary: 'Type in, or correct, the unanswered calls of a month that is over',
  body: setUnansweredSchema,
  example: { calls: 12 },
  replies: { 200: { description: 'Stored', schema: unansweredSchema, example: unanswered } },
  problems: ['month-not-over'],
});

export const deleteUnanswered = endpoint({
  operationId: 'deleteUnanswered',
  method: 'delete',
  path: monthPath,
  access,
  summary: 'Take a number that was typed in away',
  replies: { 204: { description: 'It is gone' } },
  problems: [],
});
