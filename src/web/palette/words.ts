/** The words of the list of places and actions; they come with it. */
import { useLanguage } from '../messages/language.js';
import { palette as inEnglish } from '../messages/palette-en.js';
import { palette as inSwedish, type PaletteWords } from '../messages/palette-sv.js';

export const usePaletteWords = (): PaletteWords => (useLanguage().locale === 'sv' ? inSwedish : inEnglish);
