/** Numbers of the Linux kernel's interface, the same on every architecture that Node runs on, each with its header. */

export const AF_INET = 2; // linux/socket.h
export const AF_INET6 = 10; // linux/socket.h
export const AF_NETLINK = 16; // linux/socket.h

export const SOCK_STREAM = 1; // linux/net.h
export const SOCK_DGRAM = 2; // linux/net.h
export const SOCK_RAW = 3; // linux/net.h
export const SOCK_NONBLOCK = 0o4000; // asm-generic/fcntl.h, O_NONBLOCK
export const SOCK_CLOEXEC = 0o2000000; // asm-generic/fcntl.h, O_CLOEXEC
export const CLONE_NEWNET = 0x40000000; // linux/sched.h
export const O_PATH = 0o10000000; // asm-generic/fcntl.h
export const F_GETFD = 1; // asm-generic/fcntl.h
export const F_SETFD = 2; // asm-generic/fcntl.h
export const FD_CLOEXEC = 1; // asm-generic/fcntl.h
export const F_DUPFD_CLOEXEC = 1030; // linux/fcntl.h

export const MSG_TRUNC = 0x20; // linux/socket.h
export const MSG_DONTWAIT = 0x40; // linux/socket.h
export const MSG_ERRQUEUE = 0x2000; // linux/socket.h
export const MSG_NOSIGNAL = 0x4000; // linux/socket.h

export const SOL_SOCKET = 1; // asm-generic/socket.h
export const SO_REUSEADDR = 2; // asm-generic/socket.h
export const SO_ERROR = 4; // asm-generic/socket.h
export const SO_RCVBUF = 8; // asm-generic/socket.h
export const SO_LINGER = 13; // asm-generic/socket.h
export const SO_BINDTODEVICE = 25; // asm-generic/socket.h

export const IPPROTO_IP = 0; // linux/in.h
export const IPPROTO_ICMP = 1; // linux/in.h
export const IPPROTO_TCP = 6; // linux/in.h
export const IPPROTO_IPV6 = 41; // linux/in6.h
export const IPPROTO_ICMPV6 = 58; // linux/in6.h
export const IPPROTO_RAW = 255; // linux/in.h

export const IP_TTL = 2; // linux/in.h
export const IP_PKTINFO = 8; // linux/in.h
export const IP_MTU_DISCOVER = 10; // linux/in.h
export const IP_RECVERR = 11; // linux/in.h
export const IP_RECVTTL = 12; // linux/in.h
export const IP_MTU = 14; // linux/in.h
export const IP_BIND_ADDRESS_NO_PORT = 24; // linux/in.h
export const IP_RECVFRAGSIZE = 25; // linux/in.h
export const IPV6_UNICAST_HOPS = 16; // linux/in6.h
export const IPV6_MTU_DISCOVER = 23; // linux/in6.h
export const IPV6_MTU = 24; // linux/in6.h
export const IPV6_RECVERR = 25; // linux/in6.h
export const IPV6_V6ONLY = 26; // linux/in6.h
export const IPV6_RECVPKTINFO = 49; // linux/in6.h
export const IPV6_PKTINFO = 50; // linux/in6.h
export const IPV6_RECVHOPLIMIT = 51; // linux/in6.h
export const IPV6_HOPLIMIT = 52; // linux/in6.h
export const IPV6_DONTFRAG = 62; // linux/in6.h
export const IPV6_RECVFRAGSIZE = 77; // linux/in6.h

/** DF set; larger than the remembered path MTU is refused. What TCP needs: with the next two it would clear DF. */
export const PMTUDISC_DO = 2; // linux/in.h, linux/in6.h
/** DF set; the remembered path MTU is ignored, yet still learnt. */
export const PMTUDISC_PROBE = 3; // linux/in.h, linux/in6.h
/** The interface's MTU only; a Packet Too Big to such a socket is not learnt from. */
export const PMTUDISC_INTERFACE = 4; // linux/in.h, linux/in6.h

export const TCP_NODELAY = 1; // linux/tcp.h
export const TCP_MAXSEG = 2; // linux/tcp.h
export const TCP_INFO = 11; // linux/tcp.h
export const TCP_SAVE_SYN = 27; // linux/tcp.h
export const TCP_SAVED_SYN = 28; // linux/tcp.h

export const SOL_RAW = 255; // linux/socket.h
export const ICMP_FILTER = 1; // linux/icmp.h
export const ICMPV6_FILTER = 1; // linux/icmpv6.h

export const SIOCGIFMTU = 0x8921; // linux/sockios.h
export const IFNAMSIZ = 16; // linux/if.h
export const IFREQ_BYTES = 40; // struct ifreq, linux/if.h, 64-bit
