/**
 * A file system in user space on descriptor 5 that takes every question and answers none but the first (linux/fuse.h): who
 * asks waits, and from then on no signal ends it. Says on its standard output when it can be asked.
 */

import { readSync, writeSync } from 'node:fs';

const DEVICE = 5;
const HEADER_BYTES = 40; // struct fuse_in_header
const ANSWER_BYTES = 16 + 64; // struct fuse_out_header, struct fuse_init_out

const question = Buffer.alloc(1 << 17); // not less than the kernel may send: FUSE_MIN_READ_BUFFER is 8192
readSync(DEVICE, question);
const answer = Buffer.alloc(ANSWER_BYTES);
answer.writeUInt32LE(ANSWER_BYTES, 0);
question.copy(answer, 8, 8, 16); // its number
question.copy(answer, 16, HEADER_BYTES, HEADER_BYTES + 4); // major version, as the kernel has it
answer.writeUInt32LE(31, 20); // minor version
answer.writeUInt32LE(4096, 36); // max_write
writeSync(DEVICE, answer);
process.stdout.write('ready\n');
for (;;) readSync(DEVICE, question);
