# bash completion for mtu-probe
#
#   source <(mtu-probe completion bash)
#
# Made of the definitions of the commands: npm run manual

# What can stand behind a command: sets commands, switches, valued (options that take a value) and argument.
_mtu_probe_command() {
  commands='' switches='' valued='' argument=''
  case "$1" in
    '')
      commands='run layers inspect serve demo watch health config explain completion'
      switches='-V --version -h --help'
      ;;
    'run')
      switches='-4 --ipv4 -6 --ipv6 --first-address --flush-cache --gentle --evidence -q --quiet -h --help'
      valued='--target --targets --responder --secret-file --port --sni --path --interface --source --netns --pid --container --resolver --method --direction --min-mtu --max-mtu --advertise-mtu --timeout --wait-recovery --expect-mtu --fail-on --environment --format --output --report --log-level'
      ;;
    'layers')
      switches='--all -4 --ipv4 -6 --ipv6 --first-address --gentle --evidence -q --quiet -h --help'
      valued='--target --targets --responder --secret-file --only --exclude --port --sni --path --resolver --method --direction --min-mtu --max-mtu --timeout --wait-recovery --expect-mtu --fail-on --environment --at-once --format --output'
      ;;
    'inspect')
      switches='--all --fail-on-step -h --help'
      valued='--only --exclude --format --output'
      ;;
    'serve')
      switches='-h --help'
      valued='--listen --max-rate --max-clients --secret-file --user --log-level'
      ;;
    'demo')
      switches='-4 --ipv4 -6 --ipv6 --first-address --flush-cache --gentle --evidence -q --quiet -h --help'
      valued='--target --targets --responder --secret-file --port --sni --path --interface --source --netns --pid --container --resolver --method --direction --min-mtu --max-mtu --advertise-mtu --timeout --wait-recovery --expect-mtu --fail-on --environment --format --output --report --log-level'
      ;;
    'watch')
      switches='--no-gating -4 --ipv4 -6 --ipv6 --first-address --flush-cache --gentle --responder --peers-gating --once-ready --until-signal --evidence -h --help'
      valued='--config --target --interval --cron --time-zone --jitter --timeout --fail-on --expect-mtu --method --direction --port --sni --path --min-mtu --max-mtu --advertise-mtu --interface --source --environment --concurrency --listen --token-file --secret-file --log-level --history --history-keep-successes --history-keep-failures --history-max-size --responder-listen --responder-max-rate --responder-max-clients --peer --peers-dns --peers-port --peers-http-port --peers-full-mesh --peers-per-round --peers-interval --peers-cron --peers-time-zone --peers-jitter --peers-timeout --peers-fail-on --peers-expect-mtu --peers-method --peers-direction --probe-allow --notification --ready-within --format --output --report'
      ;;
    'health')
      switches='-h --help'
      valued='--url --timeout --wait --token-file'
      ;;
    'config')
      commands='check print'
      switches='-h --help'
      ;;
    'config check')
      switches='--no-gating -4 --ipv4 -6 --ipv6 --first-address --flush-cache --gentle --responder --peers-gating -h --help'
      valued='--config --target --interval --cron --time-zone --jitter --timeout --fail-on --expect-mtu --method --direction --port --sni --path --min-mtu --max-mtu --advertise-mtu --interface --source --environment --concurrency --listen --token-file --secret-file --log-level --history --history-keep-successes --history-keep-failures --history-max-size --responder-listen --responder-max-rate --responder-max-clients --peer --peers-dns --peers-port --peers-http-port --peers-full-mesh --peers-per-round --peers-interval --peers-cron --peers-time-zone --peers-jitter --peers-timeout --peers-fail-on --peers-expect-mtu --peers-method --peers-direction --probe-allow --notification'
      ;;
    'config print')
      switches='--no-gating -4 --ipv4 -6 --ipv6 --first-address --flush-cache --gentle --responder --peers-gating -h --help'
      valued='--config --target --interval --cron --time-zone --jitter --timeout --fail-on --expect-mtu --method --direction --port --sni --path --min-mtu --max-mtu --advertise-mtu --interface --source --environment --concurrency --listen --token-file --secret-file --log-level --history --history-keep-successes --history-keep-failures --history-max-size --responder-listen --responder-max-rate --responder-max-clients --peer --peers-dns --peers-port --peers-http-port --peers-full-mesh --peers-per-round --peers-interval --peers-cron --peers-time-zone --peers-jitter --peers-timeout --peers-fail-on --peers-expect-mtu --peers-method --peers-direction --probe-allow --notification'
      ;;
    'explain')
      switches='-h --help'
      argument='DF MSS MTU agent antrea arrived aws-nlb aws-tgw aws-vpc-cni azure behaviour black-hole black-hole-forward black-hole-reverse buildkit buildkite calico ceiling cilium circleci clamped clear client compose concourse control cookie critical delayed delayed-forward delayed-reverse dind docker docker-network drone drone-docker-runner evidence exact finding flannel floor flow forward forward-withheld fragmented gcp github github-arc github-arc-legacy github-hooks gitlab gitlab-runner hole hop host-route icmp-filtered icmp-ping icmp-policed icmp-raw icmp-system inconclusive info jenkins k3s kind kube-ovn kubernetes latent layer linux-endpoint linux-router local local-limit lossy masked member mesh minikube missing namespace nested-mtu-mismatch no-answer no-reply no-responder no-udp-service not-exercised openstack openwrt opnsense overlay ovn-kubernetes packet-too-big path paths-disagree peer peer-may-have-learnt podman podman-machine podman-rootless podman-slirp4netns port-closed probe proxy-configured ptb-without-mtu radvd re-segmented recovered reduced refused remedy responder reverse rootless-docker round router-clear-df router-iptables router-iptables-mss router-nft router-nft-mss routeros row scout sentinel session short-reply signalled silent size smaller-segments step swarm tcp-mss tcp-only tcp-segment teamcity tekton timed-out told traceless tunnel udp-dns udp-quic udp-raw udp-responder udp-unanswered undecided unknown unreachable verdict veth warning wave way weave wireguard witness woodpecker wsl'
      ;;
    'completion')
      switches='-h --help'
      argument='bash zsh fish'
      ;;
  esac
}

