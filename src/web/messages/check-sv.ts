/** The words of the public page where files are checked, in Swedish. */
import type { WordsLike } from '../../contract/words.js';

export const check = {
  title: 'Kontrollera en utgåva',
  lead: 'Har du fått filer med statistik från linjen? Här ser du om de är som de gavs ut.',
  offline:
    'Allt som behövs är hämtat. Du kan koppla från nätet nu: filerna läses i din webbläsare och skickas ingenstans.',
  filesTitle: 'Filerna',
  how: 'Välj alla filer i en utgåva, också manifest.json och manifest.json.sig. De ska ha kvar sina namn.',
  drop: 'Du kan också dra filerna hit.',
  unreadable: 'Filerna gick inte att läsa. Välj filer, inte en mapp.',
  keyTitle: 'Linjens nyckel',
  key: 'Signaturen kontrolleras med den publika nyckel som hämtades när sidan öppnades. Dess id är',
  compare:
    'Jämför det med det id du har fått av linjen på annat sätt. Den som kan ändra den här sidan kan också byta ut nyckeln på den.',
  earlierKeys: 'Tidigare nycklar, som äldre utgåvor är signerade med:',
  withdrawn: 'spärrad, gäller inte längre',
  getKey: 'Hämta nyckeln',
  public: 'Samma kontroll finns utan konto. Ge adressen till den som får filerna:',
} as const;

export type CheckWords = WordsLike<typeof check>;
