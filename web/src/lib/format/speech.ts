/** How long a text takes to be spoken. An estimate before any voice has spoken it. */

/**
 * Words a minute of a calm narrator: 150 is the usual figure for English voice-over; languages with longer words have
 * fewer of them at the same pace (Pellegrino et al. 2011, syllables a second and syllables a word).
 */
const WORDS_A_MINUTE: Readonly<Record<string, number>> = {
  en: 150, de: 125, nl: 135, sv: 135, da: 140, nb: 140, fr: 155, es: 145, it: 135, pt: 145, ro: 140, pl: 115, cs: 115,
  hu: 110, fi: 95, tr: 105, ru: 115, uk: 115, el: 130,
};
const USUAL = 135;
/** Characters a second where words are not set apart by spaces. */
const CHARACTERS_A_SECOND: Readonly<Record<string, number>> = { zh: 4.2, ja: 6.5, th: 10 };

/** Words as a person counts them: what stands between spaces and holds a letter or a figure. */
export const words = (text: string): number =>
  text.split(/\s+/u).filter((part) => /[\p{L}\p{N}]/u.test(part)).length;

/** Seconds that a text takes to be spoken in a language (`en`, `pt-BR`), at a speed of 1 being normal. */
export function spokenSeconds(text: string, language: string, speed = 1): number {
  const base = language.toLowerCase().split(/[-_]/u)[0] ?? "";
  const characters = CHARACTERS_A_SECOND[base];
  const letters = () => text.match(/[\p{L}\p{N}]/gu)?.length ?? 0;
  const seconds = characters ? letters() / characters : (words(text) * 60) / (WORDS_A_MINUTE[base] ?? USUAL);
  return seconds / speed;
}
