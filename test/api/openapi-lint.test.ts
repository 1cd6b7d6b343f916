/** The OpenAPI document, by the rules that Spectral recommends: not one warning. */
import spectralCore, { type RulesetDefinition } from '@stoplight/spectral-core';
import { oas } from '@stoplight/spectral-rulesets';
import { subjects } from '../../src/contract/api/index.js';
import { openApiDocument } from '../../src/platform/openapi.js';
import { softwareVersion } from '../../src/platform/project.js';
import { expect, test } from '../support/jest.js';

const spectral = new spectralCore.Spectral();
spectral.setRuleset({ extends: [[oas as RulesetDefinition, 'recommended']] });
const document = JSON.parse(JSON.stringify(openApiDocument(subjects, softwareVersion))) as Record<
  string,
  object
>;

async function findingsOf(linted: object): Promise<string[]> {
  const findings = await spectral.run(linted as Record<string, unknown>);
  return findings.map(({ code, path, message }) => `${code} at ${path.join('.')}: ${message}`);
}

test('it lints clean', async () => {
  expect(await findingsOf(document)).toEqual([]);
});

test('what is wrong would be found', async () => {
  const { servers: _, ...rest } = document;
  expect(await findingsOf({ ...rest, tags: [] })).toEqual(
    expect.arrayContaining([
      expect.stringMatching(/^oas3-api-servers /),
      expect.stringMatching(/^operation-tag-defined /),
    ]),
  );
});
