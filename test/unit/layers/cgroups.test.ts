import { describe, expect, it } from 'vitest';
import { placesInCgroup } from '../../../src/layers/cgroups.ts';

const OUTER = 'a1'.repeat(32);
const INNER = 'b2'.repeat(32);
const STEP = 'h5dyxcqktobx4nxrbovwxfoc7';
const UID = '33d556ed-d3ae-4ef2-9180-48cef77ae8b1';
const UID_OF_SLICE = '33d556ed_d3ae_4ef2_9180_48cef77ae8b1';
const STATIC_UID = '33d556edd3ae8ef21980288cef77ae8b';
const QOS = 'kubepods-burstable';

function place(containerId: string | null, podUid: string | null, runtime: string | null) {
  return { containerId, podUid, runtime };
}

describe('a control group', () => {
  it.each([
    [`/docker/${OUTER}`, place(OUTER, null, 'docker')],
    [`/system.slice/docker-${OUTER}.scope`, place(OUTER, null, 'docker')],
    [`/../../system.slice/docker-${OUTER}.scope`, place(OUTER, null, 'docker')],
    [`/of-our-own/${OUTER}`, place(OUTER, null, null)],
    [`/system.slice/nerdctl-${OUTER}.scope`, place(OUTER, null, 'containerd')],
    [`/machine.slice/libpod-${OUTER}.scope`, place(OUTER, null, 'podman')],
    [`/machine.slice/libpod-${OUTER}.scope/container`, place(OUTER, null, 'podman')],
    [`/libpod_parent/libpod-${OUTER}`, place(OUTER, null, 'podman')],
  ])('of a container: %s', (path, expected) => {
    expect(placesInCgroup(path)).toEqual(expected);
  });

  it.each([
    [`/docker/buildkit/${STEP}`, place(STEP, null, 'buildkit')],
    [`/system.slice/docker-${STEP}.scope`, place(STEP, null, 'buildkit')],
    [`/docker/${OUTER}/buildkit/${STEP}`, place(STEP, null, 'buildkit')],
    [`/docker/${OUTER}/docker/buildkit/${STEP}`, place(STEP, null, 'buildkit')],
  ])('of a build step: %s', (path, expected) => {
    expect(placesInCgroup(path)).toEqual(expected);
  });

  it.each([
    [`/kubepods/besteffort/pod${UID}/${OUTER}`, place(OUTER, UID, null)],
    [`/kubepods/pod${UID}`, place(null, UID, null)],
    [`/kubepods/burstable/pod${UID}/crio-${OUTER}`, place(OUTER, UID, 'crio')],
    [
      `/kubepods.slice/${QOS}.slice/${QOS}-pod${UID_OF_SLICE}.slice/cri-containerd-${OUTER}.scope`,
      place(OUTER, UID, 'containerd'),
    ],
    [`/kubepods.slice/kubepods-pod${UID_OF_SLICE}.slice/crio-${OUTER}.scope`, place(OUTER, UID, 'crio')],
    [`/kubepods.slice/kubepods-pod${UID_OF_SLICE}.slice/crio-${OUTER}.scope/container`, place(OUTER, UID, 'crio')],
    [
      `/kubepods.slice/${QOS}.slice/${QOS}-pod${STATIC_UID}.slice/docker-${OUTER}.scope`,
      place(OUTER, STATIC_UID, 'docker'),
    ],
    [
      `/system.slice/containerd.service/${QOS}-pod${UID_OF_SLICE}.slice:cri-containerd:${OUTER}`,
      place(OUTER, UID, 'containerd'),
    ],
    [
      `/docker/${OUTER}/kubelet.slice/kubelet-kubepods-pod${UID_OF_SLICE}.slice/cri-containerd-${INNER}.scope`,
      place(INNER, UID, 'containerd'),
    ],
  ])('of a pod: %s', (path, expected) => {
    expect(placesInCgroup(path)).toEqual(expected);
  });

  it.each([
    [`/docker/${OUTER}/docker/${INNER}`, place(INNER, null, 'docker')],
    [`/docker/${OUTER}/system.slice/docker-${INNER}.scope`, place(INNER, null, 'docker')],
    [`/docker/${OUTER}/init`, place(OUTER, null, 'docker')],
    // The pod is that of the container around it.
    [`/kubepods/pod${UID}/${OUTER}/docker/${INNER}`, place(INNER, null, 'docker')],
  ])('that lies in another one: %s', (path, expected) => {
    expect(placesInCgroup(path)).toEqual(expected);
  });

  it.each([
    '/',
    '',
    '/user.slice/user-1000.slice/session-3.scope',
    '/system.slice/docker.service',
    '/machine.slice/libpod-conmon-'.concat(OUTER, '.scope'),
    `/kubepods.slice/crio-conmon-${OUTER}.scope`,
    `/docker/${OUTER.slice(1)}`,
    `/docker/${OUTER.toUpperCase()}`,
    `/docker/${STEP}`,
    `/constructor-${OUTER}.scope`,
    `/system.slice/crio-${STEP}.scope`,
    '/podcast',
  ])('of nobody that is known: %s', (path) => {
    expect(placesInCgroup(path)).toEqual(place(null, null, null));
  });
});
