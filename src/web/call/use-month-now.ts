import { useEffect, useState } from 'react';
import { monthAt } from './month.js';

const lookEvery = 15_000;

/** The month by this computer's clock, also once a new one has begun. */
export function useMonthNow(): string {
  const [month, setMonth] = useState(() => monthAt(new Date()));
  useEffect(() => {
    const look = () => {
      setMonth(monthAt(new Date()));
    };
    const looking = setInterval(look, lookEvery);
    document.addEventListener('visibilitychange', look);
    return () => {
      clearInterval(looking);
      document.removeEventListener('visibilitychange', look);
    };
  }, []);
  return month;
}
