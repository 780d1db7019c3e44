/** Options of `mtu-probe watch`, and of `mtu-probe config` which looks at them: made of the table of settings. */

import { type Command, Option } from 'commander';
import { opposite, type Setting, usualFlag } from '../config/watch/setting.ts';
import { CONFIG_SETTING, SETTING_KEYS, SETTINGS } from '../config/watch/settings.ts';
import { collect } from './options.ts';

export function addWatchOptions(command: Command): Command {
  for (const setting of [CONFIG_SETTING, ...SETTING_KEYS.map((key) => SETTINGS[key])]) {
    for (const option of optionsOf(setting)) command.addOption(option);
  }
  return command;
}

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
