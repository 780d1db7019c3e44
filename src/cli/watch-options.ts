/** Options of `mtu-probe watch`, and of `mtu-probe config` which looks at them: made of the table of settings. */

import { type Command, Option } from 'commander';
import { opposite, type Setting, usualFlag } from '../config/watch/setting.ts';
import { CONFIG_SETTING, SETTING_KEYS, SETTINGS, type SettingKey } from '../config/watch/settings.ts';
import { isRunKey, isTargetKey } from '../config/watch/target-settings.ts';
import { collect } from './options.ts';

export function addWatchOptions(command: Command): Command {
  command.optionsGroup('Targets:');
  for (const option of optionsOf(CONFIG_SETTING)) command.addOption(option);
  for (const key of SETTING_KEYS) {
    for (const option of optionsOf(SETTINGS[key])) command.addOption(option.helpGroup(groupOf(key)));
  }
  return command;
}

function groupOf(key: SettingKey): string {
  if (key === 'targets') return 'Targets:';
  if (isTargetKey(key)) return isRunKey(key) ? 'Each run (of all targets; a target may have its own):' : 'When:';
  return GROUPS.find(([start]) => key.startsWith(start))?.[1] ?? 'The service:';
}

const GROUPS: readonly (readonly [start: string, heading: string])[] = [
  ['history', 'History:'],
  ['responder', 'Responder:'],
  ['peers', 'Peers:'],
  ['probe', 'Questions and notifications:'],
  ['notifications', 'Questions and notifications:'],
];

/** A switch has its opposite as well, which help leaves out: it takes back what file or environment say. */
function optionsOf(setting: Setting): readonly Option[] {
  const { kind, flag, short, shape, fallback, help } = setting;
  if (kind === 'switch') {
    const isUsual = usualFlag(setting) === flag;
    // In this order: where only the opposite is known, Commander takes the switch for given.
    return [
      new Option(short === null ? flag : `-${short}, ${flag}`, help).hideHelp(!isUsual),
      new Option(opposite(flag), help).hideHelp(isUsual),
    ];
  }
  const option = new Option(`${flag} ${shape ?? ''}`, fallback === null ? help : `${help} (default: ${fallback})`);
  return [kind === 'list' ? option.argParser(collect) : option];
}
