import { describe, expect, it } from 'vitest';
import { USUAL_FILES } from '../../../src/config/watch/config-file.ts';
import { FOREIGN_VARIABLES } from '../../../src/config/watch/from-environment.ts';
import { RESERVED_LABELS } from '../../../src/config/watch/labels.ts';
import { loadWatchOptions } from '../../../src/config/watch/load.ts';
import { usualFlag } from '../../../src/config/watch/setting.ts';
import { CONFIG_SETTING, SETTING_KEYS, SETTINGS } from '../../../src/config/watch/settings.ts';
import { isTargetKey } from '../../../src/config/watch/target-settings.ts';
import { GITLAB_VARIABLES } from '../../../src/report/gitlab.ts';
import { outside } from '../config/watch/outside.ts';
import { document, section } from './documents.ts';

const TEXT = document('docs/configuration.md');

function rowsOf(heading: string): string[] {
  return section(TEXT, heading)
    .split('\n')
    .filter((line) => line.startsWith('|'))
    .slice(2);
}

const code = (text: string | null): string => (text === null ? '' : `\`${text.replaceAll('|', '\\|')}\``);

describe('docs/configuration.md', () => {
  it('has every setting with its flag, variable and default, and no other', () => {
    const rows = SETTING_KEYS.map((key) => {
      const setting = SETTINGS[key];
      const flag = `${usualFlag(setting)}${setting.shape === null ? '' : ` ${setting.shape}`}`;
      const own = isTargetKey(key) ? 'yes' : '';
      const cells = [code(key), code(flag), code(setting.variable), code(setting.fallback), own];
      return `| ${[...cells, setting.help.replaceAll('|', '\\|')].join(' | ')} |`.replaceAll('|  |', '| |');
    });
    expect(rowsOf('Settings')).toEqual(rows);
  });

  it('says how the file is named', () => {
    expect(TEXT).toContain(CONFIG_SETTING.flag);
    expect(TEXT).toContain(CONFIG_SETTING.variable);
    expect(USUAL_FILES.filter((file) => !TEXT.includes(`\`${file}\``))).toEqual([]);
    expect(USUAL_FILES.filter((file) => !CONFIG_SETTING.help.includes(file))).toEqual([]);
  });

  it('has the labels that are taken', () => {
    const listed = /taken: (.*?)\./s.exec(section(TEXT, 'Targets'))?.[1]?.match(/\w+/g);
    expect(listed).toEqual([...RESERVED_LABELS]);
  });

  it('shows files that can be used', async () => {
    const examples = [...TEXT.matchAll(/```yaml\n(.*?)```/gs)].map(([, yaml = '']) => yaml);
    expect(examples.length).toBeGreaterThan(2);
    for (const yaml of examples) await loadWatchOptions({ target: ['a'] }, {}, outside({ 'mtu-probe.yaml': yaml }));
  });
});

it('the variables of other commands are those that they write', () => {
  expect(FOREIGN_VARIABLES).toEqual(GITLAB_VARIABLES);
});

it('examples/watch/mtu-probe.yaml can be used', async () => {
  const files = { 'mtu-probe.yaml': document('examples/watch/mtu-probe.yaml') };
  const { options, warnings } = await loadWatchOptions({}, {}, outside(files));
  expect(options.targets.map(({ target }) => target)).toEqual([
    'rubygems.org',
    'https://registry-1.docker.io/v2/',
    '10.0.0.5:443',
  ]);
  expect(warnings).toEqual([]);
});

it('examples/watch/mtu-probe.yaml can be used with what it leaves commented out', async () => {
  const text = document('examples/watch/mtu-probe.yaml').replaceAll(
    /^# ?(?=(tokenFile|peers|responder|notifications| {2}))/gm,
    '',
  );
  const { options } = await loadWatchOptions(
    {},
    {},
    outside({ 'mtu-probe.yaml': text.replace(/^ {2}mtu-probe config.*$/m, '') }),
  );
  expect(options.peers?.source.kind).toBe('dns');
  expect(options.webhooks).toHaveLength(1);
  expect(options.tokenFile).not.toBeNull();
});
