/** The sentences of docs/privacy.md and docs/privacy.sv.md that say a figure, in braces, to the letter. */
import type { Locale } from '../../src/contract/problem.js';

export const sentences: Readonly<Record<Locale, readonly string[]>> = {
  en: [
    'is right at most {normal} times in a hundred after reading everything that is ever published about that quarter. With the strict setting it is {strict}.',
    'In the presets the reader is right at most {inPresets}% of the time (strict: {inPresetsStrict}%).',
    'it can be more than that but under {normal}% (strict: under {strict}%)',
    'epsilon about {epsilon} at delta',
    'one call in each of four quarters is as two calls in one, {inFourQuarters}%.',
    '"Fewer than {quietThreshold}" does not mean',
    'a quiet one with {quietCalls} calls that quarter and preset `tiny`, and a busy one with {busyCalls} calls and preset `large`',
    'right at most about {stories} times in a hundred; with the strict setting {storiesStrict}.',
    'they guess right at most about {look} times in a hundred whether it is among them, and about {lookStories} times in a hundred which of two stories it told (strict: {lookStrict} and {lookStoriesStrict}),',
    "The call has moved {tinyMoved} of the quarter's {tinyCounters} counters by one under `tiny`, and {largeMoved} of {largeCounters} under `large`.",
    'The fingerprint of the receipt is remembered until {forgetOn},',
    '**On {closedOn}** the quarter is closed.',
    'the last column is what people see, each number ± {quietUncertainty}. Our call is one of the {ours}. Had the father never called there would have been {without}, and {oursShown} would have been as little of a surprise.',
    'On the busy line there is also a table of milieu by gender, each number ± {busyUncertainty}:',
    'Our call is somewhere among the {crossedOurs}.',
  ],
  sv: [
    'gissar rätt högst {normal} gånger av hundra efter att ha läst allt som någonsin publiceras om kvartalet. Med den stränga inställningen är det {strict}.',
    'Med de förvalda planerna gissar läsaren rätt i högst {inPresets} procent av fallen (strängt: {inPresetsStrict}).',
    'kan det vara mer än så men under {normal} procent (strängt: under {strict})',
    'epsilon omkring {epsilon} vid delta',
    'ett samtal i vart och ett av fyra kvartal motsvarar två i samma, {inFourQuarters} %.',
    '”Färre än {quietThreshold}” betyder inte',
    'en lugn med {quietCalls} samtal det kvartalet och planen `tiny`, och en hårt belastad med {busyCalls} samtal och planen `large`',
    'gissar rätt högst omkring {stories} gånger av hundra; med den stränga inställningen {storiesStrict}.',
    'blir gissningen rätt högst omkring {look} gånger av hundra när frågan är om det finns med, och omkring {lookStories} gånger av hundra när den är vilken av två berättelser det rymde (strängt: {lookStrict} och {lookStoriesStrict}),',
    'Samtalet har flyttat {tinyMoved} av kvartalets {tinyCounters} räkneverk ett steg under `tiny`, och {largeMoved} av {largeCounters} under `large`.',
    'Kvittots fingeravtryck minns Tyst till {forgetOn},',
    '**{closedOn}** stängs kvartalet.',
    'den sista kolumnen är vad folk får se, varje tal ± {quietUncertainty}. Vårt samtal är ett av de {ours}. Hade pappan aldrig ringt hade de varit {without}, och {oursShown} hade förvånat lika lite.',
    'På den hårt belastade linjen finns också en tabell över miljö och kön, varje tal ± {busyUncertainty}:',
    'Vårt samtal finns någonstans bland de {crossedOurs}.',
  ],
};
