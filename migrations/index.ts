import { Schemas1795000000000 } from './1795000000000-schemas.js';
import { Directory1795100000000 } from './1795100000000-directory.js';
import { Unanswered1795200000000 } from './1795200000000-unanswered.js';
import { Administration1795300000000 } from './1795300000000-administration.js';
import { Foreword1795500000000 } from './1795500000000-foreword.js';
import { OpenReleases1795600000000 } from './1795600000000-open-releases.js';
import { ImportRequest1795700000000 } from './1795700000000-import-request.js';
import { ReleaseKeyWithdrawal1795700000001 } from './1795700000001-release-key-withdrawal.js';
import { Night1796000000000 } from './1796000000000-night.js';
import { NamedKeyDirectory1796100000000 } from './1796100000000-named-key-directory.js';
import { BegunQuarter1797000000000 } from './1797000000000-begun-quarter.js';

/** Every migration, oldest first; listed by hand so that none runs unread. */
export const migrations = [
  Schemas1795000000000,
  Directory1795100000000,
  Unanswered1795200000000,
  Administration1795300000000,
  Foreword1795500000000,
  OpenReleases1795600000000,
  ImportRequest1795700000000,
  ReleaseKeyWithdrawal1795700000001,
  Night1796000000000,
  NamedKeyDirectory1796100000000,
  BegunQuarter1797000000000,
];
