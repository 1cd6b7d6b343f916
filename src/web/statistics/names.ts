/** The words that name what is counted, for every part of a report. */
import { createContext, useContext, useMemo } from 'react';
import type { Dimension } from '../../contract/vocabulary.js';
import { useLanguage } from '../messages/language.js';
import { useSupervisorWords } from '../messages/supervisor.js';
import type { Names } from './titles.js';

export const DimensionsContext = createContext<readonly Dimension[]>([]);

export function useNames(): Names {
  const { locale } = useLanguage();
  const { statistics } = useSupervisorWords();
  const dimensions = useContext(DimensionsContext);
  return useMemo(() => ({ locale, statistics, dimensions }), [locale, statistics, dimensions]);
}
