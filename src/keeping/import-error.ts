/** What can be wrong in an imported file, in words: line, column and problem, never what stands there. */
import { importMessages } from '../contract/import-problem.js';
import { fieldMessages } from '../contract/problem.js';
import { CommandError } from '../platform/command-error.js';

const messages = {
  missing: fieldMessages.missing.en,
  'unknown-code': fieldMessages['unknown-code'].en,
  'too-many': fieldMessages['too-many'].en,
  'not-applicable': fieldMessages['not-applicable'].en,
  exclusive: fieldMessages.exclusive.en,
  'closed-period': fieldMessages['closed-period'].en,
  'unknown-field': fieldMessages['unknown-field'].en,
  'wrong-type': fieldMessages['wrong-type'].en,
  'unknown-column':
    'This column cannot be imported. Only month and the dimensions can be stored; leave it out with --drop.',
  'missing-column': 'This column is missing.',
  'duplicate-column': 'There is another column of this name or meaning.',
  'field-count': 'The row does not have as many fields as there are column names.',
} as const;

export interface ImportError {
  /** 1-based line of the file. */
  readonly line: number;
  /** A column's name; `column 5` where the name may itself be data; '' for the row as a whole. */
  readonly column: string;
  readonly code: keyof typeof messages;
}

/** An error as a line for the person at the terminal. */
export function describeImportError({ line, column, code }: ImportError): string {
  const place = column === '' ? '' : `, ${column.startsWith('column ') ? '' : 'column '}${column}`;
  return `line ${line}${place}: ${messages[code]}`;
}

/** Why a file as a whole is refused. */
export type FileRefusal = keyof typeof importMessages;
export const fileRefusals = Object.keys(importMessages) as FileRefusal[];

/** A file that is not one of calls at all, in one line of our own words; `line` where it is about one. */
export class FileRefused extends CommandError {
  constructor(
    readonly code: FileRefusal,
    message: string,
    readonly line: number | null = null,
  ) {
    super(line === null ? message : `line ${line}: ${message}`);
  }
}
