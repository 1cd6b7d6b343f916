/** The words about the first choice, which is part of setting Tyst up, in Swedish. */
import type { WordsLike } from '../../contract/words.js';

const longDay = new Intl.DateTimeFormat('sv-SE', { dateStyle: 'long', timeZone: 'UTC' });
const quarterName = (quarter: string) => `kvartal ${quarter.slice(6)} ${quarter.slice(0, 4)}`;

export const firstPlan = {
  title: 'Hur många samtal väntar ni er?',
  lead: 'Tyst räknar olika mycket beroende på hur stor linjen är. Ju färre samtal, desto färre frågor går att räkna utan att talen blir för osäkra. Formuläret frågar bara det som räknas.',
  unsure:
    'Är ni osäkra, välj den mindre. Till nästa kvartal kan den som är statistikansvarig välja en annan plan.',
  until: (quarter: string, day: Date) =>
    `Valet gäller ${quarterName(quarter)}, som pågår. Det går att ändra tills den första samtalsmottagaren loggar in, dock senast natten till den ${longDay.format(day)}. Sedan ligger det fast kvartalet ut.`,
  without: 'Utan ett val räknas kvartalet som det minsta.',
  legend: 'Samtal på ett kvartal',
  sizes: {
    tiny: { name: 'Färre än 60', suits: 'Färre än 20 i månaden' },
    small: { name: '60–249', suits: 'Ungefär 20–80 i månaden' },
    medium: { name: '250–999', suits: 'Ungefär 80–330 i månaden' },
    large: { name: '1 000 eller fler', suits: 'Omkring 330 i månaden och uppåt' },
  },
  submit: 'Spara valet',
  choose: 'Välj ett av alternativen först.',
  saved: (plan: string) => `Valet är sparat. Kvartalet räknas enligt planen ”${plan}”.`,
  stands: (quarter: string, plan: string) =>
    `${quarterName(quarter)} har börjat räknas enligt planen ”${plan}”, och det ligger fast. Den som är statistikansvarig väljer plan för kvartalen efter.`,
  back: 'Till översikten',
  item: {
    name: 'Säg ungefär hur många samtal ni väntar er',
    why: (quarter: string, day: Date) =>
      `Det avgör vad ${quarterName(quarter)} räknar och vad formuläret frågar. Utan ett val blir det minsta möjliga. Välj innan den första samtalsmottagaren loggar in, dock senast natten till den ${longDay.format(day)}.`,
    link: 'Till valet',
    change: 'Ändra valet',
  },
} as const;

export type FirstPlanWords = WordsLike<typeof firstPlan>;
