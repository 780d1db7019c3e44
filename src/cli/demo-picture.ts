/** The scene of the demo, for a terminal of 80 columns. `inner` is the MTU inside the pod. */
export function demoPicture(inner: number): string {
  return `  build          eth0 ${inner}       172.17.0.2          "docker build" runs here
    |
  pod            docker0 ${inner}    172.17.0.1          Docker-in-Docker, plugins/docker
                 eth0 1450       10.244.1.113
    |
  k8s-worker-1   cni0 1450       10.244.1.1          flannel, VXLAN takes 50 bytes
                 ens18 1500      192.168.88.112
    |
  router         1500            203.0.113.2         the Internet, where Packet Too Big
    |                                                for the server gets lost
  rubygems.org   1500            198.51.100.70
`;
}