# Completes the value of an option: COMMAND OPTION CURRENT.
_mtu_probe_value() {
  case "$1 $2" in
    'run --targets' | 'run --secret-file' | 'run --netns' | 'run --output' | 'layers --targets' | 'layers --secret-file' | 'layers --output' | 'inspect --output' | 'serve --secret-file' | 'demo --targets' | 'demo --secret-file' | 'demo --netns' | 'demo --output' | 'watch --config' | 'watch --token-file' | 'watch --secret-file' | 'watch --history' | 'watch --output' | 'health --token-file' | 'config check --config' | 'config check --token-file' | 'config check --secret-file' | 'config check --history' | 'config print --config' | 'config print --token-file' | 'config print --secret-file' | 'config print --history')
      _mtu_probe_files "$3"
      ;;
    'run --interface' | 'demo --interface' | 'watch --interface' | 'config check --interface' | 'config print --interface')
      _mtu_probe_words "$(ls /sys/class/net 2>/dev/null)" "$3"
      ;;
    'run --method' | 'layers --method' | 'demo --method' | 'watch --method' | 'watch --peers-method' | 'config check --method' | 'config check --peers-method' | 'config print --method' | 'config print --peers-method')
      _mtu_probe_words 'auto tcp icmp udp' "$3"
      ;;
    'run --direction' | 'layers --direction' | 'demo --direction' | 'watch --direction' | 'watch --peers-direction' | 'config check --direction' | 'config check --peers-direction' | 'config print --direction' | 'config print --peers-direction')
      _mtu_probe_words 'both forward reverse' "$3"
      ;;
    'run --fail-on' | 'layers --fail-on' | 'demo --fail-on' | 'watch --fail-on' | 'watch --peers-fail-on' | 'config check --fail-on' | 'config check --peers-fail-on' | 'config print --fail-on' | 'config print --peers-fail-on')
      _mtu_probe_words 'clear clamped reduced delayed black-hole' "$3"
      ;;
    'run --environment' | 'layers --environment' | 'demo --environment' | 'watch --environment' | 'config check --environment' | 'config print --environment')
      _mtu_probe_words 'docker docker-network compose dind buildkit rootless-docker swarm kind minikube podman podman-rootless podman-slirp4netns podman-machine wsl drone drone-docker-runner woodpecker gitlab gitlab-runner github github-hooks github-arc github-arc-legacy azure jenkins buildkite tekton circleci teamcity concourse kubernetes flannel k3s calico cilium weave kube-ovn ovn-kubernetes antrea aws-vpc-cni aws-nlb aws-tgw gcp openstack router-nft router-nft-mss router-iptables router-iptables-mss router-clear-df openwrt opnsense routeros wireguard radvd host-route linux-endpoint linux-router' "$3"
      ;;
    'run --format' | 'demo --format' | 'watch --format')
      _mtu_probe_words 'text json markdown junit github gitlab prometheus' "$3"
      ;;
    'run --report' | 'demo --report' | 'watch --report')
      _mtu_probe_word_and_file 'text json markdown junit github gitlab prometheus' "$3"
      ;;
    'run --log-level' | 'serve --log-level' | 'demo --log-level' | 'watch --log-level' | 'config check --log-level' | 'config print --log-level')
      _mtu_probe_words 'trace debug info warn error silent' "$3"
      ;;
    'layers --format' | 'inspect --format')
      _mtu_probe_words 'text json' "$3"
      ;;
  esac
}

