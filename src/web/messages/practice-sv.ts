/** Made-up calls to practise on, in Swedish. None of them is about anybody. */
import type { WordsLike } from '../../contract/words.js';

export const stories = {
  mother:
    'Telefonen ringer en eftermiddag. En mamma i Karlstad är orolig för sin son som är 16. Han sitter uppe om nätterna i chattgrupper där man hyllar högerextrema gärningsmän och har börjat prata om att ”något måste göras”. Hon har inte ringt förut. Ni talar i drygt en halvtimme på svenska. Du råder henne att prata med socialtjänsten, och hon vill också ha kontakt med kommunens samordnare.',
  teacher:
    'En lärare på en gymnasieskola i Göteborg ringer. En 17-årig elev visar på lektionerna stöd för våldsbejakande islamister och har enligt klasskamraterna kontakt med några äldre män i en sådan grupp. Läraren ringde även förra veckan. Samtalet tar en kvart. Ni kommer fram till att elevhälsan ska kopplas in, och du berättar om Segerstedtinstitutets material.',
  leaver:
    'En kvinna på 24 år skriver i chatten. Hon har varit med i en vänsterextremistisk grupp i några år och vill därifrån, men är rädd för hur de andra ska reagera. Hon vill inte säga var hon bor. Det är första gången hon hör av sig. Ni skriver till varandra i ungefär 45 minuter, och du berättar om avhopparverksamheten.',
} as const;

export type Stories = WordsLike<typeof stories>;
