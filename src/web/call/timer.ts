/** A timer for the length of a call, in memory of the tab only. What leaves the tab is the length's code, never a time. */
import { useCallback, useEffect, useState } from 'react';

const minute = 60_000;

export interface Timer {
  readonly started: boolean;
  readonly running: boolean;
  /** Whole minutes of all runs together. */
  readonly minutes: number;
  readonly start: () => void;
  readonly stop: () => void;
  readonly reset: () => void;
}

interface Run {
  /** Milliseconds of the runs before this one; null before the first. */
  readonly before: number | null;
  /** When this run began, in milliseconds; null while it stands still. */
  readonly since: number | null;
}

const idle: Run = { before: null, since: null };
const spent = ({ before, since }: Run): number =>
  (before ?? 0) + (since === null ? 0 : Math.max(0, Date.now() - since));

export function useTimer(): Timer {
  const [run, setRun] = useState<Run>(idle);
  const [minutes, setMinutes] = useState(0);
  useEffect(() => {
    const tell = () => {
      setMinutes(Math.floor(spent(run) / minute));
    };
    tell();
    if (run.since === null) return;
    const ticking = setInterval(tell, 1000);
    return () => {
      clearInterval(ticking);
    };
  }, [run]);

  const start = useCallback(() => {
    setRun((now) => (now.since === null ? { before: now.before ?? 0, since: Date.now() } : now));
  }, []);
  const stop = useCallback(() => {
    setRun((now) => (now.since === null ? now : { before: spent(now), since: null }));
  }, []);
  const reset = useCallback(() => {
    setRun(idle);
  }, []);
  return { started: run.before !== null, running: run.since !== null, minutes, start, stop, reset };
}
