#!/bin/sh
# A server on the Internet: TLS with a long certificate, and a file of 3 MB. It never hears that a packet was too big.
set -eu

# Where the kernel has no nf_tables, docker:dind keeps the older tool aside.
iptables -nL >/dev/null 2>&1 || PATH=/usr/local/sbin/.iptables-legacy:$PATH

# A firewall that means well: "ICMP is dangerous". With it goes the message that a router could not pass a packet on.
iptables -A INPUT -p icmp --icmp-type fragmentation-needed -j DROP

cd /tmp
# Like a shared host, it carries many names, so that the handshake alone fills several packets.
names=$(seq 100 | sed 's/.*/DNS:shop-&.example/' | tr '\n' ,)
openssl req -x509 -newkey rsa:4096 -nodes -keyout key.pem -out cert.pem -days 30 -subj /CN=cdn \
  -addext "subjectAltName=${names}DNS:cdn"
echo ok >small
head -c 3000000 /dev/zero >3mb

# "openssl s_server" serves one connection after the other, and one that hangs would hold up all: so a hundred of them
# take turns, and give a hanging one up after three seconds (tcp_retries2 in docker-compose.yml).
left=100
while [ "$left" -gt 0 ]; do
  port=$((4400 + left))
  iptables -t nat -A PREROUTING -p tcp --dport 443 -m statistic --mode nth --every "$left" --packet 0 \
    -j REDIRECT --to-ports "$port"
  openssl s_server -accept "$port" -cert cert.pem -key key.pem -WWW -quiet &
  left=$((left - 1))
done

until wget -q -O /dev/null --no-check-certificate https://127.0.0.1:4401/small; do sleep 1; done
touch ready
wait
