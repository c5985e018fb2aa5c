# ---------------------------------------------------------------- checks

is_role_arn() {
  case $1 in
  *[!A-Za-z0-9+=,.@_/:-]*) return 1 ;;
  arn:aws:iam::*:role/* | arn:aws-[a-z]*:iam::*:role/*) ;;
  *) return 1 ;;
  esac
  v_role_account=${1#*:iam::}
  v_role_name=${v_role_account#*:role/}
  v_role_account=${v_role_account%%:*}
  v_role_partition=${1#arn:}
  v_role_partition=${v_role_partition%%:*}
  v_role_name=${v_role_name##*/}
  case $v_role_partition in *[!a-z-]*) return 1 ;; esac
  case $v_role_name in '' | *:*) return 1 ;; esac
  [ "${#v_role_name}" -le 64 ] && [ "${#1}" -le 640 ] || return 1
  case $1 in *:role//* | *:role/*//* | *:role/*:*) return 1 ;; esac
  is_account "$v_role_account"
}

is_account() {
  case $1 in
  *[!0-9]*) return 1 ;;
  ????????????) ;;
  *) return 1 ;;
  esac
}

is_base64() {
  case $1 in
  '' | *[!A-Za-z0-9/+=]*) return 1 ;;
  esac
}

is_number() {
  case $1 in
  '' | *[!0-9]* | 0?* | ????????????????*) return 1 ;;
  esac
}

# is_loopback HOST: compares exactly, because anyone can own 127.0.0.1.example.com.
is_loopback() {
  case $1 in
  localhost | '[::1]') return 0 ;;
  127.*.*.*.* | *[!0-9.]*) return 1 ;;
  127.?*.?*.?*) return 0 ;;
  esac
  return 1
}

# parse_url URL: leaves its parts in $v_url_scheme, $v_url_host and $v_url_path. Strict, because
# curl and this script must read a URL the same way. In brackets, "]" comes first and nothing is
# escaped: POSIX leaves open what a backslash means there, and musl takes it for itself.
parse_url() {
  case $1 in
  *[!]A-Za-z0-9._~:/[-]*) return 1 ;;
  https://?*) v_url_scheme=https ;;
  http://?*) v_url_scheme=http ;;
  *) return 1 ;;
  esac
  v_url_path=${1#*://}
  v_url_host=${v_url_path%%/*}
  v_url_path=${v_url_path#"$v_url_host"}
  v_url_path=${v_url_path%/}
  case $v_url_path in *//* | *[]:[]*) return 1 ;; esac
  case $v_url_path/ in */./* | */../*) return 1 ;; esac
  case $v_url_host in
  \[*\]) v_url_port= ;;
  \[*\]:*) v_url_port=${v_url_host##*:} v_url_host=${v_url_host%:*} ;;
  *:*) v_url_port=${v_url_host#*:} v_url_host=${v_url_host%%:*} ;;
  *) v_url_port= ;;
  esac
  v_url_base=$v_url_scheme://$v_url_host${v_url_port:+:$v_url_port}$v_url_path
  case $1 in "$v_url_base" | "$v_url_base/") ;; *) return 1 ;; esac
  case $v_url_port in *[!0-9]* | ??????*) return 1 ;; esac
  case $v_url_host in
  \[*[!0-9a-fA-F:]*\] | \[\]) return 1 ;;
  \[*\]) ;;
  '' | .* | -* | *[]:~_[]* | *..*) return 1 ;;
  esac
}
