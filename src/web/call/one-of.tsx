/** Codes of which one is chosen, as a group of chips; Tab stops at the chosen one, or at the first. */
import { useLanguage } from '../messages/language.js';
import { Chip, Radios, type RadiosProps } from './chip.js';
import { hintOf, type Choice } from './form-vocabulary.js';
import { digitsFor } from './keys.js';

type Props = Omit<RadiosProps, 'children'> & {
  readonly codes: readonly Choice[];
  readonly chosen: readonly string[];
  readonly hints?: boolean;
  readonly onChoose: (code: string) => void;
};

export function OneOf({ codes, chosen, onChoose, hints = false, ...group }: Props) {
  const { locale } = useLanguage();
  const digits = digitsFor(codes);
  const tabbable = codes.find(({ id }) => chosen.includes(id)) ?? codes[0];
  return (
    <Radios {...group}>
      {codes.map((code) => (
        <Chip
          key={code.id}
          kind="radio"
          label={code.label[locale]}
          hint={hints ? hintOf(code, locale) : undefined}
          checked={chosen.includes(code.id)}
          digit={digits.get(code.id)}
          tabbable={code === tabbable}
          onChoose={() => {
            onChoose(code.id);
          }}
        />
      ))}
    </Radios>
  );
}
