/** The words of the public page where files are checked, in English. */
import type { CheckWords } from './check-sv.js';

export const check: CheckWords = {
  title: 'Check a release',
  lead: 'Has the line given you files with statistics? Here you see whether they are as they were issued.',
  offline:
    'Everything needed has been fetched. You can disconnect now: the files are read in your browser and sent nowhere.',
  filesTitle: 'The files',
  how: 'Choose all the files of a release, manifest.json and manifest.json.sig too. They must have kept their names.',
  drop: 'You can also drop the files here.',
  unreadable: 'The files could not be read. Choose files, not a folder.',
  keyTitle: 'The key of the line',
  key: 'The signature is checked with the public key that was fetched as the page was opened. Its id is',
  compare:
    'Compare it with the id that the line has given you in some other way. Whoever can change this page can exchange the key on it too.',
  earlierKeys: 'Earlier keys, with which older releases are signed:',
  withdrawn: 'withdrawn, no longer valid',
  getKey: 'Get the key',
  public: 'The same check is there without an account. Give the address to whoever gets the files:',
};
