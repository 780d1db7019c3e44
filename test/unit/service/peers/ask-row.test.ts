import { describe, expect, it } from 'vitest';
import { askRow, type Question } from '../../../../src/service/peers/ask-row.ts';
import { deadPeer, httpPeer, tcpPeer } from './http-peers.ts';

const QUESTION: Question = { token: null, longest: 1000, timeoutMs: 10_000 };
/** For peers whose time runs out. */
const HURRIED: Question = { ...QUESTION, timeoutMs: 150 };

const silent = (reason: string) => ({ kind: 'silent', reason });

describe('a peer', () => {
  it('is asked for its own row, with the token, once', async () => {
    const seen: unknown[] = [];
    const peer = await httpPeer('a', ({ method, url, headers }, response) => {
      seen.push([method, url, headers.authorization]);
      response.end('{}');
    });
    expect(await askRow(peer, { ...QUESTION, token: 'key' })).toEqual({ kind: 'text', text: '{}' });
    expect(await askRow(peer, QUESTION)).toEqual({ kind: 'text', text: '{}' });
    expect(seen).toEqual([
      ['GET', '/api/v1/mesh/row', 'Bearer key'],
      ['GET', '/api/v1/mesh/row', undefined],
    ]);
  });

  it('may answer as many bytes as are to be read, and no more', async () => {
    const peer = await httpPeer('a', (_, response) => response.end('x'.repeat(1000)));
    expect(await askRow(peer, QUESTION)).toMatchObject({ kind: 'text' });
    const less = { ...QUESTION, longest: 999 };
    expect(await askRow(peer, less)).toEqual(silent('its answer is longer than 999 bytes'));
  });

  it('that never ends its answer is read no further than that', async () => {
    const peer = await httpPeer('a', (_, response) => {
      const more = (): void => {
        while (!response.destroyed && response.write('x'.repeat(100)));
      };
      response.on('drain', more);
      more();
    });
    expect(await askRow(peer, QUESTION)).toEqual(silent('its answer is longer than 1000 bytes'));
  });

  it('that says nothing, or one byte after the other, has until its time is over', async () => {
    const mute = await httpPeer('a', () => undefined);
    expect(await askRow(mute, HURRIED)).toEqual(silent('did not answer in time'));
    const slow = await httpPeer('b', (_, response) => {
      const timer = setInterval(() => response.write(' '), 20);
      response.on('close', () => clearInterval(timer));
    });
    expect(await askRow(slow, HURRIED)).toEqual(silent('did not answer in time'));
  });

  it('that sends us elsewhere is not followed', async () => {
    let followed = false;
    const trap = await httpPeer('trap', (_, response) => {
      followed = true;
      response.end('{}');
    });
    const peer = await httpPeer('a', (_, response) =>
      response.writeHead(307, { location: `http://${trap.http}/` }).end(),
    );
    expect(await askRow(peer, QUESTION)).toEqual(silent('sent us elsewhere (HTTP 307), which is not followed'));
    expect(followed).toBe(false);
  });

  it.each([
    [401, 'refused the token (HTTP 401): all agents need the same one'],
    [403, 'refused the token (HTTP 403): all agents need the same one'],
    [404, 'knows of no peers (HTTP 404): it runs without them, or is no agent'],
    [429, 'is asked too often (HTTP 429)'],
    [503, 'answered HTTP 503'],
  ])('that answers %i is silent, and why', async (status, reason) => {
    const peer = await httpPeer('a', (_, response) => response.writeHead(status).end('{}'));
    expect(await askRow(peer, QUESTION)).toEqual(silent(reason));
  });

  it('where nothing listens is silent, and why', async () => {
    expect(await askRow(await deadPeer('a'), QUESTION)).toEqual(silent('nothing listens at its port'));
  });

  it.each<readonly [string, string, string]>([
    ['speaks something else', 'SSH-2.0-x\r\n\r\n', 'does not speak HTTP'],
    ['has headers without end', `HTTP/1.1 200 OK\r\nx: ${'y'.repeat(100_000)}`, 'does not speak HTTP'],
    [
      'switches the protocol',
      'HTTP/1.1 101 Switching Protocols\r\nconnection: upgrade\r\nupgrade: x\r\n\r\n',
      'switched to another protocol',
    ],
    [
      'ends in the middle',
      'HTTP/1.1 200 OK\r\ncontent-length: 9\r\n\r\n{',
      'ended the connection before its answer did',
    ],
    ['hangs up', '', 'ended the connection before its answer did'],
  ])('that %s is silent, and why', async (_, words, reason) => {
    const peer = await tcpPeer('a', (socket) => socket.once('data', () => socket.end(words)));
    expect(await askRow(peer, QUESTION)).toEqual(silent(reason));
  });

  it.each([
    [200, 2000],
    [500, 1],
  ])('that answers %i is let go of at once, whatever it still wants to say', async (status, bytes) => {
    let close = (): void => undefined;
    const closed = new Promise<void>((resolve) => {
      close = resolve;
    });
    const peer = await httpPeer('a', (request, response) => {
      request.socket.on('close', close);
      // The answer never ends.
      response.writeHead(status).write('x'.repeat(bytes));
    });
    expect(await askRow(peer, QUESTION)).toMatchObject({ kind: 'silent' });
    await closed;
  });
});
