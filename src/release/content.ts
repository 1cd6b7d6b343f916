/** What the bytes of a release depend on. */
import type { Foreword } from '../contract/foreword.js';
import type { Day, Quarter } from '../contract/period.js';
import type { Query } from '../contract/queries.js';
import type { Missing, PeriodSummary, PublishedTable } from '../contract/statistics.js';
import type { Unanswered } from '../contract/unanswered.js';
import type { Label } from '../contract/vocabulary.js';

/** What the statistics say of a published period: its summary and every table, as the API shows them. */
export interface PublishedPeriod {
  readonly summary: PeriodSummary;
  readonly tables: readonly PublishedTable[];
  /** What each table is about, in the tables' order. */
  readonly titles: readonly Label[];
  /** Of a year: what some of its quarters counted and it cannot add up. */
  readonly missing: readonly Missing[];
  /** The version of the vocabulary whose words the tables use. */
  readonly vocabularyVersion: number;
}

/** What the desk adds to a report. */
export interface DeskFacts {
  /** Who is behind the line; null where that is not set. */
  readonly organisation: string | null;
  /** Unanswered calls that a supervisor typed in from the telephone system, by month, in order. */
  readonly unanswered: readonly Unanswered[];
}

/** Reads a published period; null when it is not published. */
export type ReadPeriod = (period: string) => Promise<PublishedPeriod | null>;

/** What a quarter's calls were asked, as it was frozen. */
export interface AskedOfQuarter {
  readonly quarter: Quarter;
  readonly queries: readonly Query[];
  /** By which rules its numbers are shown; 1 is version 0.1's. */
  readonly displayRules: number;
}

/** Everything that the bytes of a release depend on. */
export interface ReleaseContent extends PublishedPeriod, DeskFacts {
  /** A quarter or a year. */
  readonly period: string;
  /** The periods that the report shows beside it: the quarters of a year, or those that a quarter is compared with. */
  readonly beside: readonly PublishedPeriod[];
  /** What it is compared with: the period before it, and of a quarter the same one of last year. */
  readonly before: readonly PublishedPeriod[];
  /** The queries that its numbers come from, quarter by quarter. */
  readonly asked: readonly AskedOfQuarter[];
  readonly softwareVersion: string;
  readonly issuedOn: Day;
  /** 1 for the first issue; greater ones carry a reason. */
  readonly revision: number;
  readonly reason: string | null;
  /** What a supervisor wants said first; null where nothing is. */
  readonly foreword: Foreword | null;
}
