/** A picture of numbers that stand in a table beside it: drawn when ECharts has come, and again when its width or the colours change. */
import { useEffect, useRef, useState } from 'react';
import { ErrorText } from '../notice.js';
import { useSupervisorWords } from '../messages/supervisor.js';
import type { init } from './echarts.js';
import { heightAt, type Draw, type Height } from './look.js';
import { useColours } from './use-colours.js';

/** What ECharts makes in a box. */
type Drawn = ReturnType<typeof init>;

interface Props {
  readonly draw: Draw;
  readonly height: Height;
  /** Below this width the picture scrolls in its own box. */
  readonly least?: number;
  /** What the picture says, for whoever does not see it. */
  readonly label: string;
}

export function Chart({ draw, height: wanted, least = 0, label }: Props) {
  const { statistics } = useSupervisorWords();
  const colours = useColours();
  const box = useRef<HTMLDivElement>(null);
  const frame = useRef<HTMLDivElement>(null);
  const chart = useRef<Drawn | null>(null);
  const [room, setRoom] = useState(0);
  const [state, setState] = useState<'coming' | 'here' | 'failed'>('coming');

  useEffect(() => {
    let wanted = true;
    const begin = async () => {
      try {
        // Words are measured before they are placed, so their typeface has to be there first.
        const [echarts] = await Promise.all([import('./echarts.js'), document.fonts.ready]);
        if (!wanted || box.current === null) return;
        chart.current = echarts.init(box.current, null, { renderer: 'svg', width: 300, height: 100 });
        setState('here');
      } catch {
        if (wanted) setState('failed');
      }
    };
    void begin();
    return () => {
      wanted = false;
      chart.current?.dispose();
      chart.current = null;
    };
  }, []);

  useEffect(() => {
    if (frame.current === null) return;
    const observer = new ResizeObserver(([entry]) => {
      setRoom(Math.floor(entry?.contentRect.width ?? 0));
    });
    observer.observe(frame.current);
    return () => {
      observer.disconnect();
    };
  }, []);

  const width = Math.max(room, least);
  const height = heightAt(wanted, width);
  useEffect(() => {
    if (state !== 'here' || room === 0) return;
    chart.current?.resize({ width, height });
    chart.current?.setOption(draw({ colours, width }), { notMerge: true });
  }, [state, room, width, height, draw, colours]);

  const scrolls = room > 0 && width > room;
  return (
    <div
      className="chart"
      ref={frame}
      // What scrolls has to be reached by keyboard too.
      {...(scrolls && { tabIndex: 0, role: 'group', 'aria-label': label })}
    >
      {state === 'failed' ? (
        <ErrorText quiet>{statistics.pictureMissing}</ErrorText>
      ) : (
        <div
          ref={box}
          role="img"
          aria-label={label}
          data-drawn={state === 'here'}
          style={{ width, height }}
        />
      )}
    </div>
  );
}
