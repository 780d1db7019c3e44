/** CI systems, by the variables that they document. */

import type { Surroundings } from '../../surroundings.ts';
import { isPod } from './clusters.ts';
import { isInsideOfPod } from './engines.ts';
import { type EnvironmentRule, hasFile, hasVariable, isTrue } from './rule.ts';

/** Woodpecker began as Drone, and long set its variables as well. */
function isWoodpecker({ variables }: Surroundings): boolean {
  return variables['CI'] === 'woodpecker' || variables['CI_SYSTEM_NAME'] === 'woodpecker';
}

function isDrone(around: Surroundings): boolean {
  return isTrue(around, 'DRONE') && !isWoodpecker(around);
}

function isGitHub(around: Surroundings): boolean {
  return isTrue(around, 'GITHUB_ACTIONS');
}

/** A job of a runner in Kubernetes is in its pod, or in a container of the engine beside it. */
function isInPod(around: Surroundings): boolean {
  return isPod(around) || isInsideOfPod(around);
}

/** Only the older controller has runners of this kind. */
function isLegacyRunner(around: Surroundings): boolean {
  return hasVariable(around, 'DOCKERD_IN_RUNNER');
}

export const CI_RULES: readonly EnvironmentRule[] = [
  { environment: 'drone', seen: isDrone, source: 'Drone, Environment reference: DRONE' },
  {
    environment: 'drone-docker-runner',
    seen: (around) => isDrone(around) && around.variables['DRONE_STAGE_TYPE'] === 'docker',
    source: 'Drone, Environment reference: DRONE_STAGE_TYPE',
  },
  { environment: 'woodpecker', seen: isWoodpecker, source: 'Woodpecker, Environment variables: CI, CI_SYSTEM_NAME' },
  {
    environment: 'gitlab',
    seen: (around) => isTrue(around, 'GITLAB_CI'),
    source: 'GitLab, Predefined CI/CD variables: GITLAB_CI',
  },
  {
    environment: 'gitlab-runner',
    seen: (around) => isTrue(around, 'GITLAB_CI') && !isInPod(around),
    source: 'GitLab, Predefined CI/CD variables: GITLAB_CI; GitLab Runner, Docker executor',
  },
  {
    environment: 'github-arc-legacy',
    seen: (around) => isGitHub(around) && isLegacyRunner(around),
    source: 'Actions Runner Controller, Alternative runners: dockerdWithinRunnerContainer',
  },
  {
    environment: 'github-arc',
    seen: (around) => isGitHub(around) && isInPod(around) && !isLegacyRunner(around),
    source: 'GitHub, Variables reference: GITHUB_ACTIONS; Actions Runner Controller',
  },
  {
    environment: 'github',
    seen: (around) => isGitHub(around) && !isInPod(around) && !isLegacyRunner(around),
    source: 'GitHub, Variables reference: GITHUB_ACTIONS',
  },
  {
    environment: 'azure',
    seen: (around) => isTrue(around, 'TF_BUILD'),
    source: 'Azure Pipelines, Predefined variables: TF_BUILD',
  },
  {
    environment: 'jenkins',
    seen: (around) => hasVariable(around, 'JENKINS_URL'),
    source: 'Jenkins, Using environment variables: JENKINS_URL',
  },
  {
    environment: 'buildkite',
    seen: (around) => isTrue(around, 'BUILDKITE'),
    source: 'Buildkite, Environment variables: BUILDKITE',
  },
  {
    environment: 'tekton',
    seen: (around) => hasFile(around, '/tekton/results'),
    source: 'Tekton, Tasks: reserved directories',
  },
  {
    environment: 'circleci',
    seen: (around) => isTrue(around, 'CIRCLECI'),
    source: 'CircleCI, Project values and variables: CIRCLECI',
  },
  {
    environment: 'teamcity',
    seen: (around) => hasVariable(around, 'TEAMCITY_VERSION'),
    source: 'TeamCity, Predefined build parameters: TEAMCITY_VERSION',
  },
];
