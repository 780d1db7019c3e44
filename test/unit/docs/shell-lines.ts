/** What a document tells its reader to type. */

/** The arguments of every `mtu-probe` in its shell code, however it is started. */
export function typedIn(markdown: string): string[][] {
  const blocks = [...markdown.matchAll(/^```(?:sh|bash|console)\n(.*?)^```$/gms)].map(([, text = '']) => text);
  return blocks.flatMap((text) => text.replaceAll(/\\\n\s*/g, '').split('\n')).flatMap(argumentsIn);
}

/** @param line without line breaks; several commands may stand on it. */
export function argumentsIn(line: string): string[][] {
  return line
    .replace(/(^|\s)#.*$/, '')
    .split(/&&|\|\||[;|]|<\(/)
    .flatMap((part) => {
      // The program itself, or behind "docker run" and its options the image.
      const [, rest] = /(?:^|\s|\/)mtu-probe((?:\s(?!-)|\s--?[a-zA-Z]|$).*)$/.exec(part.trim()) ?? [];
      if (rest === undefined || /^(npm|docker build|docker compose|docker push|kubectl|sed) /.test(part.trim()))
        return [];
      return [wordsOf(rest.replace(/\s\d?>.*$/, '').replace(/\)$/, ''))];
    });
}

function wordsOf(text: string): string[] {
  return [...text.matchAll(/"([^"]*)"|'([^']*)'|(\S+)/g)].map(
    ([, double, single, bare]) => double ?? single ?? bare ?? '',
  );
}
