/** Numbers of rtnetlink(7) that more than one question needs, each with its header. */

export const RTM_NEWROUTE = 24; // linux/rtnetlink.h
export const RTM_DELROUTE = 25; // linux/rtnetlink.h
export const RTM_GETROUTE = 26; // linux/rtnetlink.h
export const RTMSG_BYTES = 12; // struct rtmsg, linux/rtnetlink.h
/** A copy that the kernel made for one destination. */
export const RTM_F_CLONED = 0x200; // linux/rtnetlink.h

export const RT_TABLE_MAIN = 254; // linux/rtnetlink.h
export const RTN_UNICAST = 1; // linux/rtnetlink.h
export const RTN_LOCAL = 2; // linux/rtnetlink.h

export const RTA_DST = 1; // linux/rtnetlink.h
export const RTA_SRC = 2; // linux/rtnetlink.h
export const RTA_OIF = 4; // linux/rtnetlink.h
export const RTA_GATEWAY = 5; // linux/rtnetlink.h
export const RTA_PRIORITY = 6; // linux/rtnetlink.h
export const RTA_PREFSRC = 7; // linux/rtnetlink.h
export const RTA_METRICS = 8; // linux/rtnetlink.h
export const RTA_MULTIPATH = 9; // linux/rtnetlink.h
export const RTA_CACHEINFO = 12; // linux/rtnetlink.h
export const RTA_TABLE = 15; // linux/rtnetlink.h
export const RTA_VIA = 18; // linux/rtnetlink.h
export const RTA_NH_ID = 30; // linux/rtnetlink.h

/** A mask of the metrics that hold even against what the kernel learns. */
export const RTAX_LOCK = 1; // linux/rtnetlink.h
export const RTAX_MTU = 2; // linux/rtnetlink.h
export const RTAX_ADVMSS = 8; // linux/rtnetlink.h

/** Of `struct rta_cacheinfo`, in hundredths of a second (USER_HZ). */
export const CACHEINFO_EXPIRES_AT = 8; // linux/rtnetlink.h
