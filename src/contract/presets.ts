/**
 * The table plans that come with the default vocabulary, by how many calls a quarter they suit. `tiny` is that of a
 * new installation.
 */
import { MAX_RHO, type Plan, type PlanTable, type Preset } from './plan.js';

const table = (id: string, rows: string, rest: Omit<PlanTable, 'id' | 'rows'> = {}): PlanTable => ({
  id,
  rows,
  ...rest,
});

/** The tables of each preset. */
export const presets: Record<Preset, readonly PlanTable[]> = {
  // under 60 calls a quarter
  tiny: [
    table('kind', 'kind'),
    table('concern-top', 'concern', { level: 'top' }),
    table('environment-top', 'environment', { level: 'top' }),
    table('relation-top', 'relation', { level: 'top' }),
    table('age-top', 'age', { level: 'top' }),
    table('referral-top', 'referral', { level: 'top' }),
  ],
  // 60 to 249 calls a quarter
  small: [
    table('month', 'month'),
    table('kind', 'kind'),
    table('concern', 'concern'),
    table('environment', 'environment'),
    table('relation-top', 'relation', { level: 'top' }),
    table('age-top', 'age', { level: 'top' }),
    table('gender-top', 'gender', { level: 'top' }),
    table('referral-top', 'referral', { level: 'top' }),
    table('outcome', 'outcome'),
  ],
  // 250 to 999 calls a quarter
  medium: [
    table('month', 'month'),
    table('kind', 'kind'),
    table('channel', 'channel'),
    table('daypart', 'daypart'),
    table('concern', 'concern'),
    table('environment', 'environment'),
    table('relation', 'relation'),
    table('caller_age', 'caller_age'),
    table('age', 'age'),
    table('gender-top', 'gender', { level: 'top' }),
    table('area-top', 'area', { level: 'top' }),
    table('language', 'language'),
    table('contact', 'contact'),
    table('length', 'length'),
    table('referral', 'referral'),
    table('outcome', 'outcome'),
  ],
  // 1000 and more calls a quarter
  large: [
    table('kind', 'kind'),
    table('channel', 'channel'),
    table('daypart', 'daypart'),
    table('concern', 'concern'),
    table('environment', 'environment'),
    table('relation', 'relation'),
    table('caller_age', 'caller_age'),
    table('age', 'age'),
    table('gender-top', 'gender', { level: 'top' }),
    table('area', 'area'),
    table('language', 'language'),
    table('contact', 'contact'),
    table('length', 'length'),
    table('referral', 'referral'),
    table('outcome', 'outcome'),
    table('month-by-concern', 'month', { columns: 'concern' }),
    table('environment-by-relation', 'environment', { columns: 'relation', columnsLevel: 'top' }),
    table('concern-by-relation', 'concern', { columns: 'relation', columnsLevel: 'top' }),
    table('environment-by-age', 'environment', { columns: 'age' }),
    table('environment-by-gender', 'environment', { columns: 'gender', columnsLevel: 'top' }),
    table('area-by-environment', 'area', { level: 'top', columns: 'environment' }),
    table('concern-by-referral', 'concern', { columns: 'referral', columnsLevel: 'top' }),
  ],
};

/** The plan a preset stands for at a given rho (0.5 unless the line chose a stricter one). */
export function presetPlan(preset: Preset, rho: number = MAX_RHO): Plan {
  return { preset, rho, tables: [...presets[preset]] };
}