_mtu_probe_words() { mapfile -t COMPREPLY < <(compgen -W "$1" -- "$2"); }

_mtu_probe_files() {
  mapfile -t COMPREPLY < <(compgen -f -- "$1")
  compopt -o filenames 2>/dev/null
}

# Words and "=", which no space follows, then a file: WORDS CURRENT.
_mtu_probe_word_and_file() {
  if [[ $2 == *=* ]]; then
    _mtu_probe_files "${2#*=}"
  else
    _mtu_probe_words "$1" "$2"
    COMPREPLY=("${COMPREPLY[@]/%/=}")
    compopt -o nospace 2>/dev/null
  fi
}

_mtu_probe() {
  local commands switches valued argument
  local words=() command='' option='' word glued='' cur i
  COMPREPLY=()
  # Bash takes a word apart at "=" and ":".
  for ((i = 1; i <= COMP_CWORD; i++)); do
    word=${COMP_WORDS[i]}
    if [[ $word == [=:] && ${#words[@]} -gt 0 ]]; then
      words[-1]+=$word glued=1
    elif [[ $glued ]]; then
      words[-1]+=$word glued=''
    else
      words+=("$word")
    fi
  done
  cur=${words[-1]-}
  unset 'words[-1]'

  _mtu_probe_command ''
  for word in "${words[@]}"; do
    if [[ $option ]]; then
      option=''
    elif [[ " $valued " == *" $word "* ]]; then
      option=$word
    elif [[ " $commands " == *" $word "* ]]; then
      command="${command:+$command }$word"
      _mtu_probe_command "$command"
    fi
  done

  if [[ $option ]]; then
    _mtu_probe_value "$command" "$option" "$cur"
  elif [[ $cur == --*=* && " $valued " == *" ${cur%%=*} "* ]]; then
    _mtu_probe_value "$command" "${cur%%=*}" "${cur#*=}"
    # What is replaced is what stands behind the last "=", unless that is no end of a word.
    [[ $COMP_WORDBREAKS == *=* ]] || COMPREPLY=("${COMPREPLY[@]/#/${cur%%=*}=}")
  elif [[ $cur == -* ]]; then
    _mtu_probe_words "$switches $valued" "$cur"
  else
    _mtu_probe_words "$commands $argument" "$cur"
  fi
}

complete -F _mtu_probe mtu-probe
