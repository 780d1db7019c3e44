/** What counts for a job in another namespace: its names, proxies and files. */

import { describe, expect, it } from 'vitest';
import type { Report } from '../../src/contract.ts';
import { BUILD, LIMIT_MS, MUTE_FILES, NAME_SERVER, NODE, RUN, reports } from './inside/on-node.ts';

/** A process with files of its own, whose number is in $JOB, and a name server that only it reaches. */
const JOB = `mkdir /run/job
  printf '127.0.0.1 localhost\\n198.51.100.70 mirror\\n' > /run/job/hosts
  printf 'nameserver 127.0.0.11\\nsearch ci.example\\noptions ndots:2 timeout:1 attempts:1\\n' > /run/job/resolv.conf
  ${BUILD} ${NODE} ${NAME_SERVER} 127.0.0.11 '{"app.ci.example": "198.51.100.70", "mute.example.org": null}' > /run/job/said &
  until_so 'grep -q ready /run/job/said'
  touch /etc/resolv.conf
  env -i PATH="$PATH" GITLAB_CI=true https_proxy=http://user:secret@198.51.100.70:3128 no_proxy=mirror,app PASSWORD=secret \\
    ${BUILD} unshare --mount sh -c 'mount --bind /run/job/hosts /etc/hosts && mount --bind /run/job/resolv.conf /etc/resolv.conf &&
      touch /run/job/ready && exec sleep 600' &
  JOB=$!
  until_so 'test -e /run/job/ready'`;

describe('the job that a run from elsewhere is for', () => {
  const options = '-4 --format json --direction forward';

  it('has its own names, proxies and environment', { timeout: LIMIT_MS }, async () => {
    const [report] = await reports(
      JOB,
      `${RUN} --pid $JOB --target http://mirror:443 --target app --target rubygems.org --target example.net ${options}`,
    );
    const { environments, paths, skipped } = report as Report;
    expect(environments).toContain('gitlab');
    expect(paths.map(({ target, address }) => `${target} ${address}`)).toEqual([
      'http://mirror:443 198.51.100.70',
      'app 198.51.100.70',
      'rubygems.org by its proxy 198.51.100.70:3128 198.51.100.70',
      'example.net by its proxy 198.51.100.70:3128 198.51.100.70',
    ]);
    expect(skipped).toEqual(
      ['rubygems.org', 'example.net'].map((target) => ({
        target,
        address: null,
        reason: `${target} cannot be resolved (ENOTFOUND) by 127.0.0.11, of /etc/resolv.conf in there: check its spelling and that file`,
      })),
    );
    expect(JSON.stringify(report)).not.toContain('secret');
  });

  it('is told whose name server did not answer', { timeout: LIMIT_MS }, async () => {
    const [report] = await reports(JOB, `${RUN} --pid $JOB --target mute.example.org.:80 ${options} --method icmp`);
    expect(report?.skipped.map(({ reason }) => reason)).toContain(
      'mute.example.org. cannot be resolved (ETIMEOUT) by 127.0.0.11, of /etc/resolv.conf in there: check its spelling and that file',
    );
  });

  it('goes by the names of where it was started with --resolver here', { timeout: LIMIT_MS }, async () => {
    const [report] = await reports(
      JOB,
      // Nobody else reaches it: the one of this host is asked where no file names another.
      `${NODE} ${NAME_SERVER} 127.0.0.1 '{"only.here.example": "198.51.100.70"}' > /run/here &`,
      "until_so 'grep -q ready /run/here'",
      `${RUN} --pid $JOB --resolver here --target rubygems.org --target only.here.example --target app ${options}`,
    );
    const { paths, skipped } = report as Report;
    expect(
      paths.filter(({ target }) => !target.includes('proxy')).map(({ target, egress }) => [target, egress.address]),
    ).toEqual([
      ['rubygems.org', '172.17.0.2'],
      ['only.here.example', '172.17.0.2'],
    ]);
    expect(skipped.map(({ target, reason }) => [target, reason])).toEqual([
      ['app', 'app cannot be resolved here (ENOTFOUND): check its spelling and /etc/resolv.conf'],
    ]);
  });

  it('may be anywhere: links in its root lead nowhere else', { timeout: LIMIT_MS }, async () => {
    const [report] = await reports(
      'mkdir -p /run/jail/etc /run/jail/run/resolve',
      "printf 'nameserver 192.0.2.53\\noptions timeout:1 attempts:1\\n' > /run/jail/run/resolve/resolv.conf",
      'ln -s /run/resolve/resolv.conf /run/jail/etc/resolv.conf',
      // Ours has the name that is asked for.
      'ln -s ../../../../../etc/hosts /run/jail/etc/hosts',
      `${BUILD} perl -e 'chroot("/run/jail") or die; chdir("/"); open(my $ready, ">", "/ready"); sleep 600' & JOB=$!`,
      "until_so 'test -e /run/jail/ready'",
      `${RUN} --pid $JOB --target rubygems.org ${options}`,
    );
    expect(report?.skipped).toEqual([
      {
        target: 'rubygems.org',
        address: null,
        reason: expect.stringMatching(/^rubygems\.org cannot be resolved \(E\w+\) by 192\.0\.2\.53, of/),
      },
    ]);
  });

  it('in a namespace without a process has the files that are kept for it', { timeout: LIMIT_MS }, async () => {
    const [report] = await reports(
      'mount -t tmpfs lab /mnt && mkdir /mnt/build && echo "198.51.100.70 kept.example" > /mnt/build/hosts',
      'mkdir -p /etc/netns 2> /dev/null; mount --bind /mnt /etc/netns',
      `${RUN} --netns /run/netns/build --target kept.example ${options}`,
    );
    expect(report?.paths.map(({ target, address }) => [target, address])).toEqual([['kept.example', '198.51.100.70']]);
  });

  it.each([
    ['nobody reads what the kernel asks it: whoever waits for it hears SIGKILL only', ': > /run/ready; wait'],
    ['it takes what the kernel asks it: whoever waits then hears nothing', `exec ${NODE} ${MUTE_FILES} > /run/ready`],
  ])(
    'is not waited for where a file system in user space holds its files, and never answers, as %s',
    { timeout: LIMIT_MS },
    async (_, silence) => {
      const [byName, byAddress] = await reports(
        `${BUILD} unshare --mount sh -c 'sleep 600 & exec 5<>/dev/fuse
          mount -t fuse -o fd=5,rootmode=40000,user_id=0,group_id=0 silent /etc && ${silence}' &`,
        'JOB=$!',
        "until_so 'test -e /run/ready'",
        `${RUN} --pid $JOB --target rubygems.org ${options}`,
        `${RUN} --pid $JOB --target 198.51.100.70 ${options}`,
        'kill -KILL $JOB; left',
      );
      expect(byName?.skipped.map(({ reason }) => reason)).toEqual([
        'rubygems.org cannot be resolved: the files in there do not answer: try --resolver here',
      ]);
      expect(byAddress?.paths.map(({ forward }) => forward.pathMtu)).toEqual([1450]);
    },
  );
});
