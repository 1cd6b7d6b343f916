/** Checking files that somebody has downloaded: they are read in the browser and go nowhere. */
import { useId } from 'react';
import type { Problem } from '../api.js';
import { checkAddress } from '../address.js';
import { problemWords, useLanguage } from '../messages/language.js';
import { useReleaseWords } from '../messages/release-words.js';
import { check } from './check.js';
import { FileChoice } from './file-choice.js';

export function OwnFiles() {
  const { words, locale } = useLanguage();
  const { releases, check: checkWords } = useReleaseWords();
  const id = useId();
  const address = new URL(checkAddress(locale), location.origin).href;
  return (
    <section aria-labelledby={id} className="numbers">
      <h2 id={id}>{releases.checkTitle}</h2>
      <p className="soft">{releases.checkWhy}</p>
      <FileChoice check={(files) => check(files, (problem: Problem) => problemWords(words, problem))} />
      <p className="soft">
        {checkWords.public}{' '}
        <a className="link" href={address} target="_blank" rel="noopener">
          {address}
          <span className="visually-hidden"> {words.opensApart}</span>
        </a>
      </p>
    </section>
  );
}
